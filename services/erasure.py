"""What a customer may ask for: everything that is kept of them, and that it be gone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.figures import note_erased
from storage.records import Channel, Customer
from storage.store import Store
from storage.units import Unit

CHANNELS: Final[tuple[Channel, ...]] = ("telegram", "api")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much is gone."""

    messages: int
    verdicts: int
    tickets: int


async def named(store: Store, who: str) -> list[Customer]:
    """Return those whom an id may mean: `telegram:811`, `api:c-1`, or the bare id in either channel."""
    channel, colon, external_id = who.partition(":")
    asked = [(each, external_id) for each in CHANNELS if colon and each == channel]
    async with store.read() as unit:
        found = [await unit.customers.find(*one) for one in asked or [(each, who) for each in CHANNELS]]
    return [customer for customer in found if customer is not None]


async def disclose(store: Store, customer: Customer) -> dict[str, Any]:
    """Return everything that is kept of a customer, ready for JSON."""
    async with store.read() as unit:
        rows = await unit.belongings.rows(customer.id)
        raw = await unit.belongings.payloads(await _lanes(unit, customer))
    return {name: [_readable(row) for row in found] for name, found in rows.items()} | {
        "raw_updates": [_parsed(payload) for payload in raw]
    }


async def erase(store: Store, customer: Customer) -> Erased:
    """Erase a customer; only anonymous counts stay, so that the figures do not shrink."""
    async with store.write() as unit:
        await unit.customers.get(customer.id, lock=True)
        lanes = await _lanes(unit, customer)
        tickets = len(await unit.belongings.places(customer.id))
        messages, verdicts = await unit.belongings.count(customer.id)
        await note_erased(unit, messages, verdicts)
        await unit.belongings.erase(customer.id, lanes)
    return Erased(
        messages=sum(messages.values()), verdicts=sum(count for count, _ in verdicts.values()), tickets=tickets
    )


async def _lanes(unit: Unit, customer: Customer) -> list[str]:
    """Return the lanes their words have travelled: their private chat, their tickets, the topics of these."""
    places = await unit.belongings.places(customer.id)
    lanes = [f"t:{ticket}" for ticket, _, _ in places]
    lanes += [f"g:{chat}:{topic}" for _, chat, topic in places if chat is not None and topic is not None]
    return [f"p:{customer.chat_id}", *lanes] if customer.chat_id is not None else lanes


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _parsed(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload
