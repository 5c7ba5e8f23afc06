"""What operators and customers say that words are about, and which answer was not it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, func, insert, select, update

from storage.closed_sets import LabelSource, Language
from storage.tables import labels, messages, tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One such word. What was put right later is retired, not overwritten."""

    id: int
    ticket_id: int | None
    message_id: int | None
    """The customer's line; None: all that the question of the ticket holds."""
    source: LabelSource
    scenario: str | None
    """None: it belongs to none of them."""
    answer: str | None
    language: Language
    text: str
    """The customer's words, masked."""
    operator_id: int | None
    """None: the customer said it."""
    operator_name: str | None
    created_at: datetime
    retired_at: datetime | None = None
    retired_by: str | None = None
    """Who has taken it back; None where a later word took its place."""
    confirmed_by: str | None = None
    """Who has said that it holds although the pack says otherwise."""
    customer_id: int | None = None
    """Whose words they are."""


_COLUMNS: Final = [
    *(labels.c[name] for name in Label.__slots__ if name != "customer_id"),
    func.coalesce(messages.c.customer_id, tickets.c.customer_id).label("customer_id"),
]
_WHOLE: Final = labels.outerjoin(messages, messages.c.id == labels.c.message_id).outerjoin(
    tickets, tickets.c.id == labels.c.ticket_id
)
_STANDING: Final = labels.c.retired_at.is_(None)


class Labels:
    """Labels by ticket, by line, and all of them by age."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(
        self,
        source: LabelSource,
        *,
        scenario: str | None,
        answer: str | None,
        language: Language,
        text: str,
        ticket_id: int | None = None,
        message_id: int | None = None,
        operator_id: int | None = None,
        operator_name: str | None = None,
    ) -> int:
        """Keep one and return its number. A ticket, a line or both are named, and the text is masked already."""
        row = self._connection.execute(
            insert(labels)
            .values(
                ticket_id=ticket_id,
                message_id=message_id,
                source=source,
                scenario=scenario,
                answer=answer,
                language=language,
                text=text,
                operator_id=operator_id,
                operator_name=operator_name,
                created_at=self._now,
            )
            .returning(labels.c.id)
        )
        return int(row.scalar_one())

    def get(self, label_id: int) -> Label | None:
        found = self._found(labels.c.id == label_id)
        return found[0] if found else None

    def retire(self, ticket_id: int, source: LabelSource) -> None:
        """Let what was said of a ticket before count no longer."""
        self._retire(labels.c.ticket_id == ticket_id, labels.c.source == source)

    def retire_of_line(self, message_id: int, *sources: LabelSource) -> None:
        """Let what was said of a line before count no longer."""
        self._retire(labels.c.message_id == message_id, labels.c.source.in_(sources))

    def take_back(self, label_id: int, *, by: str) -> bool:
        """Let one count no longer, by somebody's wish; False: it did not count any more."""
        return self._retire(labels.c.id == label_id, by=by) == 1

    def confirm(self, ids: list[int], *, by: str) -> int:
        """Note that these hold although the pack says otherwise."""
        wanted = and_(labels.c.id.in_(ids), _STANDING)
        return self._connection.execute(update(labels).where(wanted).values(confirmed_by=by)).rowcount

    def of(self, ticket_id: int) -> list[Label]:
        """Return all that was ever said of a ticket, the oldest first."""
        return self._found(labels.c.ticket_id == ticket_id)

    def standing(self) -> list[Label]:
        """Return all that count, the oldest first."""
        return self._found(_STANDING)

    def page(self, *, before: int | None, most: int) -> list[Label]:
        """Return those next before one, the newest first, whether they count or not."""
        wanted = (
            select(*_COLUMNS).select_from(_WHOLE)
            if before is None
            else select(*_COLUMNS).select_from(_WHOLE).where(labels.c.id < before)
        )
        rows = self._connection.execute(wanted.order_by(labels.c.id.desc()).limit(most))
        return [Label(**row) for row in rows.mappings()]

    def mark(self) -> tuple[int, int, int]:
        """Return what changes whenever something is said, taken back, confirmed or deleted."""
        counted = select(func.coalesce(func.max(labels.c.id), 0), func.count(), func.count(labels.c.confirmed_by))
        newest, standing, confirmed = self._connection.execute(counted.where(_STANDING)).one()
        return int(newest), int(standing), int(confirmed)

    def _retire(self, *which: Any, by: str | None = None) -> int:
        changed = update(labels).where(*which, _STANDING).values(retired_at=self._now, retired_by=by)
        return self._connection.execute(changed).rowcount

    def _found(self, *which: Any) -> list[Label]:
        rows = self._connection.execute(select(*_COLUMNS).select_from(_WHOLE).where(*which).order_by(labels.c.id))
        return [Label(**row) for row in rows.mappings()]
