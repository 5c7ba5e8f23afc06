"""The set-up, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.engines import phrasings_of
from handlers.telegram.downloads import Downloads
from services.customers.decisions import Policy
from services.dashboard.trials import Trials
from services.setup.dialog import Dialog
from services.setup.guide import Guide
from services.texts.team import Team

if TYPE_CHECKING:
    from bot.wiring import Parts


def guide_of(parts: Parts) -> Guide:
    settings, joining = parts.settings, parts.engines.joining
    return Guide(
        store=parts.store,
        knowledge=parts.knowledge,
        answers=parts.answers,
        policy=policy_of(parts),
        folder=settings.scenarios.path,
        service=settings.service_name,
        start=settings.autopilot.start,
        phrasings=phrasings_of(joining.provider, parts.store) if joining else None,
    )


def dialog_of(parts: Parts, team: Team) -> Dialog:
    return Dialog(
        store=parts.store, guide=guide_of(parts), trials=trials_of(parts), files=Downloads(bot=parts.bot), team=team
    )


def trials_of(parts: Parts) -> Trials:
    return Trials(store=parts.store, knowledge=parts.knowledge, answers=parts.answers, policy=policy_of(parts))


def policy_of(parts: Parts) -> Policy:
    at = parts.settings.classifier
    return Policy(answer_at=at.answer_at, clarify_at=at.clarify_at)
