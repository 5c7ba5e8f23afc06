"""An admin presses: the group becomes that of the operators, at once and in all processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from services.connecting.rights import told
from services.delivery.administrators import Administrators
from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import ChatGone, ChatMoved, Messenger, MessengerError, Refused
from services.delivery.operator_group import connected
from services.delivery.operator_groups import Groups
from services.desk import audit
from services.desk.toasts import Toast, toast
from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, MessageRef, PrivateChat, Say, ShowPage, Words
from services.messages.incoming import Person
from services.queues.outbox import PRESSED, Outgoing
from services.queues.troubles import OF_GROUP, Troubles
from services.texts import say
from services.texts.team import Team
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
ASK_S: Final = 1.5
"""Whoever has pressed a button waits for a word."""


class Connection:
    """Checks who presses and what the group is, then connects it."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        groups: Groups,
        admins: Administrators,
        troubles: Troubles,
        team: Team,
        changed: Callable[[], Awaitable[object]],
    ) -> None:
        """`changed`: is told when there is another group."""
        self._store = store
        self._messenger = messenger
        self._groups = groups
        self._admins = admins
        self._troubles = troubles
        self._team = team
        self._changed = changed

    async def press(self, cause: Cause, who: Person, chat_id: int, at: MessageRef) -> Toast:
        """Connect a group, and return what the presser reads. `at`: the message with the button."""
        if not await self._admins.counts(int(who.address.id)):
            await self._forget(cause)
            there_are = bool(self._team.admins) or self._admins.are_of_groups()
            return toast("connect_admins" if there_are else "connect_nobody")
        if self._team.names_group:
            return toast("connect_named")
        try:
            chat_id, group = await self._looked_at(chat_id)
        except (ChatGone, Refused):
            return toast("connect_gone")
        except (MessengerError, TimeoutError) as error:
            log.info("group.no_answer", error=type(error).__name__)
            return toast("connect_later")
        if not group.may_write:
            return toast("connect_mute")
        return await self._connect(cause, who, chat_id, group, at)

    async def _looked_at(self, chat_id: int) -> tuple[int, GroupStanding]:
        """Return where the group lives now, and what it is. Raises MessengerError, TimeoutError."""
        async with asyncio.timeout(ASK_S):
            try:
                return chat_id, await self._messenger.standing(chat_id)
            except ChatMoved as moved:
                return moved.chat_id, await self._messenger.standing(moved.chat_id)

    async def _connect(self, cause: Cause, who: Person, chat_id: int, group: GroupStanding, at: MessageRef) -> Toast:
        actor = audit.member(who, "private" if at.chat_id > 0 else "hall")

        def act(unit: Unit) -> bool:
            former = connected(unit)
            if not self._groups.first.connect(unit, chat_id, cause.key):
                return False
            audit.note(unit, actor, "group_connected", detail=group.title)
            outgoing = Outgoing(unit, cause.key)
            self._tell(outgoing, actor, group, at)
            if former is not None:
                self._take_leave(outgoing, former, actor, group)
            return True

        if not await self._store.write(act, cause):
            return toast("connect_already")
        self._groups.first.adopt(chat_id)
        self._groups.first.saw(forum=group.forum, title=group.title)
        log.info("group.connected", chat_id=chat_id, by=actor.id)
        await self._changed()
        for trouble in OF_GROUP:
            await self._troubles.end(trouble)
        return toast("connected")

    def _tell(self, outgoing: Outgoing, by: audit.Actor, group: GroupStanding, at: MessageRef) -> None:
        """Let the group and all admins know; the button goes."""
        speak = self._team.language
        done = say("connect.done", speak, title=group.title, by=by.name, lacks=told(group, speak))
        here = Words(text=say("connect.here_now", speak, by=by.name, lacks=told(group, speak)))
        pressed_in_private = at.chat_id > 0
        place = PrivateChat(address=on_telegram(at.chat_id))
        outgoing.put(ShowPage(to=place, at=at, words=Words(text=done) if pressed_in_private else here), rank=PRESSED)
        if pressed_in_private:
            outgoing.put(Say(to=GroupPlace(), words=here))
        for admin in self._team.admins:
            if admin not in (at.chat_id, by.id if pressed_in_private else None):
                outgoing.put(Say(to=PrivateChat(address=on_telegram(admin)), words=Words(text=done)))

    def _take_leave(self, outgoing: Outgoing, former: int, by: audit.Actor, group: GroupStanding) -> None:
        """Let those who still answer cards in the former group know that nobody gets what they write there."""
        text = say("connect.gone_on", self._team.language, title=group.title, by=by.name)
        outgoing.put(Say(to=PrivateChat(address=on_telegram(former)), words=Words(text=text)), rank=PRESSED)

    async def _forget(self, cause: Cause) -> None:
        """Keep nothing of what a stranger has pressed but that it came."""

        def act(unit: Unit) -> None:
            if cause.task is not None:
                unit.inbox.forget(cause.task)

        await self._store.write(act, cause)
