"""The engine behind the `Classifier` protocol."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Final

from services.classify.local.model import Model
from services.classify.local.openings import after_openers
from services.classify.local.opinion import Opinion
from services.classify.local.reading import Reading
from services.classify.local.reasoning import grounds_of
from services.classify.order_numbers import numbers_alike
from services.classify.sentences import worded
from services.classify.verdict import LOCAL, UNKNOWN, Question, Verdict
from storage.closed_sets import Priority

NEAREST = 3
MOST: Final[Priority] = "high"
"""How urgent a message is at most by what it means: only its words and its scenario make it critical."""
A_QUESTION = 2
"""So many words say something by themselves."""


class LocalClassifier:
    """Words the model's opinions.

    `confidence` has one meaning on one scale: the chance that `nearest[0]` is right and the message in scope.
    `scenario` is `nearest[0].scenario` too, except where the background fits better: then it is `UNKNOWN`, and
    `confidence`, still that of `nearest[0]`, is below one half. So the thresholds compare one number, an `UNKNOWN` is
    never answered, and a doubtful one may still be offered as "did you mean". `nearest` has up to three guesses,
    whatever the scenario.
    """

    def __init__(self, model: Model, language: str = "ru", titles: Mapping[str, str] | None = None) -> None:
        """Take what the reasoning is written in: the operators' language, and their names of the scenarios."""
        self.model = model
        self._language = language
        self._titles = titles or {}

    async def classify(self, question: Question) -> Verdict:
        """Return the verdict; what asks the encoder is thought over in a thread."""
        began = time.perf_counter()
        reading = self.read(question.text)
        settled = self.model.settled(reading)
        opinion = self.model.opinion(reading) if settled else await asyncio.to_thread(self.model.opinion, reading)
        return self._worded(opinion, began)

    def verdict(self, text: str) -> Verdict:
        """Return it here and now: for commands, which have no loop to keep free."""
        began = time.perf_counter()
        return self._worded(self.model.opinion(self.read(text)), began)

    def read(self, text: str) -> Reading:
        """Read what stands behind the greeting; a single word there belongs to it ("hello friend").

        All numbers of orders are alike.
        """
        text = numbers_alike(text)
        point = after_openers(text)
        return self.model.read(point if len(point.split()) >= A_QUESTION else text)

    def _worded(self, opinion: Opinion, began: float) -> Verdict:
        answers = opinion.answers if opinion.in_scope else ()
        grounds = grounds_of(opinion, self._titles)
        return Verdict(
            scenario=opinion.guesses[0].scenario if opinion.in_scope else UNKNOWN,
            confidence=opinion.confidence,
            reasoning=worded(grounds, self._language),
            grounds=grounds,
            engine=LOCAL,
            version=self.model.version,
            language=opinion.language,
            nearest=opinion.guesses[:NEAREST],
            near=tuple(phrase.text for phrase in opinion.nearest_phrases),
            answer=opinion.answer if answers else None,
            answer_confidence=answers[0].confidence if answers and opinion.answer else 0.0,
            answers=answers,
            latency_ms=(time.perf_counter() - began) * 1000,
            urgency=MOST if opinion.presses else None,
            presses=opinion.presses,
        )
