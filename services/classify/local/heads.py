"""Three ways to score classes from one vector. Each also scores its own training rows as if it had not seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.rows import Floats, Ints, Rows

STIFFNESS: Final = 1.0
SMOOTHING: Final = 0.05
SLACK: Final = 1.0
EPOCHS: Final = 6
SMALL: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    weights: Floats
    """One row per feature, one column per class."""
    bias: Floats
    unseen: Floats
    """Scores of the probe rows by a head that was trained without them."""


def ridge(rows: Rows, labels: Ints, classes: int, gram: Floats) -> Head:
    """Least squares to ±1 in the dual, every class weighing the same; leaving one out has a closed form."""
    goals = np.where(labels[:, None] == np.arange(classes), np.float32(1), np.float32(-1))
    counts = np.bincount(labels, minlength=classes)
    kernel = gram + 1
    kernel[np.diag_indices_from(kernel)] += STIFFNESS * counts[labels] * np.count_nonzero(counts) / len(rows)
    root = _inverse(np.linalg.cholesky(kernel))
    dual = root.T @ (root @ goals)
    unseen = goals - dual / np.einsum("ij,ij->j", root, root)[:, None]
    return Head(weights=rows.transposed().times(dual), bias=dual.sum(axis=0), unseen=unseen)


def _inverse(lower: Floats) -> Floats:
    """Invert a lower triangle by halves: a quarter of the work of the general inverse."""
    if len(lower) <= SMALL:
        return np.linalg.inv(lower)
    half = len(lower) // 2
    first, last = _inverse(lower[:half, :half]), _inverse(lower[half:, half:])
    found = np.zeros_like(lower)
    found[:half, :half], found[half:, half:] = first, last
    found[half:, :half] = -last @ (lower[half:, :half] @ first)
    return found


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


def machine(rows: Rows, labels: Ints, classes: int, probe: NDArray[np.integer]) -> Head:
    """Linear support vectors, one against the rest, all classes at a step; the probe rows join last."""
    goals = np.where(labels[:, None] == np.arange(classes), np.float32(1), np.float32(-1))
    weights, bias = np.zeros((rows.width, classes), np.float32), np.zeros(classes, np.float32)
    pulls = np.zeros((len(rows), classes), np.float32)
    dice = np.random.default_rng(0)
    first = np.setdiff1d(np.arange(len(rows)), probe)
    for _ in range(EPOCHS):
        _descend(rows, goals, dice.permutation(first), weights=weights, bias=bias, pulls=pulls)
    unseen = rows.take(probe).times(weights) + bias
    for _ in range(EPOCHS // 2):
        _descend(rows, goals, dice.permutation(len(rows)), weights=weights, bias=bias, pulls=pulls)
    return Head(weights=weights, bias=bias, unseen=unseen)


def _descend(
    rows: Rows, goals: Floats, order: NDArray[np.integer], *, weights: Floats, bias: Floats, pulls: Floats
) -> None:
    """One round of dual coordinate descent on the squared hinge (Hsieh et al. 2008), changing the arrays in place."""
    loose = np.float32(1 / (2 * SLACK))
    for index in order:
        columns, values = rows.row(index)
        goal, pull = goals[index], pulls[index]
        here = weights[columns]
        slope = goal * (values @ here + bias) - 1 + loose * pull
        stride = np.maximum(pull - slope / (values @ values + 1 + loose), 0) - pull
        pulls[index] += stride
        step = stride * goal
        here += values[:, None] * step
        weights[columns] = here
        bias += step
