"""From whom a message is for to where it goes.

The topic of a ticket is opened when it is first needed, and again when somebody has deleted it.
"""

from __future__ import annotations

from typing import assert_never

from services.cards import topic_name
from services.effects import Hall, PrivateChat, TicketPlace
from services.group import Group
from services.wire import Spot, Wire
from storage.records import Ticket
from storage.store import Store

Address = PrivateChat | TicketPlace | Hall


class NoGroup(Exception):  # a state, not a fault
    """No operator group is configured."""


class TicketIsGone(Exception):  # a state, not a fault
    """The ticket, or its customer, has been erased: there is nothing left to show."""


class Addresses:
    """Finds spots; remembers topics."""

    def __init__(self, *, store: Store, wire: Wire, group: Group, team_language: str) -> None:
        self._store = store
        self._wire = wire
        self._group = group
        self._team = team_language

    async def find(self, address: Address, *, for_card: bool = False) -> Spot:
        """Return where to send. A line in a plain group hangs on its card. Raises NoGroup, TicketIsGone, WireError."""
        match address:
            case PrivateChat(chat_id=chat, topic_id=topic):
                return Spot(chat_id=chat, topic_id=topic)
            case Hall(reply_to=reply_to, topic_id=topic):
                return Spot(chat_id=self._group_id(), topic_id=topic, reply_to=reply_to)
            case TicketPlace(ticket_id=ticket_id):
                return await self._place(ticket_id, for_card=for_card)
            case _:
                assert_never(address)

    def _group_id(self) -> int:
        if self._group.chat_id is None:
            raise NoGroup
        return self._group.chat_id

    async def _place(self, ticket_id: int, *, for_card: bool) -> Spot:
        chat = self._group_id()
        ticket = await self._ticket(ticket_id)
        here = ticket.chat_id == chat
        if await self._group.is_forum(ask=ticket.card_id is None):
            topic = ticket.topic_id if here and ticket.topic_id is not None else await self._open_topic(chat, ticket)
            return Spot(chat_id=chat, topic_id=topic)
        return Spot(chat_id=chat, reply_to=ticket.card_id if here and not for_card else None)

    async def _ticket(self, ticket_id: int) -> Ticket:
        async with self._store.read() as unit:
            ticket = await unit.tickets.get(ticket_id)
        if ticket is None:
            raise TicketIsGone
        return ticket

    async def _open_topic(self, chat: int, ticket: Ticket) -> int:
        async with self._store.read() as unit:
            customer = await unit.customers.get(ticket.customer_id)
        if customer is None:
            raise TicketIsGone
        topic = await self._wire.open_topic(chat, topic_name(ticket, customer, self._team))
        async with self._store.write() as unit:
            await unit.tickets.place(ticket.id, chat_id=chat, topic_id=topic, card_id=None)
        return topic
