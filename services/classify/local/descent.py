"""Linear support vectors, one against the rest, found phrase by phrase; what some phrases taught can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.rows import Floats, Ints, Rows

SLACK: Final = 1.0
LOOSE: Final = 1 / (2 * SLACK)


@dataclass(slots=True, kw_only=True)
class Descent:
    """Dual coordinate descent on the squared hinge (Hsieh et al. 2008), all classes at a step."""

    rows: Rows
    """With one more column, which all rows fill: its weights are the constants."""
    picked: Sequence[tuple[NDArray[np.int64], Floats]]
    """The same rows one by one."""
    labels: Sequence[int]
    steady: Sequence[float]
    """What a step of a row leaves of its pulls, were its scores nothing."""
    paced: Sequence[Floats]
    """The values of a row over what its step costs: its squared length, and the slack that it may be wrong by, more
    for one that weighs less."""
    goals: Floats
    """What its scores should be, over the same: one row per phrase, one column per class."""
    pulls: Floats
    """The dual variables, negative for classes that a phrase is not of: one row per phrase, one column per class."""
    weights: Floats
    """One row per feature, the constants last; one column per class."""

    @classmethod
    def fresh(cls, rows: Rows, labels: Ints, classes: int, heft: Floats) -> Descent:
        """`heft`: what each phrase weighs."""
        rows, slacks = rows.with_constant(), LOOSE / heft
        squares = np.bincount(rows.owners(), rows.values**2, minlength=len(rows))
        paces = (1 / (squares + slacks)).astype(np.float32)
        paced = rows.values * paces.repeat(np.diff(rows.starts))
        columns = rows.columns.astype(np.int64)  # what numpy would make of them at every step
        borders = list(pairwise(rows.starts.tolist()))
        return cls(
            rows=rows,
            picked=[(columns[first:end], rows.values[first:end, None]) for first, end in borders],
            labels=labels.tolist(),
            steady=(1 - slacks * paces).tolist(),
            paced=[paced[first:end] for first, end in borders],
            goals=np.where(np.eye(classes, dtype=bool), 1, -1).astype(np.float32)[labels] * paces[:, None],
            pulls=np.zeros((len(rows), classes), np.float32),
            weights=np.zeros((rows.width, classes), np.float32),
        )

    def descend(self, picks: NDArray[np.integer], rounds: int) -> None:
        """Go over the picked rows; each step sets a row's pulls to what is best while all others stay."""
        dice, weights, whole = np.random.default_rng(0), self.weights, _wholes(self.weights)
        least, most = _limits(weights.shape[1])
        for index in (pick for _ in range(rounds) for pick in dice.permutation(picks).tolist()):
            columns, values = self.picked[index]
            label, pull, here = self.labels[index], self.pulls[index], weights.take(columns, axis=0)
            aim = self.steady[index] * pull
            aim += self.goals[index]
            aim -= self.paced[index] @ here
            np.maximum(aim, least[label], out=aim)
            np.minimum(aim, most[label], out=aim)
            here += values * (aim - pull)
            whole.put(columns, here.view(whole.dtype))
            pull[:] = aim

    def scores(self, picks: NDArray[np.integer]) -> Floats:
        return self.rows.take(picks).times(self.weights)

    def without(self, fold: NDArray[np.integer], rounds: int) -> Floats:
        """Score the rows of a fold after taking back all they taught."""
        rest = replace(self, pulls=self.pulls.copy(), weights=self.weights.copy())
        for index in fold.tolist():
            columns, values = self.picked[index]
            rest.weights[columns] -= values * self.pulls[index]
        rest.descend(np.setdiff1d(np.arange(len(self.rows)), fold), rounds)
        return rest.scores(fold)


def _wholes(rows: Floats) -> NDArray[np.void]:
    """Return a matrix by its rows, each as one piece: numpy then sets them in an eighth of the time."""
    return rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1])))[:, 0]


def _limits(classes: int) -> tuple[Sequence[Floats], Sequence[Floats]]:
    """Return between what the pulls of a row of each class may be."""
    own = np.eye(classes, dtype=bool)
    least, most = np.where(own, 0, -np.inf), np.where(own, np.inf, 0)
    return [*least.astype(np.float32)], [*most.astype(np.float32)]
