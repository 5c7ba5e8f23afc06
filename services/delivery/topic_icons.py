"""The icon of a ticket's topic tells of its state in the list of topics, and costs nothing that matters.

It comes with the topic as that opens, and with a new name. Otherwise one topic at a time is changed, those of open
tickets first, and only while the group's minute has plenty of room: what has changed back meanwhile is left alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

import structlog

from services.delivery.call_book import CallBook, Done
from services.delivery.messenger import ChatGone, Messenger, MessengerError, Refused, TopicGone
from services.delivery.operator_group import Group
from services.delivery.pace import Pace
from services.desk.cards import topic_name
from services.messages.effects import encode
from services.messages.topic_names import NameTopic, ShowIcon
from services.queues.outbox import ICON, Outgoing, lane_of
from services.texts.team import Team
from storage.closed_sets import TopicIcon
from storage.records import Customer, Task, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
SIGNS: Final[Mapping[TopicIcon, tuple[str, ...]]] = {
    "waiting": ("❗", "‼", "🔥"),
    "taken": ("💬", "🗣", "❓"),
    "awaited": ("👀", "☕", "🔎"),
    "snoozed": ("📆", "⏰"),
    "closed": ("✅", "🏁"),
}
"""Which emoji stands for a state; Telegram offers topics a list of its own, and the first that is in it is taken."""
VARIANT: Final = "\ufe0f"
"""What makes a sign colourful; some lists have it behind a sign, some have not."""
ASK_AGAIN_S: Final = 600.0


class TopicIcons:
    """Knows which icons there are; asks once, and once more after a while where there was no answer."""

    def __init__(self, *, messenger: Messenger, wanted: bool) -> None:
        self._messenger = messenger
        self._wanted = wanted
        self._known: dict[str, str] = {}
        self._asked_at = -ASK_AGAIN_S

    async def of(self, state: TopicIcon) -> str | None:
        """Return the number of the icon for a state; None where icons are not wanted, or there is none for it."""
        if not self._wanted:
            return None
        if not self._known and time.monotonic() - self._asked_at >= ASK_AGAIN_S:
            self._asked_at = time.monotonic()
            await self._ask()
        return next((self._known[sign] for sign in SIGNS[state] if sign in self._known), None)

    async def _ask(self) -> None:
        try:
            told = await self._messenger.topic_icons()
        except MessengerError as error:
            log.info("topics.no_icons", reason=str(error))
        else:
            self._known = {sign.replace(VARIANT, ""): number for sign, number in told.items()}


class IconWatch:
    """Keeps the icons of one group true, and the names of its topics."""

    def __init__(
        self,
        *,
        store: Store,
        book: CallBook,
        messenger: Messenger,
        group: Group,
        icons: TopicIcons,
        pace: Pace,
        team: Team,
    ) -> None:
        self._store = store
        self._book = book
        self._messenger = messenger
        self._group = group
        self._icons = icons
        self._pace = pace
        self._team = team

    async def look(self) -> bool:
        """Have one icon changed that is not true; False where there is none, or no room."""
        chat = self._group.chat_id
        if chat is None or not self._pace.minute.may(ICON) or not await self._has_topics():
            return False
        if await self._icons.of("waiting") is None:
            return False
        ticket = await self._store.read(lambda unit: unit.ticket_groups.wrong_icon(self._group.id, chat))
        if ticket is None:
            return False
        effect = ShowIcon(ticket_id=ticket, group_id=self._group.id)
        return await self._store.write(lambda unit: _ask(unit, effect))

    async def _has_topics(self) -> bool:
        """Whether the group is known to have any; while the messenger is away, icons matter least of all."""
        try:
            return await self._group.is_forum()
        except MessengerError as error:
            log.info("topics.not_looked_at", reason=str(error))
            return False

    async def show(self, task: Task, effect: ShowIcon) -> None:
        """Change an icon, unless it is true by now. What cannot be changed is left as it is: nobody misses it."""
        ticket = await self._store.read(lambda unit: unit.tickets.get(effect.ticket_id))
        if ticket is None or ticket.chat_id is None or ticket.topic_id is None or ticket.icon == ticket.topic_icon:
            await self._book.settle(Done(tasks=[task]))
            return
        icon = await self._icons.of(ticket.icon)
        if icon is not None:
            try:
                await self._messenger.edit_topic(ticket.chat_id, ticket.topic_id, icon=icon)
            except (ChatGone, Refused, TopicGone) as error:
                log.info("topic.icon_refused", ticket=ticket.id, reason=str(error))

        def act(unit: Unit) -> None:
            unit.outbox.settle(task)
            unit.tickets.place(effect.ticket_id, topic_icon=ticket.icon)

        await self._store.write(act)

    async def name(self, task: Task, effect: NameTopic) -> None:
        """Call a topic as its ticket is now; where the group does not allow that, the card still says it."""

        def look(unit: Unit) -> tuple[Ticket | None, Customer | None]:
            ticket = unit.tickets.get(effect.ticket_id)
            return ticket, unit.customers.get(ticket.customer_id) if ticket else None

        ticket, customer = await self._store.read(look)
        if ticket and customer and ticket.chat_id is not None and ticket.topic_id is not None:
            name, icon = topic_name(ticket, customer, self._team.language), await self._icons.of(ticket.icon)
            try:
                await self._messenger.edit_topic(ticket.chat_id, ticket.topic_id, name=name, icon=icon)
            except (Refused, TopicGone) as error:
                log.info("topic.not_named", ticket=ticket.id, reason=str(error))
            else:
                shows = None if icon is None else ticket.icon
                await self._store.write(lambda unit: unit.tickets.place(ticket.id, topic_icon=shows))
        await self._book.settle(Done(tasks=[task]))


def _ask(unit: Unit, effect: ShowIcon) -> bool:
    if unit.outbox.waits(lane_of(effect), encode(effect)):
        return False
    Outgoing(unit, f"icon:{effect.ticket_id}:{int(unit.now.timestamp())}").put(effect, rank=ICON)
    return True
