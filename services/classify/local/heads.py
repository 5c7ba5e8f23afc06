"""Two ways to score classes from one vector. Each also scores its own training rows as if it had not seen them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.rows import Floats, Ints, Rows

SMOOTHING: Final = 0.05
SLACK: Final = 1.0
SECOND_OPINION: Final = np.float32(0.1)
"""Weight of naive Bayes beside the machine: worth a point where phrases are few, and never a loss."""
ROUNDS: Final = 3
"""Rounds over all phrases: more fit the phrases better, and what was never seen no better."""
CLASSES: Final = 30
"""Up to so many settle in `ROUNDS`; more take `LATE_ROUNDS`, and one fold leaves the time for `LATEST_ROUNDS`."""
LATE_ROUNDS: Final = 5
LATEST_ROUNDS: Final = 8
REFRESH: Final = 1
"""Rounds after a fold is forgotten: the rest is nearly in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    weights: Floats
    """One row per feature, one column per class."""
    bias: Floats
    unseen: Floats
    """Scores of the probe rows by a head that was trained without them."""


def trained(rows: Rows, labels: Ints, classes: int, folds: Sequence[NDArray[np.integer]]) -> Head:
    """Join both; the probe rows are those of the folds, in their order."""
    first = machine(rows, labels, classes, folds)
    second = bayes(rows, labels, classes, np.concatenate(folds))
    return Head(
        weights=first.weights + SECOND_OPINION * second.weights,
        bias=first.bias + SECOND_OPINION * second.bias,
        unseen=first.unseen + SECOND_OPINION * second.unseen,
    )


def bayes(rows: Rows, labels: Ints, classes: int, probe: NDArray[np.integer]) -> Head:
    """Multinomial naive Bayes; a row is left out by taking its own counts back."""
    cells = rows.columns.astype(np.int64) * classes + labels[rows.owners()]
    counts = np.bincount(cells, rows.values, minlength=rows.width * classes).reshape(-1, classes).astype(np.float32)
    totals = counts.sum(axis=0)
    room = SMOOTHING * max(rows.width, 1)
    weights = np.log(counts + SMOOTHING) - np.log(totals + room)
    some, own = rows.take(probe), labels[probe]
    unseen = some.times(weights)
    owners = some.owners()
    sums = np.bincount(owners, some.values, minlength=len(some)).astype(np.float32)
    left = np.maximum(counts[some.columns, own[owners]] - some.values, 0)
    rest = np.log(left + SMOOTHING) - np.log(totals[own] - sums + room)[owners]
    unseen[np.arange(len(some)), own] = np.bincount(owners, some.values * rest, minlength=len(some))
    return Head(weights=weights, bias=np.zeros(classes, np.float32), unseen=unseen)


def machine(rows: Rows, labels: Ints, classes: int, folds: Sequence[NDArray[np.integer]]) -> Head:
    """Linear support vectors, one against the rest; each fold is judged by a machine that has forgotten it."""
    whole = _Descent.fresh(rows, labels, classes)
    late = LATE_ROUNDS if len(folds) > 1 else LATEST_ROUNDS
    whole.descend(np.arange(len(rows)), ROUNDS if classes <= CLASSES else late)
    unseen = [whole.without(fold) for fold in folds]
    return Head(weights=whole.weights, bias=whole.bias, unseen=np.concatenate(unseen))


@dataclass(slots=True, kw_only=True)
class _Descent:
    """Dual coordinate descent on the squared hinge (Hsieh et al. 2008), all classes at a step."""

    rows: Rows
    goals: Floats
    lengths: Floats
    """Squared, with the constant."""
    pulls: Floats
    """The dual variables: one row per phrase, one column per class."""
    weights: Floats
    bias: Floats

    @classmethod
    def fresh(cls, rows: Rows, labels: Ints, classes: int) -> _Descent:
        squares = np.bincount(rows.owners(), rows.values**2, minlength=len(rows))
        return cls(
            rows=rows,
            goals=np.where(labels[:, None] == np.arange(classes), np.float32(1), np.float32(-1)),
            lengths=squares.astype(np.float32) + 1,
            pulls=np.zeros((len(rows), classes), np.float32),
            weights=np.zeros((rows.width, classes), np.float32),
            bias=np.zeros(classes, np.float32),
        )

    def descend(self, picks: NDArray[np.integer], rounds: int) -> None:
        dice, loose = np.random.default_rng(0), np.float32(1 / (2 * SLACK))
        weights, bias, pulls, goals, lengths = self.weights, self.bias, self.pulls, self.goals, self.lengths + loose
        for index in (pick for _ in range(rounds) for pick in dice.permutation(picks).tolist()):
            columns, values = self.rows.row(index)
            goal, pull, here = goals[index], pulls[index], weights.take(columns, axis=0)
            slope = goal * (values @ here + bias) - 1 + loose * pull
            raised = np.maximum(pull - slope / lengths[index], 0)
            step = (raised - pull) * goal
            here += np.multiply.outer(values, step)
            weights[columns] = here
            pulls[index] = raised
            bias += step

    def without(self, fold: NDArray[np.integer]) -> Floats:
        """Score the rows of a fold after taking back all they taught."""
        rest = replace(self, pulls=self.pulls.copy(), weights=self.weights.copy(), bias=self.bias.copy())
        for index in (int(pick) for pick in fold):
            columns, values = self.rows.row(index)
            step = self.pulls[index] * self.goals[index]
            rest.weights[columns] -= values[:, None] * step
            rest.bias -= step
        rest.descend(np.setdiff1d(np.arange(len(self.rows)), fold), REFRESH)
        return self.rows.take(fold).times(rest.weights) + rest.bias
