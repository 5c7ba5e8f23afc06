"""Two ways to score classes from one vector. Each also scores its own training rows as if it had not seen them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.descent import Descent
from services.classify.local.rows import Floats, Ints, Rows

SMOOTHING: Final = 0.05
SECOND_OPINION: Final = np.float32(0.1)
"""Weight of naive Bayes beside the machine: worth a point where phrases are few, and never a loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    weights: Floats
    """One row per feature, one column per class."""
    bias: Floats
    unseen: Floats
    """Scores of the probe rows by a head that was trained without them."""


def trained(rows: Rows, labels: Ints, classes: int, folds: Sequence[NDArray[np.integer]], heft: Floats) -> Head:
    """Join both; the probe rows are those of the folds, in their order. `heft`: what each row weighs."""
    first = machine(rows, labels, classes, folds, heft)
    second = bayes(rows, labels, classes, np.concatenate(folds), heft)
    return Head(
        weights=first.weights + SECOND_OPINION * second.weights,
        bias=first.bias + SECOND_OPINION * second.bias,
        unseen=first.unseen + SECOND_OPINION * second.unseen,
    )


def bayes(rows: Rows, labels: Ints, classes: int, probe: NDArray[np.integer], heft: Floats) -> Head:
    """Multinomial naive Bayes; a row is left out by taking its own counts back."""
    every = rows.owners()
    cells, told = rows.columns.astype(np.int64) * classes + labels[every], rows.values * heft[every]
    counts = np.bincount(cells, told, minlength=rows.width * classes).reshape(-1, classes).astype(np.float32)
    totals = counts.sum(axis=0)
    room = SMOOTHING * max(rows.width, 1)
    weights = np.log(counts + SMOOTHING) - np.log(totals + room)
    some, own = rows.take(probe), labels[probe]
    unseen = some.times(weights)
    owners = some.owners()
    own_told = some.values * heft[probe][owners]
    sums = np.bincount(owners, own_told, minlength=len(some)).astype(np.float32)
    left = np.maximum(counts[some.columns, own[owners]] - own_told, 0)
    rest = np.log(left + SMOOTHING) - np.log(totals[own] - sums + room)[owners]
    unseen[np.arange(len(some)), own] = np.bincount(owners, some.values * rest, minlength=len(some))
    return Head(weights=weights, bias=np.zeros(classes, np.float32), unseen=unseen)


def machine(rows: Rows, labels: Ints, classes: int, folds: Sequence[NDArray[np.integer]], heft: Floats) -> Head:
    """Linear support vectors, one against the rest; each fold is judged by a machine that has forgotten it."""
    whole = Descent.fresh(rows, labels, classes, heft)
    whole.descend()
    unseen = [whole.without(fold) for fold in folds]
    return Head(weights=whole.weights[:-1], bias=whole.constants, unseen=np.concatenate(unseen))
