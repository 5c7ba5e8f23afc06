"""How sure the bot of these settings has to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.settings import Settings
from services.autopilot.policies import Policies
from services.classify.sureness import Policy
from services.classify.verdict import LOCAL
from storage.records import Scenario
from storage.store import Store


def configured(settings: Settings) -> Policy:
    return Policy(answer_at=settings.classifier.answer_at, clarify_at=settings.classifier.clarify_at)


def policies_of(settings: Settings, store: Store, scenarios: Callable[[], Sequence[Scenario]]) -> Policies:
    """Return what moves from there by the record of a database; `look` reads it."""
    return Policies(
        store=store,
        configured=configured(settings),
        learns=settings.autopilot.moves_threshold,
        scenarios=scenarios,
    )


async def policy_by_record(settings: Settings, store: Store, *, scenarios: Sequence[Scenario]) -> Policy:
    """Return what holds by now for the built-in engine where it knows these scenarios."""
    policies = policies_of(settings, store, lambda: scenarios)
    await policies.look()
    return policies.of(LOCAL)
