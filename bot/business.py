"""What answers for accounts that the bot is connected to, and for channels."""

from __future__ import annotations

from typing import Any

from bot.foundation import Foundation
from services.customers.business import BusinessAccounts
from services.customers.channels import Channels
from services.customers.owner_lines import OwnerLines
from services.health.business import BusinessCheck
from services.health.checks import Checking


def business_of(parts: Foundation) -> dict[str, Any]:
    """Return what handlers ask for, by its name there."""
    settings, store = parts.settings.business, parts.store
    trust: dict[str, Any] = {"owners": settings.owners, "admins": parts.admins, "alerts": parts.alerts}
    return {
        "accounts": BusinessAccounts(store=store, **trust),
        "channels": Channels(store=store, **trust),
        "owner_lines": OwnerLines(store=store, team=parts.team, quiet=settings.quiet),
    }


def business_check(parts: Foundation) -> Checking:
    """Return what tells how they stand."""
    owners = parts.settings.business.owners
    return BusinessCheck(store=parts.store, owners=owners, admins=parts.admins).check
