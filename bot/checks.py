"""The parts that `/health` tells of, in the order people read them."""

from __future__ import annotations

from bot.business import business_check
from bot.foundation import Foundation
from handlers.telegram.registration import Registration
from services.health.checks import Check, Health, Vitals


def health_of(parts: Foundation, vitals: Vitals, registration: Registration | None) -> Health:
    """Return all checks. In polling mode there is no webhook, and nothing is let in over HTTP."""
    return Health(
        {
            "database": vitals.database,
            "openai": parts.engines.check,
            "webhook": registration.check if registration else _webhook_disabled,
            "operators": vitals.operators,
            "business": business_check(parts),
            "intake": parts.shutdown.check if registration else vitals.intake,
            "inbox": vitals.inbox,
            "outbox": vitals.outbox,
        },
        standing=vitals.standing,
    )


async def _webhook_disabled() -> Check:
    return Check(status="disabled", facts={"configured": False})
