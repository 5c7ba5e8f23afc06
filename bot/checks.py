"""The parts that `/health` tells of, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.business import business_check
from services.health.checks import Check, Health, Vitals

if TYPE_CHECKING:
    from bot.wiring import Parts


def health_of(parts: Parts, vitals: Vitals) -> Health:
    """Return all checks. In polling mode there is no webhook, and nothing comes to a door."""
    registration = parts.registration
    return Health(
        {
            "database": vitals.database,
            "openai": parts.engines.check,
            "webhook": registration.check if registration else _webhook_disabled,
            "operators": vitals.operators,
            "business": business_check(parts),
            "intake": parts.door.check if registration else vitals.intake,
            "inbox": vitals.inbox,
            "outbox": vitals.outbox,
        },
        standing=vitals.standing,
    )


async def _webhook_disabled() -> Check:
    return Check(status="disabled", facts={"configured": False})
