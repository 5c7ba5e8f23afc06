"""What a customer may ask for: everything that is kept of them, and that it be gone."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args
from uuid import UUID

from services.desk import audit
from services.desk.audit import Actor
from services.messages.addresses import chat_of, lanes_in
from services.queues.alerts import PREFIX as ALARM
from services.queues.outbox import lane_of_person
from services.reports.metrics import note_erased
from storage.address import Address
from storage.closed_sets import Channel
from storage.queue_statements import BLANK
from storage.records import Customer
from storage.store import Store
from storage.units import Unit

_NAMES: Final = ("first_name", "last_name", "is_bot")
_OF_STAFF: Final = ("operator_id",)
"""Columns about the people of the team: a customer knows them by name."""
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much is gone."""

    messages: int
    verdicts: int
    tickets: int
    wiped: bool
    """Whether nothing is left in the files either, as far as this program can see to that."""


async def named(store: Store, who: str) -> list[Customer]:
    """Return those whom an id may mean: `telegram:811`, `api:c-1`, or the bare id in any."""
    channel, colon, external_id = who.partition(":")
    asked = [Address(each, external_id) for each in CHANNELS if colon and each == channel]

    def look(unit: Unit) -> list[Customer | None]:
        found = [unit.customers.find(one) for one in asked or [Address(each, who) for each in CHANNELS]]
        return found if asked else [*found, *unit.customers.in_accounts(who)]

    found = await store.read(look)
    return [customer for customer in found if customer is not None]


async def disclose(store: Store, customer: Customer) -> dict[str, Any]:
    """Return everything that is kept of a customer, ready for JSON."""

    def look(unit: Unit) -> tuple[dict[str, list[dict[str, Any]]], list[str], list[dict[str, Any]]]:
        rows = unit.personal_data.rows(customer.id)
        lanes = _lanes(unit, customer)
        raw = unit.personal_data.payloads(lanes)
        sent = unit.personal_data.effects(lanes)
        return rows, raw, sent

    rows, raw, sent = await store.read(look)
    told = {name: [_readable(row) for row in found] for name, found in rows.items()}
    return told | {
        "raw_updates": [_without_staff(_parsed(payload), customer) for payload in raw if payload != BLANK],
        "outbox": [
            _readable(row) | {"payload": effect}
            for row in sent
            if row["payload"] != BLANK and _is_theirs(row["key"], effect := _parsed(row["payload"]))
        ],
    }


async def exported(store: Store, customer_id: int) -> str | None:
    """Return everything that is kept of a customer as JSON for people to read; None for one who is not there."""
    customer = await store.read(lambda unit: unit.customers.get(customer_id))
    if customer is None:
        return None
    return json.dumps(await disclose(store, customer), ensure_ascii=False, indent=2)


async def hand_out(store: Store, customer_id: int, *, by: Actor) -> str | None:
    """Return an export for somebody of the team, and note that they have it."""
    found = await exported(store, customer_id)
    if found is not None:
        await store.write(lambda unit: audit.note(unit, by, "exported", customer_id=customer_id))
    return found


async def erase(store: Store, customer: Customer, *, by: Actor) -> Erased:
    """Erase a customer; only anonymous counts stay, so that the figures do not shrink, and that it was done."""

    def act(unit: Unit) -> tuple[int, dict[str, int], dict[str, tuple[int, float]]]:
        unit.customers.get(customer.id, lock=True)
        lanes = _lanes(unit, customer)
        tickets = len(unit.personal_data.places(customer.id))
        messages, verdicts = unit.personal_data.count(customer.id)
        note_erased(unit, messages, verdicts)
        unit.personal_data.erase(customer.id, lanes)
        audit.note(unit, by, "erased", detail=f"№ {customer.id}")
        return tickets, messages, verdicts

    tickets, messages, verdicts = await store.write(act)
    return Erased(
        messages=sum(messages.values()),
        verdicts=sum(count for count, _ in verdicts.values()),
        tickets=tickets,
        wiped=await store.wipe(),
    )


def _lanes(unit: Unit, customer: Customer) -> list[str]:
    """Return the lanes their words have travelled: their private chat, their tickets, the topics of these."""
    places = unit.personal_data.places(customer.id)
    lanes = [f"t:{ticket}" for ticket, _, _ in places]
    lanes += [f"g:{chat}:{topic}" for _, chat, topic in places if chat is not None and topic is not None]
    return [lane_of_person(customer.address), *lanes_in(customer.address), *lanes]


def _is_theirs(key: str, effect: Any) -> bool:
    """Whether something sent is a customer's: an admin who once wrote as a customer gets reports about others too."""
    if not isinstance(effect, dict) or effect.get("kind") not in ("say", "copy"):
        return isinstance(effect, dict) and effect.get("kind") != "page"
    in_private = (effect.get("to") or {}).get("kind") == "private"
    return not in_private or (effect.get("message_id") is not None and not key.startswith(ALARM))


def _number(customer: Customer) -> str:
    """Return the number that Telegram knows them by, as far as it is known."""
    return str(chat_of(customer.address)) if customer.channel == "business" else customer.external_id


def _without_staff(value: Any, customer: Customer) -> Any:
    """Return a raw update with the names of the people in it, and nothing else of those who are not the customer."""
    match value:
        case dict() if "first_name" in value and "id" in value and str(value["id"]) != _number(customer):
            return {name: value[name] for name in _NAMES if name in value}
        case dict():
            return {name: _without_staff(inner, customer) for name, inner in value.items()}
        case list():
            return [_without_staff(inner, customer) for inner in value]
        case _:
            return value


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if name not in _OF_STAFF}


def _value(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case UUID():
            return str(value)
        case _:
            return value


def _parsed(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload
