"""Every line of every conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Author, Message
from storage.tables import messages

_COLUMNS: Final = [messages.c[name] for name in Message.__slots__]


class Messages:
    """Messages by cause, by place and by conversation."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def add(
        self,
        *,
        key: str,
        customer_id: int,
        author: Author,
        text: str,
        kind: str = "text",
        author_name: str | None = None,
        ticket_id: int | None = None,
        scenario: str | None = None,
        telegram_id: int | None = None,
    ) -> Message:
        row = await self._connection.execute(
            insert(messages).returning(*_COLUMNS),
            {
                "public_id": uuid4(),
                "key": key,
                "customer_id": customer_id,
                "ticket_id": ticket_id,
                "author": author,
                "author_name": author_name,
                "kind": kind,
                "text": text,
                "scenario": scenario,
                "telegram_id": telegram_id,
                "created_at": self._now,
            },
        )
        return Message(**row.mappings().one())

    async def caused_by(self, key: str) -> Message | None:
        return await self._one(messages.c.key == key)

    async def get(self, message_id: int) -> Message | None:
        return await self._one(messages.c.id == message_id)

    async def by_public_id(self, customer_id: int, public_id: UUID) -> Message | None:
        return await self._one(messages.c.customer_id == customer_id, messages.c.public_id == public_id)

    async def in_private_chat(self, customer_id: int, telegram_id: int) -> Message | None:
        """Return the message that stands at a Telegram id in the customer's chat."""
        return await self._one(messages.c.customer_id == customer_id, messages.c.telegram_id == telegram_id)

    async def count_since(self, customer_id: int, since: datetime, *, most: int) -> int:
        """How many lines the customer wrote since then, counting no further than `most`."""
        lines = (
            select(messages.c.id)
            .where(
                messages.c.customer_id == customer_id, messages.c.author == "customer", messages.c.created_at > since
            )
            .limit(most)
        )
        return len((await self._connection.scalars(lines)).all())

    async def answered_before(self, customer_id: int) -> bool:
        """Whether anybody has ever written to this customer: the first time, they are greeted."""
        spoken = exists().where(messages.c.customer_id == customer_id, messages.c.author != "customer")
        return bool(await self._connection.scalar(select(spoken)))

    async def times_answered(self, customer_id: int, scenario: str) -> int:
        """How often this customer was answered from this scenario."""
        statement = (
            select(func.count())
            .select_from(messages)
            .where(messages.c.customer_id == customer_id, messages.c.scenario == scenario)
        )
        return await self._connection.scalar(statement) or 0

    async def first_of_ticket(self, ticket_id: int) -> Message | None:
        """Return the message a ticket was opened about."""
        row = await self._connection.execute(
            select(*_COLUMNS).where(messages.c.ticket_id == ticket_id).order_by(messages.c.id).limit(1)
        )
        found = row.mappings().one_or_none()
        return Message(**found) if found else None

    async def before(self, message_id: int, customer_id: int, *, most: int) -> list[Message]:
        """Return the last lines of a conversation before one of them, oldest first."""
        rows = await self._connection.execute(
            select(*_COLUMNS)
            .where(messages.c.customer_id == customer_id, messages.c.id < message_id)
            .order_by(messages.c.id.desc())
            .limit(most)
        )
        return [Message(**row) for row in rows.mappings()][::-1]

    async def history(self, customer_id: int, *, after: int = 0, most: int = 50) -> Sequence[Message]:
        """Return a page of the conversation, the oldest first, past the message whose row is `after`."""
        rows = await self._connection.execute(
            select(*_COLUMNS)
            .where(messages.c.customer_id == customer_id, messages.c.id > after)
            .order_by(messages.c.id)
            .limit(most)
        )
        return [Message(**row) for row in rows.mappings()]

    async def change(self, message_id: int, **changes: Any) -> None:
        """Set columns of one message (`text`, `telegram_id`, `feedback`, `ticket_id`, …)."""
        await self._connection.execute(update(messages).where(messages.c.id == message_id).values(**changes))

    async def _one(self, *conditions: Any) -> Message | None:
        row = await self._connection.execute(
            select(*_COLUMNS).where(*conditions).order_by(messages.c.id.desc()).limit(1)
        )
        found = row.mappings().one_or_none()
        return Message(**found) if found else None
