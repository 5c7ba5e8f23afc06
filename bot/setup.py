"""The set-up, put together."""

from __future__ import annotations

from bot.engines import phrasings_of
from bot.foundation import Foundation
from handlers.telegram.downloads import Downloads
from services.dashboard.trials import Trials
from services.setup.dialog import Dialog
from services.setup.guide import Guide


def guide_of(parts: Foundation) -> Guide:
    settings, joining = parts.settings, parts.engines.joining
    return Guide(
        store=parts.store,
        knowledge=parts.knowledge,
        answers=parts.answers,
        policy=parts.policies.of,
        folder=settings.scenarios.path,
        service=settings.service_name,
        start=settings.autopilot.start,
        team=parts.team,
        phrasings=phrasings_of(joining.provider, parts.store) if joining else None,
    )


def dialog_of(parts: Foundation) -> Dialog:
    return Dialog(
        store=parts.store,
        guide=guide_of(parts),
        trials=trials_of(parts),
        files=Downloads(bot=parts.bot),
        team=parts.team,
    )


def trials_of(parts: Foundation) -> Trials:
    return Trials(store=parts.store, knowledge=parts.knowledge, answers=parts.answers, policy=parts.policies.of)
