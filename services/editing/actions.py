"""What is done to an answer with one press: a step back, a step forward, taken away, put back."""

from __future__ import annotations

from typing import Literal

import structlog

from services.editing import stored_versions
from services.editing.history import possible_actions
from services.editing.presenter import Presenter
from services.editing.topics import Topic
from storage.template_versions import TemplateVersion
from storage.units import Unit

log = structlog.get_logger()


class VersionActions:
    """Each tells what became of the answer, with what can be done next; False: it is too late, nothing was done."""

    def __init__(self, *, unit: Unit, presenter: Presenter, author: str) -> None:
        self._unit = unit
        self._presenter = presenter
        self._author = author

    def step(self, topic: Topic, wording: TemplateVersion, action: Literal["undo", "redo"]) -> bool:
        done = stored_versions.step(self._unit, wording, action, author=self._author)
        if done is None:
            return False
        text, new = done
        next_ones = possible_actions(topic.versions(self._unit), new)
        buttons = self._presenter.after(topic, new, next_ones)
        self._presenter.show("undone" if action == "undo" else "redone", topic, wording.language, text, buttons)
        self._note("answer.undone" if action == "undo" else "answer.redone", wording, new)
        return True

    def remove(self, topic: Topic, wording: TemplateVersion) -> bool:
        if not stored_versions.remove(self._unit, wording, author=self._author):
            return False
        self._presenter.turn_to(
            "removed", topic, wording.language, self._presenter.after(topic, wording.id, ("restore",))
        )
        self._note("answer.removed", wording, wording.id)
        return True

    def restore(self, topic: Topic, wording: TemplateVersion) -> bool:
        new = stored_versions.restore(self._unit, wording, author=self._author)
        if new is None:
            return False
        buttons = self._presenter.after(topic, new, ("remove",))
        self._presenter.show("restored", topic, wording.language, wording.text, buttons)
        self._note("answer.restored", wording, new)
        return True

    def _note(self, event: str, wording: TemplateVersion, now: int) -> None:
        log.info(
            event,
            scenario=wording.scenario,
            answer=wording.answer,
            language=wording.language,
            wording=now,
            admin=self._author,
        )
