"""What the team reads of unanswered questions, and what admins decide of them: in private and on the page alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.desk.audit import Actor
from services.messages.incoming import Cause
from services.scenarios.facts import Facts
from services.scenarios.knowledge import Knowledge
from services.templates import check
from services.unanswered.deciding import QUESTIONS_MOST, Decided, Decision, Make, decide_in
from services.unanswered.pack_changes import title_from
from services.unanswered.replies import Reply, replies_of
from storage.closed_sets import GroupState
from storage.matters import Matter
from storage.question_pages import GroupRow
from storage.records import Scenario
from storage.store import Store
from storage.unanswered import Question
from storage.units import Unit

__all__ = ["GroupRow", "GroupState", "Matter", "QuestionDesk", "Sheet", "matters"]
WEEK: Final = timedelta(days=7)
REPLIES_MOST: Final = 20
LIKELY_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One group, as a whole."""

    row: GroupRow
    questions: Sequence[Question]
    """The newest first."""
    replies: Sequence[Reply]
    likely: Sequence[Matter]
    """Which answers the engine took the questions for, without being sure."""
    title: str
    """Proposed for an answer of its own."""


class QuestionDesk:
    """Reads and decides. A decision that was made already is not made twice; each can be taken back."""

    def __init__(self, *, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    @property
    def facts(self) -> Facts:
        return self._knowledge.facts

    async def page(
        self, *, states: Collection[GroupState], most: int, past: int = 0, words: str = ""
    ) -> tuple[list[GroupRow], int]:
        """Return some groups, those first that were asked most this week, and how many there are."""

        def look(unit: Unit) -> tuple[list[GroupRow], int]:
            week, before = weeks(unit.now)
            pages = unit.question_pages
            rows = pages.rows(week=week, before=before, states=states, words=words, most=most, past=past)
            return rows, pages.count(states, words=words)

        return await self._store.read(look)

    async def sheet(self, group_id: int) -> Sheet | None:
        return await self._store.read(lambda unit: self.sheet_in(unit, group_id))

    def sheet_in(self, unit: Unit, group_id: int) -> Sheet | None:
        """Return a group as a whole; None where it has no questions any more, or became part of another."""
        week, before = weeks(unit.now)
        row = unit.question_pages.row(group_id, week=week, before=before)
        if row is None:
            return None
        return Sheet(
            row=row,
            questions=unit.question_pages.of_group(group_id, most=QUESTIONS_MOST),
            replies=replies_of(unit, group_id, self.facts, row.language, most=REPLIES_MOST),
            likely=self._likely(unit.question_pages.guessed(group_id)),
            title=title_from(row.title),
        )

    async def decide(
        self, group_id: int, decision: Decision, *, who: Actor, author: str, cause: Cause | None = None
    ) -> Decided:
        """Do what an admin has decided. `author`: how versions of answers name them."""
        if isinstance(decision, Make):
            problems = check(decision.source, facts=self.facts.definitions)
            if problems or not decision.source.strip() or not decision.title.strip():
                return await self._refused(Decided(problem="text", problems=tuple(problems)), cause)

        def act(unit: Unit) -> Decided:
            return decide_in(unit, group_id, decision, who=who, author=author)

        return await (self._store.write(act, cause) if cause else self._store.write(act))

    async def _refused(self, decided: Decided, cause: Cause | None) -> Decided:
        if cause is not None:
            await self._store.write(lambda _: None, cause)
        return decided

    def _likely(self, guessed: Sequence[tuple[str, str | None]]) -> list[Matter]:
        found = []
        for (key, answer), _ in Counter(guessed).most_common():
            scenario = self._knowledge.scenario(key)
            if scenario is None:
                continue
            named = scenario.answer(answer)
            if named is not None or not scenario.answers:
                found.append(Matter(scenario, named))
        return found[:LIKELY_MOST]


def weeks(now: datetime) -> tuple[datetime, datetime]:
    """Return since when counts as this week, and since when as the one before."""
    return now - WEEK, now - 2 * WEEK


def matters(scenarios: Iterable[Scenario]) -> Iterator[Matter]:
    """Yield all that questions can belong to, in the order of the pack."""
    for scenario in scenarios:
        if not scenario.answers:
            yield Matter(scenario)
        for answer in scenario.answers:
            yield Matter(scenario, answer)
