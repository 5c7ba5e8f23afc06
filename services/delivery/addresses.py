"""Finds the chat and the topic that an effect goes to.

The topic of a ticket is opened when it is first needed, and again when somebody has deleted it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from services.delivery.accounts import Accounts
from services.delivery.attempts import Attempt
from services.delivery.messenger import Messenger, NotAllowed, Target
from services.delivery.operator_group import Group
from services.delivery.operator_groups import Groups
from services.delivery.pace import Pace
from services.delivery.topic_icons import TopicIcons
from services.desk.cards import topic_name
from services.messages.effects import Copy, GroupPlace, PrivateChat, Say, SendFile, TicketPlace
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.changes import TicketPlace as Where
from storage.records import Ticket
from storage.store import Store
from storage.units import Unit

Place = PrivateChat | TicketPlace | GroupPlace


class NoGroup(Exception):  # a state, not a fault
    """There is no operator group yet."""


class TicketIsGone(Exception):  # a state, not a fault
    """The ticket, or its customer, has been erased: there is nothing left to show."""


class Addresses:
    """Finds targets; remembers topics."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        groups: Groups,
        pace: Pace,
        icons: TopicIcons,
        troubles: Troubles,
        team: Team,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._groups = groups
        self._pace = pace
        self._troubles = troubles
        self._icons = icons
        self._team = team
        self._accounts = Accounts(store=store)

    async def find(self, place: Place, attempt: Attempt, *, for_card: bool = False) -> Target:
        """Return where to send; a line without a topic hangs on its card. Raises NoGroup, TicketIsGone, MessengerError.

        A ticket of a forum gets its topic here; in a crowd, or once its card stands outside of it, only later.
        """
        match place:
            case PrivateChat(address=address, topic_id=topic):
                return replace(await self._accounts.target(address), topic_id=topic)
            case GroupPlace(reply_to=reply_to, topic_id=topic, group_id=group_id):
                return Target(chat_id=await self._chat_of(self._groups.of(group_id)), topic_id=topic, reply_to=reply_to)
            case TicketPlace(ticket_id=ticket_id):
                return await self._place(ticket_id, attempt, for_card=for_card)
            case _:
                assert_never(place)

    async def answering(self, target: Target, effect: Say | Copy | SendFile) -> Target:
        """Return the target as a reply to what the effect answers, where that stands in the same chat: in its topic."""
        if (answered := effect.answers) is None:
            return target

        def look(unit: Unit) -> tuple[int | None, int | None]:
            if isinstance(effect.to, PrivateChat):
                line = unit.messages.get(answered)
                return (line.telegram_id, line.topic_id or target.topic_id) if line else (None, None)
            shown = unit.placements.showing(answered)
            return shown.telegram_id if shown and shown.chat_id == target.chat_id else None, target.topic_id

        at, topic = await self._store.read(look)
        return target if at is None else replace(target, topic_id=topic, reply_to=at, quote=effect.quote)

    async def _place(self, ticket_id: int, attempt: Attempt, *, for_card: bool) -> Target:
        ticket = await self._ticket(ticket_id)
        group = self._groups.of(ticket.group_id)
        chat = await self._chat_of(group)
        card = ticket.card_id if ticket.chat_id == chat else None
        if await group.is_forum(ask=ticket.card_id is None):
            if ticket.thread_id is not None:
                reply_to = None if for_card else card
                return Target(chat_id=chat, topic_id=ticket.thread_id, reply_to=reply_to, shared=True)
            if ticket.chat_id == chat and ticket.topic_id is not None:
                return Target(chat_id=chat, topic_id=ticket.topic_id)
            if card is None and group.gives_topics and await self._pace.topic_now(chat, ticket):
                try:
                    return Target(chat_id=chat, topic_id=await self._open_topic(chat, ticket, attempt))
                except NotAllowed:
                    await self._without_topics(group, attempt)
        return Target(chat_id=chat, reply_to=None if for_card else card)

    async def late_topic(self, ticket: Ticket, attempt: Attempt) -> Where | None:
        """Open the topic of a ticket whose card stands outside; None where it has one, or the bot may not."""
        if ticket.chat_id is None or ticket.card_id is None or ticket.topic_id is not None:
            return None
        try:
            return await self.make_topic(ticket.chat_id, ticket, attempt)
        except NotAllowed:
            await self._without_topics(self._groups.of(ticket.group_id), attempt)
            return None

    async def _without_topics(self, group: Group, attempt: Attempt) -> None:
        """Let tickets stand outside of topics while the bot may not open any; admins are told once."""
        await attempt.refused()
        group.denies_topics()
        name = self._groups.name_of(group)
        await self._store.write(lambda unit: self._troubles.begin(unit, "no_topics", group.id, group=name))

    async def _ticket(self, ticket_id: int) -> Ticket:
        ticket = await self._store.read(lambda unit: unit.tickets.get(ticket_id))
        if ticket is None:
            raise TicketIsGone
        return ticket

    async def make_topic(self, chat: int, ticket: Ticket, attempt: Attempt) -> Where:
        """Open a topic for a ticket; it is for the caller to note where, and that no card stands there yet."""
        customer = await self._store.read(lambda unit: unit.customers.get(ticket.customer_id))
        if customer is None:
            raise TicketIsGone
        name, icon = topic_name(ticket, customer, self._team.language), await self._icons.of(ticket.icon)
        topic = await self._messenger.open_topic(chat, name, leave=attempt.leave, icon=icon)
        await self._troubles.end("no_topics", ticket.group_id)
        shows = None if icon is None else ticket.icon
        return {"chat_id": chat, "topic_id": topic, "card_id": None, "topic_icon": shows}

    async def _open_topic(self, chat: int, ticket: Ticket, attempt: Attempt) -> int | None:
        place = await self.make_topic(chat, ticket, attempt)

        def act(unit: Unit) -> None:
            attempt.arrived(unit)
            unit.tickets.place(ticket.id, **place)

        await self._store.write(act, ahead=True)
        return place["topic_id"]

    async def _chat_of(self, group: Group) -> int:
        """Return where a group lives now, though it was connected a moment ago. Raises NoGroup."""
        if group.chat_id is None:
            await self._groups.look()
        if group.chat_id is None:
            raise NoGroup
        return group.chat_id
