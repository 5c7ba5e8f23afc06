"""Versions of what was learned from labels: which count, what a replay showed, and who decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from storage.closed_sets import LearningState
from storage.tables import learnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One version: every label up to `upto` that still stands, without those held back."""

    id: int
    state: LearningState
    upto: int
    held: tuple[int, ...]
    """Labels that contradict what the bot surely knows; an admin may confirm them."""
    report: dict[str, Any]
    created_at: datetime
    decided_by: str | None
    """Who has chosen; None: it took over by itself, or nobody has chosen yet."""
    decided_at: datetime | None


_COLUMNS: Final = [learnings.c[name] for name in Learning.__slots__]


class Learnings:
    """Adds them, changes what became of them."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, state: LearningState, *, upto: int, held: Sequence[int], report: dict[str, Any]) -> int:
        row = self._connection.execute(
            insert(learnings)
            .values(
                state=state,
                upto=upto,
                held=json.dumps(list(held)),
                report=json.dumps(report, ensure_ascii=False),
                created_at=self._now,
            )
            .returning(learnings.c.id)
        )
        return int(row.scalar_one())

    def get(self, number: int) -> Learning | None:
        return self._one(learnings.c.id == number)

    def newest(self) -> Learning | None:
        return self._one()

    def standing(self) -> Learning | None:
        """Return what the bot knows now; None: nothing beside the pack."""
        return self._one(learnings.c.state == "standing")

    def accepted(self) -> Learning | None:
        """Return the last version that an admin has chosen."""
        return self._one(learnings.c.state.in_(("standing", "earlier")), learnings.c.decided_by.is_not(None))

    def page(self, *, most: int) -> list[Learning]:
        """Return the newest, the last first."""
        rows = self._connection.execute(select(*_COLUMNS).order_by(learnings.c.id.desc()).limit(most))
        return [_read(row) for row in rows.mappings()]

    def stand(self, number: int | None, *, by: str | None) -> None:
        """Let one be what the bot knows, instead of whatever it knew; None: the pack alone."""
        self._change("earlier", None, learnings.c.state == "standing")
        if number is not None:
            self._change("standing", by, learnings.c.id == number)

    def refuse(self, number: int, *, by: str) -> bool:
        """Note that one is not wanted; False: nobody waits for a choice any more."""
        return self._change("refused", by, learnings.c.id == number, learnings.c.state == "waiting") == 1

    def _change(self, state: LearningState, by: str | None, *which: Any) -> int:
        values: dict[str, Any] = {"state": state}
        if by is not None:
            values |= {"decided_by": by, "decided_at": self._now}
        return self._connection.execute(update(learnings).where(*which).values(values)).rowcount

    def _one(self, *which: Any) -> Learning | None:
        rows = self._connection.execute(select(*_COLUMNS).where(*which).order_by(learnings.c.id.desc()).limit(1))
        row = rows.mappings().one_or_none()
        return _read(row) if row else None


def _read(row: Any) -> Learning:
    return Learning(**dict(row) | {"held": tuple(json.loads(row["held"])), "report": json.loads(row["report"])})
