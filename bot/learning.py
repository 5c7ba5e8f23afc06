"""What learns from labels, and what shows them to admins, put together."""

from __future__ import annotations

from bot.foundation import Foundation
from services.classify.verdict import LOCAL
from services.editing.labels_desk import LabelsDesk
from services.evaluation.learner import Learner


def labels_desk_of(parts: Foundation) -> LabelsDesk:
    return LabelsDesk(store=parts.store, knowledge=parts.knowledge, team=parts.team)


def learner_of(parts: Foundation) -> Learner:
    return Learner(
        store=parts.store,
        saved=parts.engines.saved,
        policy=lambda: parts.policies.of(LOCAL),
        meanings=parts.engines.encoder is not None,
        labels=labels_desk_of(parts),
    )
