"""What people read of unanswered questions: groups with their titles, how much they were asked, what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from storage.closed_sets import GroupState, Language
from storage.question_groups import QuestionGroup
from storage.tables import NOT_CLOSED, messages, question_groups, suggestions, tickets, unanswered
from storage.unanswered import COLUMNS, NOT_SPAM, Question

OPEN: Final[tuple[GroupState, ...]] = ("open",)
OPENING: Final = unanswered.c.first_id.is_(None)
"""What a ticket was opened for, and not what was asked in it later."""
_GROUP: Final = [question_groups.c[name] for name in QuestionGroup.__slots__]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How much a group was asked."""

    count: int
    this_week: int
    week_before: int
    since_decided: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """When people dealt with one question."""

    opened_at: datetime
    taken_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group with its title and how much it was asked."""

    group: QuestionGroup
    title: str
    """Its most typical question."""
    language: Language
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswer:
    """What an operator answered first."""

    id: int
    ticket_id: int
    text: str
    entities: str | None
    author_name: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A question in an open ticket that nobody has answered, and what answers it by now."""

    ticket_id: int
    message_id: int
    scenario: str
    answer: str | None


class QuestionPages:
    """Groups as people see them: what was closed as spam does not count."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_group(self, group_id: int, *, most: int, past: int = 0) -> list[Question]:
        """Return the questions of a group, the newest first."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .join(tickets, tickets.c.id == unanswered.c.ticket_id)
            .where(unanswered.c.group_id == group_id, NOT_SPAM)
            .order_by(unanswered.c.id.desc())
            .offset(past)
            .limit(most)
        )
        return [Question(**row) for row in rows.mappings()]

    def rows(
        self,
        *,
        week: datetime,
        before: datetime,
        until: datetime | None = None,
        states: Collection[GroupState] = OPEN,
        words: str = "",
        most: int,
        past: int = 0,
    ) -> list[GroupRow]:
        """Return groups, those first that were asked most this week, then ever.

        `week`: since when counts as this week, `until` when if it is over; `before`: since when as the one before.
        """
        return self._rows(_which(states, words), _in_weeks(before, week, until), most=most, past=past)

    def row(self, group_id: int, *, week: datetime, before: datetime) -> GroupRow | None:
        return next(iter(self._rows(question_groups.c.id == group_id, _in_weeks(before, week), most=1, past=0)), None)

    def _rows(self, which: ColumnElement[bool], weeks: dict[str, Any], *, most: int, past: int) -> list[GroupRow]:
        asked, decided = unanswered.c.asked_at, question_groups.c.decided_at
        counts = {"count": func.count(), "since_decided": func.count().filter(asked > decided), **weeks}
        counts |= {"first_at": func.min(asked), "last_at": func.max(asked)}
        rows = self._connection.execute(
            select(*_GROUP, question_groups.c.typical_id, *(one.label(name) for name, one in counts.items()))
            .join(unanswered, unanswered.c.group_id == question_groups.c.id)
            .join(tickets, tickets.c.id == unanswered.c.ticket_id)
            .where(which, NOT_SPAM)
            .group_by(question_groups.c.id)
            .order_by(counts["this_week"].desc(), counts["count"].desc(), question_groups.c.id)
            .offset(past)
            .limit(most)
        )
        found = [dict(row) for row in rows.mappings()]
        titles = self._titles([row["typical_id"] for row in found], [row["id"] for row in found])
        return [_row(one, titles) for one in found]

    def _titles(self, typical: Iterable[int | None], groups: Collection[int]) -> dict[int, tuple[str, Language]]:
        """Return the most typical question by group; the newest where that one is gone, or not known yet."""
        newest = (
            select(func.max(unanswered.c.id)).where(unanswered.c.group_id.in_(groups)).group_by(unanswered.c.group_id)
        )
        rows = self._connection.execute(
            select(unanswered.c.group_id, unanswered.c.id, unanswered.c.text, unanswered.c.language).where(
                or_(unanswered.c.id.in_([one for one in typical if one]), unanswered.c.id.in_(newest))
            )
        )
        chosen = set(typical)
        found: dict[int, tuple[str, Language]] = {}
        for row in sorted(rows, key=lambda row: row.id in chosen):
            found[row.group_id] = (row.text, row.language)
        return found

    def guessed(self, group_id: int) -> list[tuple[str, str | None]]:
        """Return what the engine took the questions of a group for, one for each ticket that it had a guess for."""
        rows = self._connection.execute(
            select(tickets.c.scenario, tickets.c.answer)
            .join(unanswered, unanswered.c.ticket_id == tickets.c.id)
            .where(unanswered.c.group_id == group_id, OPENING, tickets.c.scenario.is_not(None))
        )
        return [(row.scenario, row.answer) for row in rows]

    def count(self, states: Collection[GroupState] = OPEN, *, words: str = "") -> int:
        """Return how many groups have questions."""
        statement = (
            select(func.count(question_groups.c.id.distinct()))
            .join(unanswered, unanswered.c.group_id == question_groups.c.id)
            .join(tickets, tickets.c.id == unanswered.c.ticket_id)
            .where(_which(states, words), NOT_SPAM)
        )
        return self._connection.scalar(statement) or 0

    def handled(self, since: datetime, *, group_id: int | None = None) -> list[Handled]:
        """Return when people dealt with what tickets were opened for since then: of one group, or of all."""
        which = [unanswered.c.group_id == group_id] if group_id is not None else []
        rows = self._connection.execute(
            select(tickets.c.opened_at, tickets.c.taken_at, tickets.c.answered_at, tickets.c.closed_at)
            .join(unanswered, unanswered.c.ticket_id == tickets.c.id)
            .where(unanswered.c.asked_at >= since, unanswered.c.group_id.is_not(None), OPENING, NOT_SPAM, *which)
        )
        return [Handled(**row) for row in rows.mappings()]

    def waiting(self, since: datetime, *, most: int) -> list[Waiting]:
        """Return questions of groups that were given an answer since then, where people have it still to say."""
        said = exists().where(
            messages.c.ticket_id == unanswered.c.ticket_id,
            messages.c.author == "operator",
            messages.c.id > unanswered.c.message_id,
        )
        proposed = exists().where(
            suggestions.c.ticket_id == unanswered.c.ticket_id, suggestions.c.scenario == question_groups.c.scenario
        )
        theirs = [unanswered.c.ticket_id, unanswered.c.message_id, question_groups.c.scenario, question_groups.c.answer]
        rows = self._connection.execute(
            select(*theirs)
            .join(question_groups, question_groups.c.id == unanswered.c.group_id)
            .join(tickets, tickets.c.id == unanswered.c.ticket_id)
            .where(
                question_groups.c.state == "answered",
                question_groups.c.scenario.is_not(None),
                question_groups.c.decided_at >= since,
                unanswered.c.message_id.is_not(None),
                NOT_CLOSED,
                ~said,
                ~proposed,
            )
            .order_by(unanswered.c.id)
            .limit(most)
        )
        return [Waiting(**row) for row in rows.mappings()]

    def answers(self, group_id: int, *, most: int) -> list[TeamAnswer]:
        """Return what operators answered first to the questions of a group, the newest first."""
        first = (
            select(func.min(messages.c.id))
            .join(unanswered, unanswered.c.ticket_id == messages.c.ticket_id)
            .where(
                unanswered.c.group_id == group_id,
                messages.c.id > func.coalesce(unanswered.c.message_id, 0),
                messages.c.author == "operator",
                messages.c.kind == "text",
                messages.c.text != "",
            )
            .group_by(unanswered.c.id)
        )
        names = TeamAnswer.__slots__
        rows = self._connection.execute(
            select(*(messages.c[name] for name in names))
            .where(messages.c.id.in_(first))
            .order_by(messages.c.id.desc())
            .limit(most)
        )
        return [TeamAnswer(**row) for row in rows.mappings()]


def _in_weeks(before: datetime, week: datetime, until: datetime | None = None) -> dict[str, Any]:
    asked = unanswered.c.asked_at
    this = asked >= week if until is None else and_(asked >= week, asked < until)
    last = and_(asked >= before, asked < week)
    return {"this_week": func.count().filter(this), "week_before": func.count().filter(last)}


def _which(states: Collection[GroupState], words: str) -> ColumnElement[bool]:
    """Return the condition for groups; `words`: one of their questions has them, in these capitals or usual ones."""
    if not words.strip():
        return question_groups.c.state.in_(states)
    said = words.strip()
    forms = {said, said.lower(), said.capitalize(), said.upper()}
    having = select(unanswered.c.group_id).where(
        or_(*(unanswered.c.text.contains(form, autoescape=True) for form in forms))
    )
    return and_(question_groups.c.state.in_(states), question_groups.c.id.in_(having))


def _row(found: dict[str, Any], titles: dict[int, tuple[str, Language]]) -> GroupRow:
    text, language = titles.get(found["id"], ("", "en"))
    return GroupRow(
        group=QuestionGroup(**{name: found[name] for name in QuestionGroup.__slots__}),
        title=text,
        language=language,
        asked=Asked(**{name: found[name] for name in Asked.__slots__}),
    )
