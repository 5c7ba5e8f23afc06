"""What was thought of a message, found by where it stands in Telegram."""

from __future__ import annotations

from storage.records import StoredVerdict
from storage.store import Store


class Insight:
    """Reads stored verdicts."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def of(self, chat_id: int, telegram_id: int) -> StoredVerdict | None:
        async with self._store.read() as unit:
            customer = await unit.customers.find("telegram", str(chat_id))
            message = await unit.messages.in_private_chat(customer.id, telegram_id) if customer else None
            return await unit.verdicts.of_message(message.id) if message else None
