"""Two opinions into one: what is the chance that the model is right, given what the local engine thought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.classify.grounds import Ground, ground
from services.classify.sentences import because
from services.classify.verdict import UNKNOWN, Guess, Verdict

PLAUSIBLE: Final = 3
"""A model that errs picks one of so many scenarios that look alike; errors at random would do less harm."""
UNSEEN: Final = 0.03
"""The local chance of a scenario that is not among its guesses. With a model right 92 times in 100 it makes the verdict
one to ask back about, not one to answer: two engines that read a message so differently have not understood it."""
SHOWN: Final = 3
HALF: Final = 0.49


def weigh(local: Verdict, llm: Verdict, language: str, titles: Mapping[str, str]) -> Verdict:
    """Bayes: the local guesses are the prior, the model's word is the evidence, its confidence how often it is right.

    The scenario is always the model's. The confidence keeps its one meaning, the chance that `nearest[0]` is right and
    the message in scope: agreement raises it above either opinion's own, disagreement lowers it.
    """
    verdict = _out_of_scope(local, llm) if llm.scenario == UNKNOWN else _named(local, llm)
    said = because(verdict, language, *llm.grounds, _comparison(local, llm, titles))
    return replace(said, language=local.language)


def _named(local: Verdict, llm: Verdict) -> Verdict:
    shares = {guess.scenario: guess.confidence for guess in local.nearest}
    prior = max(shares.pop(llm.scenario, 0.0), UNSEEN)
    sure = _posterior(prior, llm.confidence)
    scale = (1 - sure) / max(1 - prior, 1e-9)
    others = (Guess(scenario=key, confidence=min(share * scale, sure)) for key, share in shares.items())
    first = Guess(scenario=llm.scenario, confidence=sure)
    return replace(llm, confidence=sure, nearest=(first, *others)[:SHOWN])


def _out_of_scope(local: Verdict, llm: Verdict) -> Verdict:
    """Leave what the local engine was nearest to, for the operator, at the little chance that is left for it."""
    inside, right = local.nearest[0].confidence, 1 - llm.confidence
    left = min(1 - _posterior(1 - inside, right), inside, HALF)
    scale = left / inside if inside else 0.0
    nearest = (replace(guess, confidence=guess.confidence * scale) for guess in local.nearest[:SHOWN])
    return replace(llm, confidence=left, nearest=tuple(nearest))


def _posterior(prior: float, right: float) -> float:
    """Return the chance of what the model says: it says so with `right` if it is true, else by one of its errors."""
    true, false = prior * right, (1 - prior) * (1 - right) / PLAUSIBLE
    return true / (true + false) if true else 0.0


def _comparison(local: Verdict, llm: Verdict, titles: Mapping[str, str]) -> Ground:
    first = local.nearest[0]
    if agree(local, llm):
        return ground("local_agrees")
    if local.scenario == UNKNOWN:
        return ground("local_doubts", confidence=round((1 - first.confidence) * 100))
    title = titles.get(first.scenario, first.scenario)
    return ground("local_differs", title=title, confidence=round(first.confidence * 100))


def agree(local: Verdict, llm: Verdict) -> bool:
    """Whether the model named the local engine's first guess, or both named none."""
    if llm.scenario == UNKNOWN or not local.nearest:
        return llm.scenario == local.scenario
    return llm.scenario == local.nearest[0].scenario
