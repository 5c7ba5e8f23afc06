"""What was thought of a message, found by where it stands in Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import StoredVerdict
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A verdict, and the words it is about."""

    text: str
    verdict: StoredVerdict


class Insight:
    """Reads stored verdicts."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def of(self, chat_id: int, telegram_id: int) -> Thought | None:
        """Return the verdict of a message as it reads now; None while there is none."""
        async with self._store.read() as unit:
            customer = await unit.customers.find("telegram", str(chat_id))
            message = await unit.messages.in_private_chat(customer.id, telegram_id) if customer else None
            verdict = await unit.verdicts.of_message(message.id) if message else None
        return Thought(text=message.text, verdict=verdict) if message and verdict else None
