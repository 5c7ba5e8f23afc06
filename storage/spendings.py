"""What a language model has cost, by what it was asked for. Verdicts carry their own cost; the rest stands here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from storage.closed_sets import Purpose
from storage.tables import spendings, verdicts


class Spendings:
    """Written whenever a model was paid for something that is no verdict."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, purpose: Purpose, *, cost_usd: float, tokens_in: int, tokens_out: int) -> None:
        self._connection.execute(
            insert(spendings).values(
                purpose=purpose,
                cost_usd=cost_usd,
                tokens_in=tokens_in,
                tokens_out=tokens_out,
                created_at=self._now,
            )
        )

    def since(self, moment: datetime) -> float:
        """How many dollars everything has cost since then, verdicts too."""
        sums = [
            self._connection.scalar(select(func.sum(table.c.cost_usd)).where(table.c.created_at >= moment))
            for table in (verdicts, spendings)
        ]
        return sum(float(found or 0) for found in sums)

    def by_purpose(self) -> dict[Purpose, float]:
        """Return what was ever spent beside verdicts."""
        return spendings_between(self._connection, None, None)


def spendings_between(connection: Connection, since: datetime | None, until: datetime | None) -> dict[Purpose, float]:
    """Return how many dollars were spent beside verdicts, by what for."""
    statement = select(spendings.c.purpose, func.sum(spendings.c.cost_usd)).group_by(spendings.c.purpose)
    if since is not None:
        statement = statement.where(spendings.c.created_at >= since)
    if until is not None:
        statement = statement.where(spendings.c.created_at < until)
    return {purpose: float(cost) for purpose, cost in connection.execute(statement)}
