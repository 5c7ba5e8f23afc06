"""`/labels`: admins read what the bot learns from, take back what is wrong, and choose what it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.desk import audit
from services.desk.toasts import Toast, toast
from services.editing.labels_words import PAGE, LabelWords
from services.learning import versions
from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.label_presses import OnLabels
from services.queues.outbox import PRESSED, Outgoing
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.labels import Label
from storage.learnings import Learning
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

NEWEST: Final = 8
"""Versions on a page."""


class LabelsDesk:
    """What stands below `/labels`, what its buttons do, and what admins are asked by the bot itself."""

    def __init__(self, *, store: Store, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._team = team
        self._words = LabelWords(knowledge=knowledge, team=team)

    async def show(self, cause: Cause, place: PrivateChat | GroupPlace) -> None:
        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=self._page(unit, 0)))

        await self._store.write(act, cause)

    async def press(
        self, cause: Cause, who: audit.Actor, place: PrivateChat | GroupPlace, press: OnLabels, *, at: MessageRef | None
    ) -> Toast | None:
        """Do what a button says, and let the message show how things stand then."""

        def act(unit: Unit) -> Toast | None:
            said = apply(unit, who, press)
            if at is not None:
                page = ShowPage(to=place, at=at, words=self._after(unit, press))
                Outgoing(unit, cause.key).put(page, rank=PRESSED)
            return said

        return await self._store.write(act, cause)

    def _after(self, unit: Unit, press: OnLabels) -> Words:
        match press.action:
            case "page":
                return self._page(unit, press.number)
            case "undo":
                return self._page(unit, press.before)
            case "confirm" | "drop":
                return self._page(unit, 0)
            case "versions" | "take" | "keep":
                return self._words.versions(unit.learnings.page(most=NEWEST), unit.learnings.standing())

    def _page(self, unit: Unit, before: int) -> Words:
        newest = unit.learnings.newest()
        held = frozenset(newest.held) if newest else frozenset()
        shown = unit.labels.page(before=before or None, most=PAGE + 1)
        return self._words.page(shown, before=before, count=unit.labels.mark()[1], held=held)

    def tell(self, unit: Unit, number: int, *, before: Learning | None) -> None:
        """Ask admins about a version that has just been tried: what it would change, and what was held back."""
        one = unit.learnings.get(number)
        if one is None:
            return
        held = [label for label in unit.labels.standing() if label.id in one.held]
        known = set(before.held) if before else set()
        if any(label.id not in known for label in held):
            self._ask(unit, f"learning:{number}:held", self._words.held(one, held))
        if one.state == "waiting":
            pinned = unit.key_values.read(versions.PINNED) is not None
            self._ask(unit, f"learning:{number}", self._words.waits(one, _named(unit, one), pinned=pinned))

    def _ask(self, unit: Unit, cause: str, words: Words) -> None:
        outgoing = Outgoing(unit, cause)
        for place in self._readers():
            outgoing.put(Say(to=place, words=words))

    def _readers(self) -> Iterator[PrivateChat | GroupPlace]:
        yield from (PrivateChat(address=on_telegram(one)) for one in self._team.admins)
        if not self._team.admins and self._team.has_group:
            yield GroupPlace()


def apply(unit: Unit, who: audit.Actor, press: OnLabels) -> Toast | None:
    """Do what an admin has pressed, and note it; None: they only look."""
    match press.action:
        case "page" | "versions":
            return None
        case "undo":
            return _undo(unit, who, press.number)
        case "take":
            return _take(unit, who, press.number)
        case "keep":
            if not unit.learnings.refuse(press.number, by=who.name):
                return toast("outdated")
            audit.note(unit, who, "learning_refused", detail=f"№ {press.number}")
            return toast("learning_refused")
        case "confirm" | "drop":
            return _settle(unit, who, press.number, right=press.action == "confirm")


def _undo(unit: Unit, who: audit.Actor, number: int) -> Toast:
    if not unit.labels.take_back(number, by=who.name):
        return toast("outdated")
    versions.announce(unit)
    audit.note(unit, who, "label_undone", detail=f"№ {number}")
    return toast("label_undone")


def _take(unit: Unit, who: audit.Actor, number: int) -> Toast:
    if not versions.take(unit, number or None, by=who.name):
        return toast("learning_there")
    audit.note(unit, who, "learning_taken", detail=f"№ {number}")
    return toast("learning_taken")


def _settle(unit: Unit, who: audit.Actor, number: int, *, right: bool) -> Toast:
    """Let labels that were held back count, or none of them."""
    version = unit.learnings.get(number)
    waiting = [one for one in unit.labels.standing() if version and one.id in version.held and not one.confirmed_by]
    if not waiting:
        return toast("outdated")
    if right:
        unit.labels.confirm([one.id for one in waiting], by=who.name)
        audit.note(unit, who, "labels_confirmed", detail=f"{len(waiting)}")
        return toast("labels_confirmed")
    for one in waiting:
        unit.labels.take_back(one.id, by=who.name)
    audit.note(unit, who, "label_undone", detail=f"{len(waiting)}")
    return toast("labels_dropped")


def _named(unit: Unit, one: Learning) -> dict[int, Label]:
    numbers = [change["label"] for change in one.report.get("changes", []) if change.get("label")]
    found = (unit.labels.get(number) for number in numbers[:20])
    return {label.id: label for label in found if label is not None}
