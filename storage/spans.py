"""What happened in a span of time, counted: volumes, how soon people answered and solved, by whom and about what.

Rows are numbered in the order of time, so a span is two rows found by halving, as in `storage.statistics`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, String, and_, case, cast, func, select

from storage.span_counts import NOT_KNOWN, AnswerCount, Day, OperatorCount, Rated, SpanCounts, TicketTimes
from storage.statistics import first_row
from storage.tables import messages, ratings, tickets
from storage.ticket_lists import Scope

EXAMPLES_MOST: Final = 5
ROWS_MOST: Final = 10
_REPLY: Final = func.coalesce(messages.c.album, cast(messages.c.id, String))
"""The parts of an album are one reply."""


class Spans:
    """Counts spans."""

    def __init__(self, connection: Connection, scope: Scope = "all") -> None:
        """`scope`: an operator group, of whose tickets alone is told then."""
        self._connection = connection
        self._scope = scope

    def of(self, scope: Scope) -> Spans:
        """Return what counts the tickets of one group."""
        return Spans(self._connection, scope)

    def counts(
        self, since: datetime, until: datetime, *, rows_most: int = ROWS_MOST, examples_most: int = EXAMPLES_MOST
    ) -> SpanCounts:
        lines = and_(self._rows(messages.c.id, messages.c.created_at, since, until), *self._with(messages.c.ticket_id))
        opened = and_(self._rows(tickets.c.id, tickets.c.opened_at, since, until), *self._here())
        written = and_(lines, messages.c.author == "customer", messages.c.kind != "command")
        said, people = self._connection.execute(
            select(func.count(), func.count(messages.c.customer_id.distinct())).where(written)
        ).one()
        rows = self._connection.execute(
            select(
                tickets.c.opened_at,
                tickets.c.answered_at,
                tickets.c.closed_at,
                tickets.c.ending,
                tickets.c.reason,
                tickets.c.scenario,
                tickets.c.question,
                tickets.c.group_id,
            )
            .where(opened)
            .order_by(tickets.c.id)
        ).all()
        about = self._rated(ratings.c.scenario, since, until)
        unknown = [row.question for row in rows if row.reason in NOT_KNOWN and row.question and row.ending != "spam"]
        return SpanCounts(
            questions=said,
            people=people,
            answers=self._answers(lines),
            tickets=len(rows),
            reasons=_counted([row.reason for row in rows]),
            scenarios=_counted([row.scenario for row in rows if row.scenario]),
            spam=sum(row.ending == "spam" for row in rows),
            operators=self._operators(lines, since, until)[:rows_most],
            rated=_together(about.values()),
            rated_scenarios={key: one for key, one in about.items() if key},
            unanswered=tuple(unknown[-examples_most:]),
            times=tuple(
                TicketTimes(
                    group_id=row.group_id,
                    opened_at=row.opened_at,
                    answered_at=row.answered_at,
                    closed_at=row.closed_at,
                    spam=row.ending == "spam",
                )
                for row in rows
            ),
        )

    def days(self, edges: Sequence[datetime]) -> tuple[Day, ...]:
        """Return what happened from each moment to the next."""
        lines = [first_row(self._connection, messages.c.id, messages.c.created_at, edge) for edge in edges]
        opened = [first_row(self._connection, tickets.c.id, tickets.c.opened_at, edge) for edge in edges]
        found = []
        for place, since in enumerate(edges[:-1]):
            answers = select(func.count()).where(
                messages.c.id >= lines[place], messages.c.id < lines[place + 1], messages.c.kind == "answer"
            )
            called = select(func.count()).where(
                tickets.c.id >= opened[place], tickets.c.id < opened[place + 1], *self._here()
            )
            found.append(
                Day(
                    since=since,
                    answers=self._connection.scalar(answers) or 0,
                    tickets=self._connection.scalar(called) or 0,
                )
            )
        return tuple(found)

    def _rows(self, row: Column[int], at: Column[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
        first, end = (first_row(self._connection, row, at, moment) for moment in (since, until))
        return and_(row >= first, row < end)

    def _here(self) -> list[ColumnElement[bool]]:
        """Return what a ticket has to be."""
        return [] if self._scope == "all" else [tickets.c.group_id.is_not_distinct_from(self._scope)]

    def _with(self, ticket: Column[int]) -> list[ColumnElement[bool]]:
        """Return what belongs to such a ticket has to be."""
        return [ticket.in_(select(tickets.c.id).where(*self._here()))] if self._here() else []

    def _answers(self, lines: ColumnElement[bool]) -> tuple[AnswerCount, ...]:
        judged = {name: func.count(case((messages.c.feedback == name, 1))).label(name) for name in ("helped", "person")}
        rows = self._connection.execute(
            select(messages.c.scenario, messages.c.answer, func.count().label("given"), *judged.values())
            .where(lines, messages.c.kind == "answer", messages.c.scenario.is_not(None))
            .group_by(messages.c.scenario, messages.c.answer)
            .order_by(func.count().desc(), messages.c.scenario, messages.c.answer)
        )
        return tuple(AnswerCount(**row) for row in rows.mappings())

    def _operators(self, lines: ColumnElement[bool], since: datetime, until: datetime) -> tuple[OperatorCount, ...]:
        said = self._connection.execute(
            select(messages.c.author_name, func.count(_REPLY.distinct()))
            .where(lines, messages.c.author == "operator", messages.c.kind != "note")
            .group_by(messages.c.author_name)
        )
        closed = self._connection.execute(
            select(tickets.c.operator_name, func.count())
            .where(tickets.c.closed_at >= since, tickets.c.closed_at < until, tickets.c.operator_name.is_not(None))
            .where(*self._here())
            .group_by(tickets.c.operator_name)
        )
        rated = self._rated(ratings.c.operator_name, since, until)
        replies, closings = {name or "": n for name, n in said}, {row[0]: row[1] for row in closed}
        names = sorted(replies.keys() | closings.keys(), key=lambda name: (-replies.get(name, 0), name))
        return tuple(
            OperatorCount(
                name=name,
                replies=replies.get(name, 0),
                closed=closings.get(name, 0),
                rated=rated.get(name, Rated()),
            )
            for name in names
        )

    def _rated(self, by: Column[str], since: datetime, until: datetime) -> dict[str | None, Rated]:
        """Return the ratings given in the span, by a column that may be empty."""
        rows = self._connection.execute(
            select(by, func.count(ratings.c.score), func.avg(ratings.c.score))
            .where(ratings.c.rated_at >= since, ratings.c.rated_at < until, *self._with(ratings.c.ticket_id))
            .group_by(by)
        )
        return {name: Rated(count=count, average=float(average)) for name, count, average in rows if count}


def _counted(found: Sequence[str]) -> dict[str, int]:
    """Return how often each is there, the most frequent first."""
    return dict(Counter(found).most_common())


def _together(groups: Iterable[Rated]) -> Rated:
    given = [(one.count, one.average) for one in groups if one.average is not None]
    count = sum(number for number, _ in given)
    return Rated(count=count, average=sum(number * average for number, average in given) / count) if count else Rated()
