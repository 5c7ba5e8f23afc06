"""Customers who ask what the bot cannot answer, and the round that gathers it."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Final

from services.messages.addresses import on_telegram
from services.unanswered.gathering import Gathering
from storage.units import Unit
from tests.lines.world import World, said

INSTALMENTS: Final = "Можно ли у вас оплатить частями?"
INSTALMENTS_TOO: Final = "оплатить частями можно у вас?"
WRAPPING: Final = "Есть ли подарочная упаковка для заказа?"
_NUMBERS: Final = itertools.count(500)


async def asks(world: World, customer: int, text: str, *, name: str = "Анна", wait_s: float = 20) -> int:
    """Let one of several customers ask something; return the number of their ticket, 0 where they have none open."""
    message = said(next(_NUMBERS), text)
    person = {"id": customer, "first_name": name}
    message |= {"chat": person | {"type": "private"}, "from": person | {"is_bot": False, "language_code": "ru"}}
    await world.arrives("message", message)
    await world.works()
    await world.passes(wait_s)
    return await world.store.read(partial(_ticket_of, customer=customer))


def _ticket_of(unit: Unit, customer: int) -> int:
    known = unit.customers.find(on_telegram(customer))
    ticket = unit.tickets.open_of(known.id) if known else None
    return ticket.id if ticket else 0


async def gathers(world: World) -> int:
    """Let questions be grouped; without the encoder they are compared by their words."""
    return await Gathering(store=world.store, encoder=None).look()
