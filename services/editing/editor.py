"""Admins change answers: pick, read, send the new text, look at it, save it, take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar, assert_never

from services.editing.drafts import draft_of
from services.editing.presenter import Place, Presenter
from services.editing.session import EditingSession, Typed
from services.editing.sources import source_of
from services.messages.callbacks import OfEditor, OnDraft, OnNewWording, OnPack, OnScenario, OnWording
from services.messages.effects import PrivateChat, Shown
from services.messages.incoming import Cause, Person
from services.queues.outbox import Outgoing
from services.scenarios.answers import Answers
from services.templates import check
from services.texts import languages
from services.texts.keys import ToastKey
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit

T = TypeVar("T")


class Editor:
    """The use cases. Each writes once, with its cause; what presses return is a toast."""

    def __init__(self, *, store: Store, answers: Answers, team: Team) -> None:
        self._store = store
        self._answers = answers
        self._team = team

    def language(self, admin: Person, place: Place) -> str:
        """Return what to speak."""
        return languages.of_staff(admin.language, self._team.language, in_private=isinstance(place, PrivateChat))

    async def open(self, cause: Cause, admin: Person, place: Place) -> None:
        """Show the list of scenarios."""
        await self._work(cause, admin, place, EditingSession.list)

    async def awaits(self, admin: Person) -> bool:
        """Whether the next message of an admin in private is meant as a text."""
        draft = await self._store.read(lambda unit: draft_of(unit, admin.external_id))
        return draft is not None and draft.where == "private"

    async def press(
        self, cause: Cause, admin: Person, place: Place, press: OfEditor, *, at: Shown | None = None
    ) -> ToastKey | None:
        """Carry out a button, as far as it still makes sense. `at`: its message, when that can still be changed."""

        def act(bench: EditingSession) -> ToastKey | None:
            match press:
                case OnPack():
                    bench.list()
                case OnScenario(scenario, answer):
                    return bench.show(scenario, answer)
                case OnWording(wording_id, deed):
                    return bench.change(wording_id, deed)
                case OnNewWording(scenario, language, answer):
                    return bench.begin(scenario, answer, language)
                case OnDraft(mark, "save"):
                    return bench.save(mark)
                case OnDraft(mark):
                    bench.cancel(mark)
                case _:
                    assert_never(press)
            return None

        return await self._work(cause, admin, place, act, at)

    async def receive(self, cause: Cause, admin: Person, place: Place, typed: Typed) -> None:
        """Take a text for the edit under way: show what is wrong with it, or how a customer will read it."""
        source = source_of(typed.text, typed.entities).strip() if typed.kind == "text" else ""
        problems = await asyncio.to_thread(check, source) if source else ()  # no transaction is open yet
        await self._work(cause, admin, place, lambda bench: bench.take(typed, source, problems))

    async def _work(
        self, cause: Cause, admin: Person, place: Place, deed: Callable[[EditingSession], T], at: Shown | None = None
    ) -> T:
        def act(unit: Unit) -> T:
            speak = self.language(admin, place)
            presenter = Presenter(
                outgoing=Outgoing(unit, cause.key),
                place=place,
                speak=speak,
                admin=admin,
                answers=self._answers,
                timezone=self._team.zone,
                now=unit.now,
                at=at,
            )
            mark = cause.key.rpartition(":")[2]
            return deed(
                EditingSession(unit=unit, mark=mark, admin=admin, where=place.kind, presenter=presenter, speak=speak)
            )

        return await self._store.write(act, cause)
