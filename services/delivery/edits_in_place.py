"""What stands in one place and changes there: the card of a ticket, a page of the editor.

An edit counts against a chat's budget like a message, so only the last of several that wait is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar, assert_never

import structlog

from services.delivery.addresses import Addresses, TicketIsGone
from services.delivery.attempts import Attempt
from services.delivery.call_book import CallBook, Done, places
from services.delivery.messenger import MessageGone, Messenger, Refused, Target, TopicGone
from services.delivery.operator_groups import Groups
from services.delivery.repeats import is_marked, perhaps_again
from services.desk import cards, handover, roster
from services.desk.menus import Menus
from services.desk.page_links import PageLinks
from services.messages.effects import (
    MessageRef,
    OpenTopic,
    PointToTopic,
    ShowCard,
    ShowPage,
    TicketPlace,
    Words,
    decode,
)
from services.messages.left_behind import PointAway
from services.queues.outbox import TOUCH, WORK, Outgoing
from services.scenarios.knowledge import Knowledge
from services.texts import say
from services.texts.html import plain
from services.texts.links import to_message
from services.texts.team import Team
from storage.records import Task, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
LOOK_AHEAD: Final = 20
T = TypeVar("T")


class EditsInPlace:
    """Edits where there is something to edit, posts where there is not, or no longer."""

    def __init__(
        self,
        *,
        store: Store,
        book: CallBook,
        messenger: Messenger,
        addresses: Addresses,
        groups: Groups,
        knowledge: Knowledge,
        menus: Menus,
        links: PageLinks,
        team: Team,
    ) -> None:
        self._store = store
        self._book = book
        self._messenger = messenger
        self._addresses = addresses
        self._groups = groups
        self._knowledge = knowledge
        self._menus = menus
        self._links = links
        self._team = team

    async def show(self, attempt: Attempt, effect: ShowCard | ShowPage | OpenTopic | PointToTopic | PointAway) -> None:
        match effect:
            case ShowCard():
                await self._show_card(attempt, effect)
            case ShowPage():
                await self._page(attempt, effect)
            case OpenTopic():
                await self._topic(attempt, effect)
            case PointToTopic():
                await self._pointer(attempt.task, effect)
            case PointAway():
                await self._left_behind(attempt.task, effect)
            case _:
                assert_never(effect)

    async def _page(self, attempt: Attempt, effect: ShowPage) -> None:
        """Edit the message that was pressed. Telegram refuses for more reasons than it documents: nobody shall wait."""
        if not await self._changes_again(attempt.task, effect):
            target = await self._addresses.find(effect.to, attempt)
            if not await self._edited(target, effect):
                await self._messenger.say(target, effect.words, leave=attempt.leave)
        await self._settle(attempt.task)

    async def _show_card(self, attempt: Attempt, effect: ShowCard) -> None:
        """Show a ticket as it is now, once for all who wait for that."""
        task = attempt.task
        target = await self._addresses.find(TicketPlace(ticket_id=effect.ticket_id), attempt, for_card=True)
        ticket, words, others = await self._look(task, effect.ticket_id)
        if ticket.card_id is not None and ticket.chat_id == target.chat_id:
            try:
                await self._in_plain_words(
                    words, lambda said: self._messenger.edit(target.chat_id, ticket.card_id or 0, said)
                )
            except (MessageGone, Refused) as error:
                log.info("card.reposted", ticket=ticket.id, reason=str(error))
            else:
                await self._edited_card(task, others, ticket, target)
                return
        words = perhaps_again(words, self._team.language) if is_marked(task) else words
        sent = await self._in_plain_words(words, lambda said: self._messenger.say(target, said, leave=attempt.leave))
        needs_topic = await self._needs_topic(ticket, target)

        def act(unit: Unit) -> None:
            self._settle_all(unit, task, others)
            unit.tickets.place(ticket.id, chat_id=target.chat_id, card_id=sent.telegram_id)
            unit.placements.add(places(target, sent, ticket.id, None))
            if needs_topic:
                self._have_topic_opened(unit, task, ticket)

        await self._store.write(act, ahead=True)

    @staticmethod
    async def _in_plain_words(words: Words, send: Callable[[Words], Awaitable[T]]) -> T:
        """Show a card; what is refused goes without its formatting, then without its buttons: words matter most."""
        for plainer in (words, *_plainer(words)[:-1]):
            try:
                return await send(plainer)
            except Refused as error:
                log.warning("card.refused", reason=str(error))
        return await send(_plainer(words)[-1])

    async def _edited_card(self, task: Task, others: list[Task], ticket: Ticket, target: Target) -> None:
        needs_topic = await self._needs_topic(ticket, target)

        def act(unit: Unit) -> None:
            self._settle_all(unit, task, others)
            if needs_topic:
                self._have_topic_opened(unit, task, ticket)

        await self._store.write(act)

    async def _needs_topic(self, ticket: Ticket, target: Target) -> bool:
        """Whether somebody works on a ticket that has no topic yet, because there was no room for one."""
        group = self._groups.of(ticket.group_id)
        return ticket.status == "taken" and target.topic_id is None and group.gives_topics and await group.is_forum()

    @staticmethod
    def _have_topic_opened(unit: Unit, task: Task, ticket: Ticket) -> None:
        Outgoing(unit, f"topic:{task.key}").put(OpenTopic(ticket_id=ticket.id), rank=WORK)

    async def _topic(self, attempt: Attempt, effect: OpenTopic) -> None:
        """Open the topic of a ticket whose card stands outside; the card follows, what was the card points there."""
        ticket = await self._store.read(lambda unit: unit.tickets.get(effect.ticket_id))
        place = await self._addresses.late_topic(ticket, attempt) if ticket is not None else None
        if ticket is None or ticket.chat_id is None or ticket.card_id is None or place is None:
            await self._settle(attempt.task)
            return
        old = MessageRef(chat_id=ticket.chat_id, telegram_id=ticket.card_id)

        def act(unit: Unit) -> None:
            unit.outbox.settle(attempt.task)
            unit.tickets.place(ticket.id, **place)
            outgoing = Outgoing(unit, f"moved:{attempt.task.key}")
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=WORK)
            outgoing.put(PointToTopic(ticket_id=ticket.id, at=old), rank=TOUCH)

        await self._store.write(act, ahead=True)

    async def _pointer(self, task: Task, effect: PointToTopic) -> None:
        """Say where the card has gone; nobody misses it where that cannot be said."""
        ticket = await self._store.read(lambda unit: unit.tickets.get(effect.ticket_id))
        if ticket is not None and ticket.topic_id is not None and ticket.chat_id == effect.at.chat_id:
            link = to_message(effect.at.chat_id, ticket.card_id or ticket.topic_id, ticket.topic_id)
            words = Words(text=say("card.moved", self._team.language, ticket=ticket.id, link=link))
            try:
                await self._messenger.edit(effect.at.chat_id, effect.at.telegram_id, words)
            except (MessageGone, Refused) as error:
                log.info("card.not_pointed", reason=str(error))
        await self._settle(task)

    async def _left_behind(self, task: Task, effect: PointAway) -> None:
        """Say on the old card where its ticket went; nobody misses it where that cannot be said."""
        text = say("card.moved_away", self._team.language, ticket=effect.number, name=effect.name)
        try:
            await self._messenger.edit(effect.at.chat_id, effect.at.telegram_id, Words(text=text))
            if effect.topic_id is not None:
                await self._messenger.turn_topic(effect.at.chat_id, effect.topic_id, closed=True)
        except (MessageGone, Refused, TopicGone) as error:
            log.info("card.not_pointed", reason=str(error))
        await self._settle(task)

    async def _edited(self, target: Target, effect: ShowPage) -> bool:
        if effect.at.chat_id != target.chat_id:
            return False  # the group has moved: the same number is another message there
        try:
            await self._messenger.edit(target.chat_id, effect.at.telegram_id, effect.words)
        except (MessageGone, Refused) as error:
            log.info("page.sent_anew", reason=str(error))
            return False
        return True

    async def _changes_again(self, task: Task, effect: ShowPage) -> bool:
        """Whether another page waits for the same message."""
        waiting = await self._store.read(lambda unit: unit.outbox.behind(task, most=LOOK_AHEAD))
        return any(isinstance(other := decode(one.payload), ShowPage) and other.at == effect.at for one in waiting)

    async def _look(self, task: Task, ticket_id: int) -> tuple[Ticket, Words, list[Task]]:
        """Return a ticket, its card as it is now, and the tasks that wait for just that."""

        def look(unit: Unit) -> tuple[cards.Card, list[Task]]:
            ticket = unit.tickets.get(ticket_id)
            customer = unit.customers.get(ticket.customer_id) if ticket else None
            if ticket is None or customer is None:
                raise TicketIsGone
            card = cards.Card(
                ticket=ticket,
                customer=customer,
                title=self._knowledge.title(ticket.scenario, self._team.language, ticket.answer),
                earlier=handover.earlier(unit, ticket),
                forum=ticket.topic_id is not None,
                before=unit.ticket_lists.count_before(ticket),
                colleagues=roster.offered(unit, ticket) if ticket.face == "hand" else (),
                owner_left=ticket.status == "taken" and roster.has_left(unit, ticket.chat_id, ticket.operator_id),
                menu=self._menus.of(unit, ticket, customer),
                suggestion=self._menus.suggestion(unit, ticket, customer),
                satisfaction=unit.ratings.satisfaction(ticket),
                page=self._links.to(ticket.id),
                site=unit.site_visitors.get(customer.id) if customer.channel == "web" else None,
            )
            return card, unit.outbox.same(task)

        card, others = await self._store.read(look)
        return card.ticket, cards.words(card, self._team, self._knowledge.titles), others

    def _settle_all(self, unit: Unit, task: Task, others: list[Task]) -> None:
        for one in (task, *others):
            unit.outbox.settle(one)

    async def _settle(self, task: Task) -> None:
        await self._book.settle(Done(tasks=[task]))


def _plainer(words: Words) -> tuple[Words, Words]:
    text = plain(words.text)
    return Words(text=text, html=False, buttons=words.buttons), Words(text=text, html=False)
