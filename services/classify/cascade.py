"""The engines together: the local one decides what it is sure of, the model is asked about the rest.

```
CascadeClassifier    local where it is sure, else both weighed; a share of the sure ones is audited
ModelFirst           the model alone, the local engine where the model is unavailable
Joining              makes either for every new pack
```
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, assert_never

from services.classify.llm import LlmClassifier, LlmUnavailable, Provider
from services.classify.llm.audits import Adviser, Audits
from services.classify.llm.weighing import agree, weigh
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN, Classifier, Question, Verdict
from services.classify.wishes import PERSON, asks_for_person, declines_person
from services.texts.languages import A_SENTENCE
from services.texts.titles import titles
from storage.records import Pack

Mode = Literal["cascade", "llm"]
SURE: Final = 0.8


@dataclass(slots=True, kw_only=True)
class CascadeTally:
    """Plain counters, for /stats and the metrics."""

    local: int = 0
    """Decided by the local engine alone, because it was sure."""
    model: int = 0
    """Decided with the model."""
    fallbacks: int = 0
    """The model was to decide and was unavailable."""
    agreements: int = 0
    """How often in a cascade the model named the local engine's first guess, or both named none."""


class CascadeClassifier:
    """Never raises for what the model does: its failure leaves the local verdict."""

    def __init__(
        self,
        *,
        local: Classifier,
        llm: Adviser,
        trust: float,
        policy: Callable[[], Policy],
        audits: Audits | None = None,
        tally: CascadeTally | None = None,
        language: str = "ru",
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Take the confidence from which the local engine is trusted, but for what is young by its policy.

        The team's language and titles serve reasons.
        """
        self.local = local
        self._llm = llm
        self._trust = trust
        self._policy = policy
        self._audits = audits
        self._tally = tally or CascadeTally()
        self._language = language
        self._titles = titles or {}

    async def classify(self, question: Question) -> Verdict:
        began = time.perf_counter()
        local = await self.local.classify(question)
        if not local.nearest or not question.text.strip():
            return local
        if calls_person(question.text, local):
            self._tally.local += 1
            return local
        if self._trusted(local):
            self._tally.local += 1
            if self._audits is not None:
                self._audits.consider(heard(question, local), local, self._llm)
            return local
        return replace(await self._advised(heard(question, local), local), latency_ms=_since(began))

    def _trusted(self, local: Verdict) -> bool:
        sure = local.scenario != UNKNOWN and local.confidence >= self._trust
        return sure and self._policy().held_back(local) is None

    async def _advised(self, question: Question, local: Verdict) -> Verdict:
        try:
            llm = await self._llm.classify(question)
        except LlmUnavailable as unavailable:
            self._tally.fallbacks += 1
            return replace(local, spent=unavailable.spent)
        self._tally.model += 1
        self._tally.agreements += agree(local, llm)
        return weigh(local, llm, self._language, self._titles)


class ModelFirst:
    """The model's verdict as it is; the local one where there is none."""

    def __init__(self, *, local: Classifier, llm: Adviser, tally: CascadeTally | None = None) -> None:
        self.local = local
        self._llm = llm
        self._tally = tally or CascadeTally()

    async def classify(self, question: Question) -> Verdict:
        began = time.perf_counter()
        local = await self.local.classify(question)  # half a millisecond, and it knows which language this is
        if not question.text.strip():
            return local
        if calls_person(question.text, local):
            self._tally.local += 1
            return local
        try:
            verdict = await self._llm.classify(heard(question, local))
        except LlmUnavailable as unavailable:
            self._tally.fallbacks += 1
            return replace(local, spent=unavailable.spent, latency_ms=_since(began))
        self._tally.model += 1
        return replace(verdict, language=local.language, latency_ms=_since(began))


def local_of(classifier: Classifier) -> Classifier:
    """Return the engine that costs nothing, of one that may ask a model."""
    return classifier.local if isinstance(classifier, CascadeClassifier | ModelFirst) else classifier


def calls_person(text: str, local: Verdict) -> bool:
    """Whether a person is asked for: in so many words, or in others that the local engine is sure of.

    The model is not asked then: it could only delay what is decided, or talk it away.
    """
    sure = local.scenario == PERSON and local.confidence >= SURE
    return asks_for_person(text) or (sure and not declines_person(text))


def heard(question: Question, local: Verdict) -> Question:
    """Ask the model in the language of the message, where it tells: what is known of a customer may be a guess."""
    letters = sum(char.isalpha() for char in question.text)
    return replace(question, language=local.language) if local.language and letters >= A_SENTENCE else question


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How the engines work together. Provider, audits and counters outlive every pack."""

    provider: Provider
    mode: Mode
    trust: float
    audits: Audits
    language: str = "ru"
    """The team's."""
    tally: CascadeTally

    def join(self, pack: Pack, local: Classifier, policy: Callable[[], Policy]) -> CascadeClassifier | ModelFirst:
        llm = LlmClassifier(pack=pack, provider=self.provider, language=self.language)
        match self.mode:
            case "llm":
                return ModelFirst(local=local, llm=llm, tally=self.tally)
            case "cascade":
                return CascadeClassifier(
                    local=local,
                    llm=llm,
                    trust=self.trust,
                    policy=policy,
                    audits=self.audits,
                    tally=self.tally,
                    language=self.language,
                    titles=titles(pack, self.language),
                )
            case _:
                assert_never(self.mode)

    def figures(self) -> Mapping[str, float]:
        """Return every counter flat: `llm_calls`, `cascade_local`, `audits` and so on."""
        return {
            **{f"llm_{name}": value for name, value in self.provider.tally.figures().items()},
            "cascade_local": self.tally.local,
            "cascade_model": self.tally.model,
            "cascade_fallbacks": self.tally.fallbacks,
            "cascade_agreements": self.tally.agreements,
            "audits": self.audits.done,
            "audit_agreements": self.audits.agreements,
        }
