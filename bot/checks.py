"""The parts that `/health` tells of, in the order people read them."""

from __future__ import annotations

from services.health.checks import Check, Checking, Health, Vitals


def health_of(vitals: Vitals, *, model: Checking, webhook: Checking | None, door: Checking) -> Health:
    """Return all checks. `webhook`: None in polling mode, where nothing comes to a door."""
    return Health(
        {
            "database": vitals.database,
            "openai": model,
            "webhook": webhook or _webhook_disabled,
            "operators": vitals.operators,
            "intake": door if webhook else vitals.intake,
            "inbox": vitals.inbox,
            "outbox": vitals.outbox,
        },
        standing=vitals.standing,
    )


async def _webhook_disabled() -> Check:
    return Check(status="disabled", facts={"configured": False})
