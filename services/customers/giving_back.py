"""When the owner of an account or a channel has been silent for a while, the bot takes the conversation up again.

What the customer has written since the owner's last line is still owed then: it is answered, or shown to people, as
any line is. A mere "ok" or "thanks" to the owner is left alone.
"""

from __future__ import annotations

from typing import Final

import structlog

from services.classify.acknowledgements import acknowledgement_of
from services.classify.remarks import remark_of
from services.customers.situations import NODS
from services.messages.addresses import lanes_in
from services.messages.customer_lines import around
from services.queues.pending import given_back
from storage.records import Customer, Message
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = 100
"""Conversations that one unit gives back; the rest follow with the next look."""


class GivingBack:
    """Looks for conversations that their owner has left."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def look(self) -> None:
        """Have what is owed there dealt with."""
        if await self._store.read(lambda unit: unit.customers.left_by_owner(most=1)):
            given = await self._store.write(_give_back)
            log.info("owner.gave_back", conversations=given)


def _give_back(unit: Unit) -> int:
    left = unit.customers.left_by_owner(most=AT_ONCE, lock=True)
    for customer in left:
        unit.customers.change(customer.id, owner_until=None)
        _take_up(unit, customer)
    return len(left)


def _take_up(unit: Unit, customer: Customer) -> None:
    owed = unit.lines.owed(customer.id)
    for question in (around(owed, line) for line in owed):
        if not any(map(_wants_an_answer, question)):
            unit.lines.shelve(question)
            continue
        for lane in lanes_in(customer.address):
            unit.inbox.put(given_back(question[-1], lane))


def _wants_an_answer(line: Message) -> bool:
    """Whether a line is more than a nod to what the owner has written; a picture is."""
    words = line.text.strip()
    if not words:
        return line.kind not in NODS
    return acknowledgement_of(words) is None and remark_of(words) not in ("yes", "quiet")
