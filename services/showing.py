"""What stands in one place and changes there: the card of a ticket, a page of the editor.

An edit counts against a chat's budget like a message, so only the last of several that wait is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog

from services import cards
from services.addresses import Addresses, TicketIsGone
from services.effects import ShowCard, ShowPage, TicketPlace, Words, decode
from services.knowledge import Knowledge
from services.letters import plain
from services.wire import MessageGone, Refused, Sent, Spot, Wire
from storage.placements import Placement
from storage.records import Task, Ticket
from storage.store import Store

log = structlog.get_logger()
LOOK_AHEAD: Final = 20
T = TypeVar("T")


class Showing:
    """Edits where there is something to edit, posts where there is not, or no longer."""

    def __init__(
        self, *, store: Store, wire: Wire, addresses: Addresses, knowledge: Knowledge, team_language: str
    ) -> None:
        self._store = store
        self._wire = wire
        self._addresses = addresses
        self._knowledge = knowledge
        self._team = team_language

    async def page(self, task: Task, effect: ShowPage) -> None:
        """Edit the message that was pressed. Telegram refuses for more reasons than it documents: nobody shall wait."""
        if not await self._changes_again(task, effect):
            spot = await self._addresses.find(effect.to)
            if not await self._edited(spot, effect):
                await self._wire.say(spot, effect.words)
        await self._settle(task)

    async def card(self, task: Task, effect: ShowCard) -> None:
        """Show a ticket as it is now."""
        spot = await self._addresses.find(TicketPlace(ticket_id=effect.ticket_id), for_card=True)
        ticket, words = await self._card(effect.ticket_id, forum=spot.topic_id is not None)
        if ticket.card_id is not None and ticket.chat_id == spot.chat_id:
            if await self._comes_again(task):
                await self._settle(task)
                return
            try:
                await self._in_plain_words(words, lambda said: self._wire.edit(spot.chat_id, ticket.card_id or 0, said))
            except (MessageGone, Refused) as error:
                log.info("card.reposted", ticket=ticket.id, reason=str(error))
            else:
                await self._settle(task)
                return
        sent = await self._in_plain_words(words, lambda said: self._wire.say(spot, said))
        async with self._store.write() as unit:
            await unit.outbox.settle(task)
            await unit.tickets.place(ticket.id, chat_id=spot.chat_id, card_id=sent.telegram_id)
            await unit.placements.add(places(spot, sent, ticket.id, None))

    @staticmethod
    async def _in_plain_words(words: Words, send: Callable[[Words], Awaitable[T]]) -> T:
        """Show a card; what is refused goes without its formatting, then without its buttons: words matter most."""
        for plainer in (words, *_plainer(words)[:-1]):
            try:
                return await send(plainer)
            except Refused as error:
                log.warning("card.refused", reason=str(error))
        return await send(_plainer(words)[-1])

    async def _edited(self, spot: Spot, effect: ShowPage) -> bool:
        if effect.at.chat_id != spot.chat_id:
            return False  # the group has moved: the same number is another message there
        try:
            await self._wire.edit(spot.chat_id, effect.at.telegram_id, effect.words)
        except (MessageGone, Refused) as error:
            log.info("page.sent_anew", reason=str(error))
            return False
        return True

    async def _changes_again(self, task: Task, effect: ShowPage) -> bool:
        """Whether another page waits for the same message."""
        async with self._store.read() as unit:
            waiting = await unit.outbox.behind(task, most=LOOK_AHEAD)
        others = (decode(one.payload) for one in waiting)
        return any(isinstance(other, ShowPage) and other.at == effect.at for other in others)

    async def _comes_again(self, task: Task) -> bool:
        """Whether the same card waits to be shown once more."""
        async with self._store.read() as unit:
            return await unit.outbox.repeats(task)

    async def _card(self, ticket_id: int, *, forum: bool) -> tuple[Ticket, Words]:
        async with self._store.read() as unit:
            ticket = await unit.tickets.get(ticket_id)
            customer = await unit.customers.get(ticket.customer_id) if ticket else None
            if ticket is None or customer is None:
                raise TicketIsGone
            earlier = await unit.messages.before_ticket(ticket, most=cards.EARLIER_LINES)
        card = cards.Card(
            ticket=ticket,
            customer=customer,
            title=self._knowledge.title(ticket.scenario, self._team),
            earlier=earlier,
            forum=forum,
        )
        return ticket, cards.words(card, self._team)

    async def _settle(self, task: Task) -> None:
        async with self._store.write() as unit:
            await unit.outbox.settle(task)


def _plainer(words: Words) -> tuple[Words, Words]:
    text = plain(words.text)
    return Words(text=text, html=False, buttons=words.buttons), Words(text=text, html=False)


def places(spot: Spot, sent: Sent, ticket_id: int, message_id: int | None) -> list[Placement]:
    """Return where a delivered message of a ticket stands, for the answers to it."""
    if sent.telegram_id is None:
        return []
    return [Placement(chat_id=spot.chat_id, telegram_id=sent.telegram_id, ticket_id=ticket_id, message_id=message_id)]
