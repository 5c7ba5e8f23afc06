"""What was thought of a message, found by where it stands in Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from storage.address import Address
from storage.records import Message, StoredVerdict
from storage.store import Store
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A verdict, and the words it is about."""

    text: str
    verdict: StoredVerdict


class Insight:
    """Reads stored verdicts."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def of(self, address: Address, telegram_id: int) -> Thought | None:
        """Return the verdict of a message as it reads now; None while there is none."""

        def look(unit: Unit) -> tuple[Message | None, StoredVerdict | None]:
            customer = unit.customers.find(address)
            message = unit.messages.in_private_chat(customer.id, telegram_id) if customer else None
            verdict = unit.verdicts.of_message(message.id) if message else None
            return message, verdict

        message, verdict = await self._store.read(look)
        return Thought(text=message.text, verdict=verdict) if message and verdict else None
