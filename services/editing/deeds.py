"""What is done to an answer with one press: a step back, a step forward, taken away, put back."""

from __future__ import annotations

from typing import Literal

import structlog

from services.editing import shelf
from services.editing.history import deeds
from services.editing.voice import Voice
from storage.records import Scenario
from storage.units import Unit
from storage.wordings import Wording

log = structlog.get_logger()


class Deeds:
    """Each tells what became of the answer, with what can be done next; False: it is too late, nothing was done."""

    def __init__(self, *, unit: Unit, voice: Voice, author: str) -> None:
        self._unit = unit
        self._voice = voice
        self._author = author

    def step(self, scenario: Scenario, wording: Wording, deed: Literal["undo", "redo"]) -> bool:
        done = shelf.step(self._unit, wording, deed, author=self._author)
        if done is None:
            return False
        text, new = done
        next_ones = deeds(self._unit.wordings.of(scenario.key), new)
        buttons = self._voice.after(scenario, new, next_ones)
        self._voice.show("undone" if deed == "undo" else "redone", scenario, wording.language, text, buttons)
        self._note("answer.undone" if deed == "undo" else "answer.redone", wording, new)
        return True

    def remove(self, scenario: Scenario, wording: Wording) -> bool:
        if not shelf.remove(self._unit, wording):
            return False
        self._voice.turn_to(
            "removed", scenario, wording.language, self._voice.after(scenario, wording.id, ("restore",))
        )
        self._note("answer.removed", wording, wording.id)
        return True

    def restore(self, scenario: Scenario, wording: Wording) -> bool:
        new = shelf.restore(self._unit, wording, author=self._author)
        if new is None:
            return False
        buttons = self._voice.after(scenario, new, ("remove",))
        self._voice.show("restored", scenario, wording.language, wording.text, buttons)
        self._note("answer.restored", wording, new)
        return True

    def _note(self, event: str, wording: Wording, now: int) -> None:
        log.info(event, scenario=wording.scenario, language=wording.language, wording=now, admin=self._author)
