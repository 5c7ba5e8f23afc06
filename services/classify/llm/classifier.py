"""The engine behind the `Classifier` protocol, except that it may have no verdict."""

from __future__ import annotations

import time
from typing import Final

from services.classify.grounds import SAID, ground
from services.classify.llm.prompt import brief, customer_data
from services.classify.llm.provider import Provider
from services.classify.llm.replies import Choice
from services.classify.sentences import worded
from services.classify.verdict import UNKNOWN, Guess, Question, Spent, Verdict
from storage.records import Pack

VERSION_SIGNS: Final = 80
RELIABILITY: Final = 0.92
"""How often a model of the default's kind is right when it says that it is sure. What it says is scaled by this:
models rarely call themselves less than nine tenths sure, right or wrong."""


class LlmClassifier:
    """Asks the model to choose among one pack's scenarios."""

    def __init__(self, *, pack: Pack, provider: Provider, language: str = "ru") -> None:
        """Take the team's language, for the line that stands where the model gives no reason."""
        self._briefing = brief(pack)
        self._provider = provider
        self._language = language
        self._version = f"{self._briefing.version}/{provider.settings.model}"[:VERSION_SIGNS]

    @property
    def has_room(self) -> bool:
        return self._provider.has_room

    async def classify(self, question: Question) -> Verdict:
        """Raises `LlmUnavailable`, and nothing else for what a server does or a message contains."""
        began = time.perf_counter()
        data = customer_data(question, masked=self._provider.settings.mask)
        choice, spent = await self._provider.ask(self._briefing, data)
        return self._verdict(choice, spent, (time.perf_counter() - began) * 1000)

    def _verdict(self, choice: Choice, spent: Spent, latency_ms: float) -> Verdict:
        named = choice.scenario != UNKNOWN
        grounds = (ground(SAID, text=choice.reasoning) if choice.reasoning else ground("no_reason"),)
        sure = choice.confidence * RELIABILITY
        return Verdict(
            scenario=choice.scenario,
            confidence=sure if named else min(1 - sure, 0.49),
            reasoning=worded(grounds, self._language),
            grounds=grounds,
            engine="llm",
            version=self._version,
            nearest=(Guess(scenario=choice.scenario, confidence=sure),) if named else (),
            latency_ms=latency_ms,
            spent=spent,
            # A message that gives the model orders may not put itself before all others.
            urgency="high" if choice.urgency == "critical" else choice.urgency,
        )
