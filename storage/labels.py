"""What operators say that a customer's words are about: by *Correct* on the card, and by the answers they send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from storage.closed_sets import LabelSource, Language
from storage.tables import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One such word. What was put right later is retired, not overwritten."""

    ticket_id: int
    source: LabelSource
    scenario: str | None
    """None: it belongs to none of them."""
    answer: str | None
    language: Language
    text: str
    """The customer's words, masked."""
    operator_id: int
    operator_name: str
    created_at: datetime
    retired_at: datetime | None = None


_COLUMNS: Final = [labels.c[name] for name in Label.__slots__]


class Labels:
    """Labels by ticket."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(
        self,
        ticket_id: int,
        source: LabelSource,
        *,
        scenario: str | None,
        answer: str | None,
        language: Language,
        text: str,
        operator_id: int,
        operator_name: str,
    ) -> None:
        self._connection.execute(
            insert(labels).values(
                ticket_id=ticket_id,
                source=source,
                scenario=scenario,
                answer=answer,
                language=language,
                text=text,
                operator_id=operator_id,
                operator_name=operator_name,
                created_at=self._now,
            )
        )

    def retire(self, ticket_id: int, source: LabelSource) -> None:
        """Let what was said of a ticket before count no longer."""
        standing = (labels.c.ticket_id == ticket_id, labels.c.source == source, labels.c.retired_at.is_(None))
        self._connection.execute(update(labels).where(*standing).values(retired_at=self._now))

    def of(self, ticket_id: int) -> list[Label]:
        """Return all that was ever said of a ticket, the oldest first."""
        rows = self._connection.execute(select(*_COLUMNS).where(labels.c.ticket_id == ticket_id).order_by(labels.c.id))
        return [Label(**row) for row in rows.mappings()]
