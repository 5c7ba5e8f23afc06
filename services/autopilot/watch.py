"""Looks at how answers do: asks for those that are proven, and gives back those that fail. Off the message path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import floor
from typing import Final

import structlog

from services.autopilot.records import given_of, record_of
from services.autopilot.rules import FAILING, Record, Step, step
from services.classify.matters import SMALL_TALK
from services.desk.audit import Actor
from services.editing.answer_modes import set_mode
from services.messages.addresses import on_telegram
from services.messages.callbacks import encode
from services.messages.effects import Button, GroupPlace, Keyboard, PrivateChat, Say, Words
from services.messages.mode_presses import OnTrust, Wish
from services.queues.outbox import Outgoing
from services.texts import label, say, text_key
from services.texts.team import Team
from services.texts.titles import full_title
from storage.matters import Matter, matters_of
from storage.records import Scenario
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
ITSELF: Final = Actor(id=None, name="support-bot", place="shell")


class Watch:
    """One look at all answers."""

    def __init__(self, *, store: Store, scenarios: Callable[[], tuple[Scenario, ...]], team: Team) -> None:
        """`scenarios`: what the bot knows at the moment."""
        self._store = store
        self._scenarios = scenarios
        self._team = team

    async def look(self) -> int:
        """Do what is due, and return how much that was. Without people there is nobody to give an answer back to."""
        if not self._team.has_group:
            return 0
        due = await self._store.read(lambda unit: [one for one in self._matters() if _due(unit, one)[0]])
        for matter in due:
            await self._store.write(partial(self._act, matter=matter))
        return len(due)

    def _matters(self) -> Iterator[Matter]:
        """Return what is judged. Courtesies are not: who calls a person after a greeting has not asked for one."""
        for scenario in self._scenarios():
            if scenario.key in SMALL_TALK:
                continue
            for matter in matters_of(scenario):
                if matter.action != "escalate" and matter.mode != "off":
                    yield matter

    def _act(self, unit: Unit, matter: Matter) -> None:
        """Look again where nobody else can write, so that of two processes one tells."""
        unit.scenarios.hold()
        outline = next((one for one in unit.scenarios.outlines() if one.key == matter.scenario.key), None)
        now = Matter(outline, outline.answer(matter.answer_key)) if outline else None
        if now is None or now.name != matter.name:
            return
        what, record = _due(unit, now)
        if what == "offer":
            self._offer(unit, matter, record)
        elif what == "give_back":
            self._give_back(unit, now, matter)

    def _offer(self, unit: Unit, matter: Matter, record: Record) -> None:
        unit.evidence.asked(matter.name, int(record.of))
        text = say(
            "autopilot.offer",
            self._team.language,
            title=full_title(matter.scenario, matter.answer, self._team.language),
            right=int(record.right),
            of=int(record.of),
            percent=percent(record.lower),
        )
        self._tell(unit, matter, "offer", Words(text=text, buttons=self._buttons(matter, "yes", "no")))
        log.info("autopilot.offered", answer=matter.name, right=record.right, of=record.of)

    def _give_back(self, unit: Unit, now: Matter, matter: Matter) -> None:
        given = given_of(unit, now)
        set_mode(unit, now, "suggest", actor=ITSELF, author=ITSELF.name)
        text = say(
            "autopilot.given_back",
            self._team.language,
            title=full_title(matter.scenario, matter.answer, self._team.language),
            of=given.count,
            corrected=given.corrected,
            unhelped=given.unhelped,
            percent=percent(FAILING),
        )
        self._tell(unit, matter, "given_back", Words(text=text, buttons=self._buttons(matter, "again")))
        log.warning("autopilot.given_back", answer=matter.name, of=given.count, corrected=given.corrected)

    def _tell(self, unit: Unit, matter: Matter, what: str, words: Words) -> None:
        """Tell admins in private, and the group once."""
        outgoing = Outgoing(unit, f"autopilot:{what}:{matter.name}:{unit.now:%Y%m%d%H%M%S}")
        for one in self._team.admins:
            outgoing.put(Say(to=PrivateChat(address=on_telegram(one)), words=words))
        outgoing.put(Say(to=GroupPlace(), words=words))

    def _buttons(self, matter: Matter, *wishes: Wish) -> Keyboard:
        return tuple(
            (
                Button(
                    text=label(text_key("autopilot_button", wish), self._team.language),
                    press=encode(OnTrust(wish, matter.scenario.key, matter.answer_key)),
                ),
            )
            for wish in wishes
        )


def _due(unit: Unit, matter: Matter) -> tuple[Step | None, Record]:
    record = record_of(unit, matter)
    if matter.mode != "suggest":
        return step(matter.mode, record, None), record
    return step(matter.mode, record, unit.evidence.trust(matter.scenario.key, matter.answer_key).asked_of), record


def percent(share: float) -> str:
    """Return a share as people read it, never better than it is."""
    return f"{floor(share * 1000) / 10:g}"
