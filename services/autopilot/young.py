"""From which confidence an answer of few phrases is given, by how right it and its like have been here: pure.

How many phrases it takes to tell an answer from all that a business is asked was measured on answers of many. With few
of them, what the engine calls .9 was right in .6 of the cases in one business and in all cases in the next. So each
begins where nearly all is right, and its outcomes, with those of the others, bring it down.

The model: an answer is right with the odds that the engine gives it, times what the business adds to them, times what
the answer adds. Both are what fits the record best and is not far from what is expected before there is one
(a logistic regression with two normal priors, the greatest of its posterior).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from services.classify.examples import CERTAIN
from services.classify.local.lessons import YOUNG
from services.classify.matters import SMALL_TALK
from services.classify.sureness import Young
from storage.evidence import Outcome
from storage.matters import Matter, matters_of
from storage.records import Scenario

FEW: Final = 16
"""Phrases, all languages together, up to which an answer has a threshold of its own: twice as many as were tried."""
BEGINS: Final = 0.96
"""Where it does before anything is known."""
AIM: Final = 0.9
"""The chance of being right from which it is given. What is surer is right more often: .95 of all, and more."""
OF_BUSINESS: Final = 1.5
OF_ANSWER: Final = 0.7
"""How far what a business, and what an answer adds to the odds may be from what is expected: standard deviations."""
LOWEST: Final = 0.65
HIGHEST: Final = 0.97
WINDOW: Final = 200
"""So many of the last outcomes count, of all answers of few phrases together."""
ROUNDS: Final = 8
FARTHEST: Final = 1.0
"""No step of the fit is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    business: float
    answers: Mapping[str, float]


def beginnings(scenarios: Iterable[Scenario], configured: float) -> dict[str, float]:
    """Return where each answer of few phrases begins, by name.

    What is found by the nearest of its phrases (record 66) begins as configured: that curve was fitted on packs of so
    few, and is modest already.
    """
    found: dict[str, float] = {}
    for scenario in scenarios:
        for one in matters_of(scenario):
            written = phrases_of(one)
            if one.action != "escalate" and scenario.key not in SMALL_TALK and written <= FEW:
                nearest = one.answer is not None and 0 < written <= YOUNG
                found[one.name] = configured if nearest else max(BEGINS, configured)
    return found


def phrases_of(matter: Matter) -> int:
    """Return how many phrases its authors have written; what was learned from labels is not theirs."""
    return sum(len(lines) for lines in (matter.answer or matter.scenario).examples.values())


def young(begins: Mapping[str, float], outcomes: Sequence[Outcome]) -> dict[str, Young]:
    """Return the thresholds of answers of few phrases. `outcomes`: of all answers, the last one first."""
    known = [one for one in outcomes if one.place in begins][:WINDOW]
    expected = {place: _odds(AIM) - _odds(min(at, CERTAIN)) for place, at in begins.items()}
    fit = _fitted(known, expected)
    confirmed = defaultdict[str, int](int)
    for one in known:
        confirmed[one.place] += one.right == 1.0
    return {
        place: Young(answer_at=_at(fit, place, begins=at, expected=expected[place]), confirmed=confirmed[place])
        for place, at in begins.items()
    }


def _at(fit: _Fit, place: str, *, begins: float, expected: float) -> float:
    at = _chance(_odds(AIM) - fit.business - fit.answers.get(place, expected))
    return round(min(max(at, min(LOWEST, begins)), max(HIGHEST, begins)), 4)


def _fitted(known: Sequence[Outcome], expected: Mapping[str, float]) -> _Fit:
    by_place = defaultdict[str, list[Outcome]](list)
    for one in known:
        by_place[one.place].append(one)
    business, answers = 0.0, {place: expected[place] for place in by_place}
    for _ in range(ROUNDS):
        for place, own in by_place.items():
            off = answers[place] - expected[place]
            answers[place] += _step([(own, business + answers[place])], off, OF_ANSWER)
        every = [(own, business + answers[place]) for place, own in by_place.items()]
        business += _step(every, business, OF_BUSINESS)
    return _Fit(business=business, answers=answers)


def _step(parts: Iterable[tuple[Sequence[Outcome], float]], off: float, width: float) -> float:
    """Return Newton's step of what is added to the odds.

    `parts`: outcomes, with all that is added to theirs by now; `off`: how far it is from what is expected of it;
    `width`: the standard deviation of that.
    """
    slope, bend = -off / width**2, width**-2
    for own, added in parts:
        up, down = _pull(own, added)
        slope, bend = slope + up, bend + down
    return min(max(slope / bend, -FARTHEST), FARTHEST)


def _pull(own: Sequence[Outcome], added: float) -> tuple[float, float]:
    """Return slope and bend of the logarithm of the likelihood (Newton's two)."""
    slope = bend = 0.0
    for one in own:
        chance = _chance(_odds(one.confidence) + added)
        slope += one.right - chance
        bend += chance * (1 - chance)
    return slope, bend


def _odds(chance: float) -> float:
    return log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
