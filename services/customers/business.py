"""Telegram accounts that the bot is connected to: which it knows, and for which it answers.

Anybody can connect a bot of business mode to their own account. Only accounts of owners and admins are served; in
others nobody is answered and nothing is stored, and the admins hear of them once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

import structlog

from services.delivery.administrators import Administrators
from services.messages.incoming import Cause
from services.queues.alerts import Alerts
from services.texts.keys import AdminKey
from storage.business import CAN_REPLY, DOUBTED, BusinessConnection
from storage.store import Store
from storage.units import Unit

__all__ = ["CAN_REPLY", "BusinessAccounts", "BusinessConnection"]
log = structlog.get_logger()
BELIEVED: Final = timedelta(minutes=10)
"""For so long it is believed that the bot may not reply in an account in which something is written."""


class BusinessAccounts:
    """Remembers connections."""

    def __init__(self, *, store: Store, owners: Collection[int], admins: Administrators, alerts: Alerts) -> None:
        self._store = store
        self._owners = frozenset(owners)
        self._admins = admins
        self._alerts = alerts

    async def changed(self, cause: Cause, connection: BusinessConnection) -> None:
        """Note that a connection was made, changed or ended, and tell the admins what they have to know."""
        served = await self.serves(connection)
        await self._store.write(lambda unit: self._note(unit, cause, connection, served=served), cause)
        log.info("business.connection", owner=connection.owner_id, enabled=connection.enabled, served=served)

    async def known(self, connection_id: str) -> BusinessConnection | None:
        return await self._store.read(lambda unit: unit.business.get(connection_id))

    async def is_doubtful(self, connection: BusinessConnection) -> bool:
        """Whether to ask Telegram anew: something is written there and the bot was told long ago that it may not reply.

        Or it was refused there. What changed while nobody listened is never told again: the bot would be silent, or
        would try in vain, for ever.
        """
        since = DOUBTED if connection.can_reply else self._store.now() - BELIEVED
        return not await self._store.read(lambda unit: unit.business.is_told_since(connection.id, since))

    async def learn(self, cause: Cause, connection: BusinessConnection) -> None:
        """Note a connection that was made, or changed, while nobody listened. `cause`: what came through it."""
        served = await self.serves(connection)
        await self._store.write(lambda unit: self._note(unit, cause, connection, served=served))
        log.info("business.learnt", owner=connection.owner_id, enabled=connection.enabled, served=served)

    def _note(self, unit: Unit, cause: Cause, connection: BusinessConnection, *, served: bool) -> None:
        before = unit.business.get(connection.id)
        unit.business.save(connection)
        if (key := _news(connection, before, served=served)) is not None:
            once = f"business:{connection.owner_id}" if key == "business_stranger" else cause.key
            name = connection.owner_name
            self._alerts.admins(unit, f"{once}:{key}", key, name=name, owner=connection.owner_id)

    async def serves(self, connection: BusinessConnection) -> bool:
        """Whether the bot answers for this account."""
        owner = connection.owner_id
        return owner in self._owners or await self._admins.counts(owner)


def _news(connection: BusinessConnection, before: BusinessConnection | None, *, served: bool) -> AdminKey | None:
    """Return what the admins are told of a connection; None: nothing they do not know."""
    if not served:
        return "business_stranger" if connection.enabled else None
    if before is not None and (before.enabled, before.can_reply) == (connection.enabled, connection.can_reply):
        return None
    if not connection.enabled:
        return "business_over"
    if not connection.can_reply:
        return "business_no_reply"
    return "business_made"
