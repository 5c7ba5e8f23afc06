"""Direct messages of channels: which the bot answers.

Anybody can make the bot an administrator of their channel. Only a channel that somebody of the team runs, an admin of
the bot or one of `business.owners`, is served.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from services.delivery.administrators import Administrators
from services.messages.ages import is_near
from services.messages.incoming import Cause
from services.queues.alerts import Alerts
from services.texts.keys import AdminKey
from storage.direct import DirectChat
from storage.store import Store
from storage.units import Unit

__all__ = ["Channels", "DirectChat", "Found"]
log = structlog.get_logger()
FRESH: Final = timedelta(minutes=10)
"""For so long it is believed who runs a channel."""
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What Telegram says of a chat of direct messages."""

    channel_id: int | None
    title: str
    people: tuple[int, ...]
    """The channel's administrators; empty where the bot is none itself, for nobody else is told."""
    may_manage: bool


class Channels:
    """Remembers the chats."""

    def __init__(self, *, store: Store, owners: Collection[int], admins: Administrators, alerts: Alerts) -> None:
        self._store = store
        self._owners = frozenset(owners)
        self._admins = admins
        self._alerts = alerts

    async def known(self, chat_id: int) -> DirectChat | None:
        """Return what is known of a chat; None where that is to be asked, for the first time or anew."""
        found = await self._store.read(lambda unit: unit.direct.get(chat_id))
        fresh = found is not None and is_near(found.changed_at, self._store.now(), FRESH)
        return found if fresh else None

    async def learn(self, chat_id: int, found: Found) -> DirectChat:
        """Note what was told of a chat, and tell the admins once what is missing."""
        of_team = [one for one in found.people if one in self._owners or await self._admins.counts(one)]
        chat = DirectChat(
            chat_id=chat_id,
            channel_id=found.channel_id,
            title=found.title,
            served=bool(of_team),
            may_manage=found.may_manage,
            changed_at=self._store.now(),
        )

        def act(unit: Unit) -> None:
            before = unit.direct.get(chat_id)
            unit.direct.save(chat)
            known = before is not None and (before.served, before.may_manage) == (chat.served, chat.may_manage)
            if known or (chat.served and chat.may_manage):
                return
            key: AdminKey = "channel_no_right" if chat.served or not chat.may_manage else "channel_stranger"
            self._alerts.admins(unit, f"channel:{chat_id}:{key}", key, title=chat.title)

        await self._store.write(act)
        log.info("channel.learnt", chat=chat_id, served=chat.served, may_manage=chat.may_manage)
        return chat

    async def changed(self, cause: Cause, channel_id: int, *, may_manage: bool) -> None:
        """Note what the bot has become in a channel."""

        def act(unit: Unit) -> None:
            unit.direct.in_doubt(channel_id, may_manage=may_manage, since=LONG_AGO)

        await self._store.write(act, cause)
