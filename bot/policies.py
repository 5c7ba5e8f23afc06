"""How sure the bot of these settings has to be."""

from __future__ import annotations

from bot.settings import Settings
from services.autopilot.policies import Policies
from services.customers.decisions import Policy
from storage.store import Store


def configured(settings: Settings) -> Policy:
    return Policy(answer_at=settings.classifier.answer_at, clarify_at=settings.classifier.clarify_at)


def policies_of(settings: Settings, store: Store) -> Policies:
    """Return what moves from there by the record of a database; `look` reads it."""
    return Policies(store=store, configured=configured(settings), learns=settings.autopilot.moves_threshold)
