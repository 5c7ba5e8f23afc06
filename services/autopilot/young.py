"""From which confidence an answer of few phrases is given, by how right it and its like have been here: pure.

How many phrases it takes to tell an answer from all that a business is asked was measured on answers of many. With few
of them, what the engine calls .9 was right in .6 of the cases in one business and in all cases in the next. So each
begins where nearly all is right, and its outcomes, with those of the others, bring it down.

The model: an answer is right with the odds that the engine gives it, times what the business adds to them, times what
the answer adds. Both are what fits the record best and is not far from what is expected before there is one
(a logistic regression with two normal priors, the greatest of its posterior).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from services.classify.examples import CERTAIN
from services.classify.local.training_phrases import YOUNG
from services.classify.matters import SMALL_TALK
from services.classify.sureness import Young
from storage.evidence import Outcome
from storage.matters import Matter, matters_of
from storage.records import Scenario

FEW: Final = 16
"""Phrases, all languages together, up to which an answer has a threshold of its own: twice as many as were tried."""
GROWN: Final = 32
"""Phrases from which it has that of all others. In between it is the nearer to it the more there are."""
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
USUAL: Final = 0.9
"""How sure the engine is of what is confirmed, when nobody knows yet."""
NEEDED_MOST: Final = 64
"""Confirmations above which nobody counts how many are needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Where an answer of few phrases begins, before anything is known."""

    at: float
    grown: float = 0.0
    """How far it is on its way to the threshold of all others by the number of its phrases: from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Of an answer that is given later than others: how far it is on its way there."""

    answer_at: float
    confirmed: int
    needs: int | None
    """How many more confirmations bring it there, about; None: too many to count."""


Beginnings = Mapping[str, Beginning]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """What the record says."""

    by_place: Mapping[str, Sequence[Outcome]]
    expected: Mapping[str, float]
    """What each answer adds to the odds, before there is a record."""
    business: float
    answers: Mapping[str, float]

    def of(self, place: str) -> float:
        """Return all that is added to the odds of an answer."""
        return self.business + self.answers.get(place, self.expected[place])


def beginnings(scenarios: Iterable[Scenario], configured: float) -> dict[str, Beginning]:
    """Return where each answer of few phrases begins, by name.

    What is found by the nearest of its phrases (record 66) begins as configured: that curve was fitted on packs of so
    few, and is modest already.
    """
    found: dict[str, Beginning] = {}
    for scenario in scenarios:
        for one in matters_of(scenario):
            written = phrases_of(one)
            if one.action != "escalate" and scenario.key not in SMALL_TALK and written < GROWN:
                nearest = one.answer is not None and 0 < written <= YOUNG
                at, grown = max(BEGINS, configured), max(written - FEW, 0) / (GROWN - FEW)
                found[one.name] = Beginning(at=configured) if nearest else Beginning(at=at, grown=grown)
    return found


def phrases_of(matter: Matter) -> int:
    """Return how many phrases its authors have written; what was learned from labels is not theirs."""
    return sum(len(lines) for lines in (matter.answer or matter.scenario).examples.values())


def young(begins: Beginnings, outcomes: Sequence[Outcome], usual: float) -> dict[str, Young]:
    """Return the thresholds of answers of few phrases.

    `outcomes`: of all answers, the last one first; `usual`: the threshold of answers with many phrases.
    """
    return _thresholds(begins, _fitted(begins, outcomes), usual)


def _thresholds(begins: Beginnings, fit: _Fit, usual: float) -> dict[str, Young]:
    return {
        place: Young(
            answer_at=_towards(usual, _at(fit.of(place), begins=one.at), one.grown),
            confirmed=sum(known.right == 1.0 for known in fit.by_place.get(place, ())),
        )
        for place, one in begins.items()
    }


def growth(begins: Beginnings, outcomes: Sequence[Outcome], usual: float) -> dict[str, Growth]:
    """Return how far each answer is that is given later than those of many phrases, by name."""
    fit = _fitted(begins, outcomes)
    pulls = {place: _pull(own, fit.of(place)) for place, own in fit.by_place.items()}
    found: dict[str, Growth] = {}
    for place, one in _thresholds(begins, fit, usual).items():
        if one.answer_at > usual:
            ahead = _Ahead(
                own=fit.by_place.get(place, []),
                begins=begins[place].at,
                expected=fit.expected[place],
                business=fit.business,
                slope=sum(up for other, (up, _) in pulls.items() if other != place) - fit.business / OF_BUSINESS**2,
                bend=sum(down for other, (_, down) in pulls.items() if other != place) + OF_BUSINESS**-2,
            )
            found[place] = Growth(answer_at=one.answer_at, confirmed=one.confirmed, needs=ahead.needs(usual))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """The fit of one answer as its record grows; what the others say of the business is drawn as a parabola."""

    own: Sequence[Outcome]
    begins: float
    expected: float
    business: float
    slope: float
    """Of the logarithm of the likelihood of all others, and of what is expected, along the business."""
    bend: float

    def needs(self, usual: float) -> int | None:
        """Return how many more right outcomes, as sure as those so far, bring the answer to the threshold of all."""
        right = [one.confidence for one in self.own if one.right == 1.0]
        more = Outcome(confidence=sum(right) / len(right) if right else USUAL, right=1.0, place="")
        numbers = range(1, NEEDED_MOST + 1)
        place = bisect_left(numbers, True, key=lambda number: self._at([*self.own, *[more] * number]) <= usual)  # noqa: FBT003 - the first for which it is so
        return numbers[place] if place < len(numbers) else None

    def _at(self, outcomes: Sequence[Outcome]) -> float:
        business, added = self.business, self.expected
        for _ in range(2 * ROUNDS):
            added += _step([(outcomes, business + added)], added - self.expected, OF_ANSWER)
            up, down = _pull(outcomes, business + added)
            slope = up + self.slope - (business - self.business) * self.bend
            business += min(max(slope / (down + self.bend), -FARTHEST), FARTHEST)
        return _at(business + added, begins=self.begins)


def _by_place(known: Iterable[Outcome]) -> Mapping[str, list[Outcome]]:
    found = defaultdict[str, list[Outcome]](list)
    for one in known:
        found[one.place].append(one)
    return found


def _towards(usual: float, own: float, grown: float) -> float:
    return round(own + grown * (usual - own), 4)


def _at(added: float, *, begins: float) -> float:
    """Return from which confidence an answer is given, where so much is added to the odds."""
    at = _chance(_odds(AIM) - added)
    return round(min(max(at, min(LOWEST, begins)), max(HIGHEST, begins)), 4)


def _fitted(begins: Beginnings, outcomes: Sequence[Outcome]) -> _Fit:
    by_place = _by_place([one for one in outcomes if one.place in begins][:WINDOW])
    expected = {place: _odds(AIM) - _odds(min(one.at, CERTAIN)) for place, one in begins.items()}
    business, answers = 0.0, {place: expected[place] for place in by_place}
    for _ in range(ROUNDS):
        for place, own in by_place.items():
            off = answers[place] - expected[place]
            answers[place] += _step([(own, business + answers[place])], off, OF_ANSWER)
        every = [(own, business + answers[place]) for place, own in by_place.items()]
        business += _step(every, business, OF_BUSINESS)
    return _Fit(by_place=by_place, expected=expected, business=business, answers=answers)


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
