"""What answers for accounts that the bot is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.customers.business import BusinessAccounts
from services.customers.owner_lines import OwnerLines
from services.texts.team import Team

if TYPE_CHECKING:
    from bot.wiring import Parts


def business_of(parts: Parts, team: Team) -> dict[str, Any]:
    """Return what handlers ask for, by its name there."""
    settings, store = parts.settings.business, parts.store
    return {
        "accounts": BusinessAccounts(store=store, owners=settings.owners, admins=parts.admins, alerts=parts.alerts),
        "owner_lines": OwnerLines(store=store, team=team, quiet=settings.quiet),
    }
