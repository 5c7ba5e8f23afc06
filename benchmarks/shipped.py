"""The thresholds that a bot has whose owner sets none."""

from __future__ import annotations

from typing import Final

from bot.settings.model import Classifier
from services.classify.sureness import Policy

ANSWER_AT: Final = Classifier().answer_at
CLARIFY_AT: Final = Classifier().clarify_at
CONFIGURED: Final = Policy(answer_at=ANSWER_AT, clarify_at=CLARIFY_AT)
