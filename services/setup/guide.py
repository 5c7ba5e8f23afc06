"""The set-up as its users call it: what takes time is done before the unit, everything else within it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from services.classify.llm.failures import LlmUnavailable
from services.classify.llm.phrasings import Phrasings
from services.classify.sureness import Policy
from services.classify.verdict import LOCAL, Question
from services.dashboard.trials import places_by_likelihood
from services.desk import audit
from services.evaluation.coverage import MOST, Coverage, coverage
from services.faq.answers_text import bare_answer
from services.messages.setup_presses import OnSetup
from services.scenarios.answers import Answers
from services.scenarios.knowledge import NOTE, Knowledge
from services.scenarios.packs import PackInvalid, read_pack
from services.setup.actions import Prepared, perform
from services.setup.planning import decided, planned
from services.setup.refusal import Refusal
from services.setup.replaced import tell_replaced
from services.setup.session import Reason, Session
from services.setup.state import Choice, Holder, Setup, setup_of
from services.setup.view import View, pack_of, stands_of, view_of
from services.texts import label, text_key
from services.texts.languages import of_text
from services.texts.team import Team
from storage.closed_sets import AnswerMode
from storage.records import Cause, Pack
from storage.setup_pairs import Phrasing, SetupPair
from storage.store import Store
from storage.units import Unit

T = TypeVar("T")
SHOWN_S: Final = 1.5
"""So long somebody who has pressed a button waits for the score; it counts what was looked at by then."""
FEW: Final = 10
"""Messages of customers that tell less than what the owner has tried."""
LIKELY: Final = 5


class _StateChanged(Exception):
    """Something has changed since it was looked at; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """Who does something, and where."""

    holder: Holder
    actor: audit.Actor
    speak: str


Action = Callable[[Session], Reason]
Shows = Callable[[Unit, Session, Reason, View], T]
"""What is done in the unit after the action: pages are put into the outbox, or the view is returned."""


class Guide:
    """Leads an owner through the first steps."""

    def __init__(
        self,
        *,
        store: Store,
        knowledge: Knowledge,
        answers: Answers,
        policy: Callable[[str], Policy],
        folder: Path,
        service: str,
        start: AnswerMode,
        team: Team,
        phrasings: Phrasings | None = None,
    ) -> None:
        """`folder`: where the starter pack lies; `service`: the name by the settings; `start`: mode of new answers."""
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy
        self._folder = folder
        self._service = service
        self._start: AnswerMode = start
        self._team = team
        self._phrasings = phrasings
        self._starter: Pack | None = None

    async def state(self) -> Setup:
        return await self._store.read(setup_of)

    async def complete(self) -> bool:
        return (await self.state()).complete

    async def look(self, admin: Admin) -> View:
        """Return what there is to see; nothing changes."""
        starter = await self._shipped()
        return await self._store.read(lambda unit: self._view(unit, setup_of(unit), admin, starter))

    async def press(self, admin: Admin, press: OnSetup, shows: Shows[T], cause: Cause | None = None) -> T:
        """Carry out an action of the dialog."""
        while True:
            prepared = await self._prepared(press, admin)
            action = partial(perform, press=press, prepared=prepared)
            try:
                done = await self._work(admin, action, shows, cause, prepared.changes if prepared.plan else None)
            except _StateChanged:
                continue
            await self.learned()
            return done

    async def work(self, admin: Admin, action: Action, shows: Shows[T], cause: Cause | None = None) -> T:
        """Do something in a unit of its own, if it is this admin who is at it."""
        return await self._work(admin, lambda session: session.not_mine or action(session), shows, cause, None)

    async def _work(self, admin: Admin, action: Action, shows: Shows[T], cause: Cause | None, changes: int | None) -> T:
        """`changes`: how often the set-up had changed when it was looked at."""
        starter = await self._shipped()

        def act(unit: Unit) -> T:
            session = Session(
                unit,
                admin.holder,
                actor=admin.actor,
                settings=self._answers.facts.settings,
                speak=admin.speak,
                start=self._start,
            )
            if changes is not None and session.setup.changes != changes:
                raise _StateChanged
            reason = action(session)
            view = self._view(unit, session.setup, admin, starter)
            tell_replaced(unit, session.replaced, view, self._team.language)
            return shows(unit, session, reason, view)

        return await self._store.write(act, cause)

    def _view(self, unit: Unit, setup: Setup, admin: Admin, starter: Pack | None) -> View:
        return view_of(
            unit,
            setup,
            who=admin.holder.id,
            service=self._service,
            starter=starter,
            settings=self._answers.facts.settings,
            speak=admin.speak,
            proposes=self._phrasings is not None,
        )

    async def _shipped(self) -> Pack | None:
        """Return the starter pack; None where its files are gone or faulty."""
        if self._starter is None:
            try:
                self._starter = await asyncio.to_thread(read_pack, self._folder)
            except (PackInvalid, OSError):
                return None
        return self._starter

    async def _prepared(self, press: OnSetup, admin: Admin) -> Prepared:
        match press.action:
            case "ways":
                return await self._ways(press.number, admin.speak)
            case "merge":
                return Prepared(likely=await self._likely(press.number))
            case "sure" | "apply":
                return await self._planned(press, admin)
            case _:
                return Prepared()

    async def _likely(self, pair_id: int) -> tuple[str, ...]:
        """Return the answers that a pair may belong to, the likeliest first."""
        pair = await self._store.read(lambda unit: _row(unit, pair_id))
        if pair is None:
            return ()
        verdict = await self._knowledge.classify_unpaid(Question(text=pair.questions[0], language=pair.language))
        return places_by_likelihood(verdict, self._knowledge.scenarios)[:LIKELY]

    async def _ways(self, pair_id: int, speak: str) -> Prepared:
        """Ask the model for other ways of asking; what it does not answer is told, and nothing else happens."""
        pair = await self._store.read(lambda unit: _row(unit, pair_id))
        if pair is None or self._phrasings is None:
            return Prepared(failed=Refusal("outdated"))
        try:
            told = await self._phrasings.of(pair.questions, bare_answer(pair.answer), self._answers.business.served)
        except LlmUnavailable as unavailable:
            why = label(text_key("model", unavailable.reason), speak)
            return Prepared(failed=Refusal("model", why))
        ways = tuple(Phrasing(language=code, text=line) for code, lines in told.items() for line in lines)
        return Prepared(ways=ways, failed=None if ways else Refusal("no_ways"))

    async def _planned(self, press: OnSetup, admin: Admin) -> Prepared:
        setup, known, pack, pairs, stands = await self._store.read(
            lambda unit: (
                setup_of(unit),
                unit.key_values.read(NOTE),  # before what it names: a change between the two is noticed then
                pack_of(unit),
                unit.scenarios.pairs.all(),
                stands_of(unit),
            )
        )
        choice: Choice | None = setup.wanted if press.action == "sure" else "faq"
        ready = setup.wanted != "faq" if press.action == "sure" else decided(setup, pairs)
        if choice is None or not ready:
            return Prepared()
        plan = await asyncio.to_thread(
            planned,
            choice,
            beside=press.what != "only" if press.action == "sure" else setup.beside,
            now=pack,
            starter=await self._shipped(),
            pairs=pairs,
            unticked=setup.unticked,
            stands=stands,
            speak=admin.speak,
            start=self._start,
        )
        return Prepared(changes=setup.changes, plan=plan, known=known)

    async def score(self, setup: Setup, *, seconds: float = SHOWN_S) -> Coverage:
        """Count what the bot would make of what customers have asked; of the owner's tests while few have."""
        asked = await self._store.read(lambda unit: unit.messages.asked_lately(most=MOST))
        tests = [(text, self._answers.business.served[0]) for text in setup.tests]
        of_tests = not asked or (bool(tests) and len(asked) < FEW)
        return await coverage(
            tests if of_tests else asked,
            self._knowledge.classify_unpaid,
            self._knowledge.scenario,
            self._policy(LOCAL),
            self._knowledge.facts,
            of_tests=of_tests,
            seconds=seconds,
        )

    def language(self, text: str) -> str:
        """Return the language in which a customer who writes this would be answered."""
        business = self._answers.business
        latin = "en" if "en" in business.served else business.served[0]
        return business.spoken(of_text(text) or latin)

    async def learned(self) -> None:
        """Let what was told count at once in this process."""
        await self._knowledge.refresh_business()

    async def learning(self) -> bool:
        """Whether the newest answers are still being learned."""
        return await self._store.read(lambda unit: unit.key_values.read(NOTE)) != self._knowledge.version


def _row(unit: Unit, pair_id: int) -> SetupPair | None:
    return next((one for one in unit.scenarios.pairs.all() if one.id == pair_id), None)
