"""Admins change answers (pick, read, send the new text, look at it, save it, take it back) and fill in facts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple, TypeVar, assert_never

from services.editing.drafts import draft_of
from services.editing.fact_drafts import fact_draft_of
from services.editing.facts_session import FactsSession
from services.editing.presenter import Place, Presenter
from services.editing.session import EditingSession, PerformanceText, Typed
from services.editing.sources import source_of
from services.messages.callbacks import OfEditor, OnDraft, OnNewWording, OnPack, OnScenario, OnWording
from services.messages.effects import MessageRef, PrivateChat
from services.messages.fact_presses import OfFacts, OnFact, OnFacts, OnFactValue, OnFactVersion
from services.messages.incoming import Cause, Person
from services.messages.mode_presses import OfModes, OnMode, OnTrust
from services.queues.outbox import Outgoing
from services.scenarios.answers import Answers
from services.scenarios.facts import facts_of
from services.templates import check
from services.texts import languages
from services.texts.keys import ToastKey
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit

T = TypeVar("T")


class Workspace(NamedTuple):
    """What an admin works at: both write into one unit."""

    answers: EditingSession
    facts: FactsSession


class Editor:
    """The use cases. Each writes once, with its cause; what presses return is a toast."""

    def __init__(self, *, store: Store, answers: Answers, team: Team, performance: PerformanceText) -> None:
        self._store = store
        self._performance = performance
        self._answers = answers
        self._team = team

    def language(self, admin: Person, place: Place) -> str:
        """Return what to speak."""
        return languages.of_staff(admin.language, self._team.language, in_private=isinstance(place, PrivateChat))

    async def open(self, cause: Cause, admin: Person, place: Place) -> None:
        """Show the list of scenarios."""
        await self._work(cause, admin, place, lambda workspace: workspace.answers.list())

    async def open_facts(self, cause: Cause, admin: Person, place: Place) -> None:
        """Show the list of facts."""
        await self._work(cause, admin, place, lambda workspace: workspace.facts.list())

    async def awaits(self, admin: Person) -> bool:
        """Whether the next message of an admin in private is meant as a text."""
        draft = await self._store.read(
            lambda unit: draft_of(unit, admin.address.id) or fact_draft_of(unit, admin.address.id)
        )
        return draft is not None and draft.where == "private"

    async def press(
        self, cause: Cause, admin: Person, place: Place, press: OfEditor, *, at: MessageRef | None = None
    ) -> ToastKey | None:
        """Carry out a button, as far as it still makes sense. `at`: its message, when that can still be changed."""

        def act(workspace: Workspace) -> ToastKey | None:  # noqa: PLR0911  # one line a button
            match press:
                case OnPack():
                    workspace.answers.list()
                case OnScenario(scenario, answer):
                    return workspace.answers.show(scenario, answer)
                case OnWording(wording_id, action):
                    return workspace.answers.change(wording_id, action)
                case OnNewWording(scenario, language, answer):
                    return workspace.answers.begin(scenario, answer, language)
                case OnMode() | OnTrust():
                    return _on_modes(workspace.answers, press)
                case OnDraft(mark, "save"):
                    return workspace.answers.save(mark)
                case OnDraft(mark):
                    if not workspace.facts.cancel(mark):
                        workspace.answers.cancel(mark)
                case _:
                    return _on_facts(workspace.facts, press)
            return None

        return await self._work(cause, admin, place, act, at)

    async def receive(self, cause: Cause, admin: Person, place: Place, typed: Typed) -> None:
        """Take a text for the edit under way: show what is wrong with it, or how a customer will read it."""
        source = source_of(typed.text, typed.entities).strip() if typed.kind == "text" else ""
        facts = self._answers.facts.definitions
        problems = await asyncio.to_thread(check, source, facts=facts) if source else ()  # no transaction is open yet

        def act(workspace: Workspace) -> None:
            if not workspace.facts.take(typed):
                workspace.answers.take(typed, source, problems)

        await self._work(cause, admin, place, act)

    async def _work(
        self, cause: Cause, admin: Person, place: Place, action: Callable[[Workspace], T], at: MessageRef | None = None
    ) -> T:
        def act(unit: Unit) -> T:
            speak = self.language(admin, place)
            settings = self._answers.facts.settings
            facts = facts_of(unit.facts.definitions(), unit.facts.standing(), settings)
            presenter = Presenter(
                outgoing=Outgoing(unit, cause.key),
                place=place,
                speak=speak,
                admin=admin,
                answers=self._answers.knowing(facts),
                timezone=self._team.zone,
                now=unit.now,
                at=at,
            )
            mark = cause.key.rpartition(":")[2]
            answers = EditingSession(
                unit=unit,
                mark=mark,
                admin=admin,
                where=place.kind,
                presenter=presenter,
                speak=speak,
                performance=self._performance,
            )
            business = FactsSession(
                unit=unit,
                mark=mark,
                admin=admin,
                where=place.kind,
                presenter=presenter,
                speak=speak,
                timezone=self._team.zone,
                settings=settings,
            )
            return action(Workspace(answers, business))

        return await self._store.write(act, cause)


def _on_modes(answers: EditingSession, press: OfModes) -> ToastKey | None:
    match press:
        case OnMode(mode, scenario, answer):
            return answers.set_mode(scenario, answer, mode)
        case OnTrust(wish, scenario, answer):
            return answers.trust(scenario, answer, wish)


def _on_facts(facts: FactsSession, press: OfFacts) -> ToastKey | None:
    match press:
        case OnFacts(page):
            facts.list(page)
            return None
        case OnFact(key):
            return facts.show(key)
        case OnFactValue(key, language):
            return facts.begin(key, language)
        case OnFactVersion(version_id, action):
            return facts.change(version_id, action)
        case _:
            assert_never(press)
