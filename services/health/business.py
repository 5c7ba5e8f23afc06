"""How accounts and channels stand that the bot answers for: connected, and with the rights for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from services.delivery.administrators import Administrators
from services.health.checks import Check
from storage.business import BusinessConnection
from storage.direct import DirectChat
from storage.store import Store
from storage.units import Unit

REPLY: Final = "can_reply"
MANAGE: Final = "can_manage_direct_messages"


class BusinessCheck:
    """Looks at what Telegram has told."""

    def __init__(self, *, store: Store, owners: Collection[int], admins: Administrators) -> None:
        self._store = store
        self._owners = frozenset(owners)
        self._admins = admins

    async def check(self) -> Check:
        """Return each account of the team and each channel, with what is missing there; strangers' do not count."""
        accounts, channels = await self._store.read(_look)
        ours = [one for one in accounts if one.owner_id in self._owners or await self._admins.counts(one.owner_id)]
        told = [_account(one) for one in ours]
        told_channels = [_channel(one) for one in channels if one.served]
        facts: dict[str, Any] = {"accounts": told, "channels": told_channels}
        if not told and not told_channels:
            return Check(status="disabled", facts=facts)
        lacking = any(one["missing"] for one in told if one["enabled"]) or any(one["missing"] for one in told_channels)
        return Check(status="degraded" if lacking else "healthy", facts=facts)


def _look(unit: Unit) -> tuple[list[BusinessConnection], list[DirectChat]]:
    return unit.business.all(), unit.direct.all()


def _account(one: BusinessConnection) -> dict[str, Any]:
    missing = [REPLY] if one.enabled and not one.can_reply else []
    return {"owner": one.owner_name, "enabled": one.enabled, "missing": missing}


def _channel(one: DirectChat) -> dict[str, Any]:
    return {"title": one.title, "missing": [] if one.may_manage else [MANAGE]}
