"""Groups of questions that mean the same: what was decided of each, and where it lies among meanings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from storage.closed_sets import GroupState
from storage.tables import question_groups, unanswered

Vector = bytes
"""Numbers as `services.unanswered.meanings` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """Questions of one meaning. Its number stays the same as questions come and go."""

    id: int
    state: GroupState
    scenario: str | None
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    undo: str | None
    """What a decision has changed in the pack, as JSON."""
    offered: int
    """How often an operator was asked in vain whether the bot shall answer so."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """Where a group lies."""

    group_id: int
    state: GroupState
    space: str
    vector: Vector


_COLUMNS: Final = [question_groups.c[name] for name in QuestionGroup.__slots__]


class QuestionGroups:
    """Groups by number."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def get(self, group_id: int, *, lock: bool = False) -> QuestionGroup | None:
        statement = select(*_COLUMNS).where(question_groups.c.id == group_id)
        row = self._connection.execute(statement.with_for_update() if lock else statement).mappings().one_or_none()
        return QuestionGroup(**row) if row else None

    def of_ticket(self, ticket_id: int) -> QuestionGroup | None:
        """Return the group of what a ticket was opened for, once that is known."""
        row = self._connection.execute(
            select(*_COLUMNS)
            .join(unanswered, unanswered.c.group_id == question_groups.c.id)
            .where(unanswered.c.ticket_id == ticket_id, unanswered.c.first_id.is_(None))
        )
        found = row.mappings().one_or_none()
        return QuestionGroup(**found) if found else None

    def centres(self, *, most: int) -> list[Centre]:
        """Return where the groups lie, the newest of them."""
        rows = self._connection.execute(
            select(question_groups.c.id, question_groups.c.state, question_groups.c.space, question_groups.c.centre)
            .order_by(question_groups.c.id.desc())
            .limit(most)
        )
        return [Centre(group_id=row.id, state=row.state, space=row.space, vector=row.centre) for row in rows]

    def add(self, centre: Vector, *, space: str) -> int:
        row = self._connection.execute(
            insert(question_groups)
            .values(state="open", space=space, centre=centre, size=0, created_at=self._now)
            .returning(question_groups.c.id)
        )
        return int(row.scalar_one())

    def place(self, group_id: int, centre: Vector, *, space: str, size: int, typical_id: int) -> None:
        """Note where a group lies, of how many questions that was reckoned, and which of them speaks for it."""
        self._connection.execute(
            update(question_groups)
            .where(question_groups.c.id == group_id)
            .values(centre=centre, space=space, size=size, typical_id=typical_id)
        )

    def moved(self, *, most: int) -> list[int]:
        """Return groups whose questions are others than their centre was reckoned of: some came, or are gone."""
        theirs = unanswered.c.group_id == question_groups.c.id
        count = select(func.count()).select_from(unanswered).where(theirs).scalar_subquery()
        otherwise = exists().where(theirs, unanswered.c.space != question_groups.c.space)
        rows = self._connection.scalars(
            select(question_groups.c.id)
            .where(or_(question_groups.c.size != count, count == 0, otherwise))
            .order_by(question_groups.c.id)
            .limit(most)
        )
        return list(rows)

    def decide(
        self,
        group_id: int,
        state: GroupState,
        *,
        by: str | None,
        scenario: str | None = None,
        answer: str | None = None,
        undo: str | None = None,
    ) -> None:
        """Note what becomes of a group; `open`: nothing is decided any more."""
        self._connection.execute(
            update(question_groups)
            .where(question_groups.c.id == group_id)
            .values(
                state=state,
                scenario=scenario,
                answer=answer,
                undo=undo,
                decided_by=by,
                decided_at=None if by is None else self._now,
            )
        )

    def offered_in_vain(self, group_id: int) -> None:
        """Count an offer that nobody has taken."""
        self._connection.execute(
            update(question_groups)
            .where(question_groups.c.id == group_id)
            .values(offered=question_groups.c.offered + 1)
        )

    def remove(self, group_id: int) -> None:
        """Forget a group that has no questions any more."""
        self._connection.execute(delete(question_groups).where(question_groups.c.id == group_id))
