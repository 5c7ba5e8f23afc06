"""Linear support vectors, one against the rest, found block by block; what some phrases taught can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.rows import Floats, Ints, Rows

SLACK: Final = 1.0
LOOSE: Final = 1 / (2 * SLACK)
BLOCK: Final = 12
"""Phrases that take a step together: numpy then does a fifth of the calls, and each has enough to do."""
SWEEPS: Final = 3
"""How often the pulls of a block are evened out before what they changed is written."""
CONSTANT: Final = 0.3
"""What each phrase has in the column of the constants. With 1 every step moves the constant so far that it hangs on the
phrases that came last, and so does what is found: it then takes twice the rounds to be as near."""
START: Final = -1.0
"""The score of a class before anything is learned, since most phrases are not of it: less is left to descend."""
SETTLED: Final = 0.05
"""A round that moves the pulls by less of what they are is the last: scores of messages are then as near to what any
order of the phrases comes to in the end as a thirtieth of what they differ by among themselves."""
MOST_ROUNDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some phrases, by the features that any of them has."""

    columns: NDArray[np.int64]
    values: Floats
    """`[phrase, column]`."""
    paces: Floats
    """The step of each, so short that all at once lead down: one column."""
    steady: Floats
    """What a step leaves of their pulls, were their scores nothing: one column."""
    mix: Floats
    """What a step makes of their pulls, were the other phrases silent: `[phrase, phrase]`."""

    @classmethod
    def of(cls, columns: Ints, owners: Ints, values: Floats, slacks: Floats, scratch: NDArray[np.int64]) -> Block:
        """`scratch`: a number for each feature there is, whatever it is."""
        places = np.arange(len(columns))
        scratch[columns] = places
        own = columns[scratch[columns] == places].astype(np.int64)  # what numpy would make of them at every step
        scratch[own] = np.arange(len(own))
        dense = np.zeros((len(slacks), len(own)), np.float32)
        dense[owners, scratch[columns]] = values
        alike = dense @ dense.T
        # Half of what the others of the block could do at worst: a projected step of this length never leads up.
        reach = (np.abs(alike).sum(axis=1) + alike.diagonal()) / 2
        paces = (1 / (reach + slacks)).astype(np.float32)
        steady = 1 - slacks * paces
        mix = np.diag(steady) - paces[:, None] * alike
        return cls(columns=own, values=dense, paces=paces[:, None], steady=steady[:, None], mix=mix.astype(np.float32))


@dataclass(slots=True, kw_only=True)
class Descent:
    """Dual coordinate descent on the squared hinge (Hsieh et al. 2008) in blocks, all classes at once.

    What is found is the one least there is, so it does not hang on the order of the phrases.
    """

    rows: Rows
    """With one more column, which all rows fill: its weights move the constants."""
    blocks: Sequence[Block]
    """Every so many-eth row: those of a scenario lie together, and a block of all kinds balances."""
    goals: Floats
    """What the scores should be beyond `START`, times the pace: one row per phrase, one column per class, as all that
    follows."""
    least: Floats
    most: Floats
    """Between what the pulls may be."""
    pulls: Floats
    """The dual variables, negative for classes that a phrase is not of."""
    weights: Floats
    """One row per feature, what moves the constants last; one column per class."""

    @classmethod
    def fresh(cls, rows: Rows, labels: Ints, classes: int, heft: Floats) -> Descent:
        """`heft`: what each phrase weighs; who weighs less may be wrong by more."""
        rows, slacks = rows.with_constant(CONSTANT), (LOOSE / heft).astype(np.float32)
        blocks = list(_blocks(rows, slacks))
        own, goals = np.eye(classes, dtype=bool)[labels], np.zeros((len(rows), classes), np.float32)
        for first, block in enumerate(blocks):
            here = slice(first, None, len(blocks))
            goals[here] = np.where(own[here], 1 - START, -1 - START) * block.paces
        return cls(
            rows=rows,
            blocks=blocks,
            goals=goals,
            least=np.where(own, 0, -np.inf).astype(np.float32),
            most=np.where(own, np.inf, 0).astype(np.float32),
            pulls=np.zeros((len(rows), classes), np.float32),
            weights=np.zeros((rows.width, classes), np.float32),
        )

    @property
    def constants(self) -> Floats:
        """What each class scores without any feature."""
        return np.asarray(START + CONSTANT * self.weights[-1])

    def descend(self, settled: float = SETTLED) -> None:
        """Go over all blocks until that moves little."""
        dice = np.random.default_rng(0)
        for _ in range(MOST_ROUNDS):
            before = self.pulls.copy()
            self._round(dice.permutation(len(self.blocks)).tolist())
            before -= self.pulls
            if np.abs(before).sum() <= settled * np.abs(self.pulls).sum():
                break

    def _round(self, order: Sequence[int]) -> None:
        """Take each block once: its pulls come nearer to what is best while all others stay."""
        weights, whole, stride = self.weights, _wholes(self.weights), len(self.blocks)
        for first in order:
            block, picked = self.blocks[first], slice(first, None, stride)
            least, most, before = self.least[picked], self.most[picked], self.pulls[picked]
            here = weights.take(block.columns, axis=0)
            base = self.goals[picked] - block.paces * (block.values @ here)
            base += block.steady * before
            base -= block.mix @ before
            after = before
            for _ in range(SWEEPS):
                after = block.mix @ after
                after += base
                np.maximum(after, least, out=after)
                np.minimum(after, most, out=after)
            here += block.values.T @ (after - before)
            whole.put(block.columns, here.view(whole.dtype))
            before[:] = after

    def scores(self, picks: NDArray[np.integer]) -> Floats:
        return self.rows.take(picks).times(self.weights) + np.float32(START)

    def without(self, fold: NDArray[np.integer], settled: float = SETTLED) -> Floats:
        """Score the rows of a fold after taking back all they taught."""
        rest = replace(self, pulls=self.pulls.copy(), weights=self.weights.copy(), least=self.least.copy())
        rest.most = self.most.copy()
        rest.least[fold] = rest.most[fold] = rest.pulls[fold] = 0
        for index in fold.tolist():
            columns, values = self.rows.row(index)
            rest.weights[columns] -= values[:, None] * self.pulls[index]
        rest.descend(settled)
        return rest.scores(fold)


def _blocks(rows: Rows, slacks: Floats) -> Iterator[Block]:
    """Yield them: the first holds the first row and every so many-eth after it, the second the row beside, and on."""
    scratch = np.zeros(rows.width, np.int64)
    stride = -(-len(rows) // BLOCK)
    for first in range(stride):
        some = rows.take(np.arange(first, len(rows), stride))
        yield Block.of(some.columns, some.owners(), some.values, slacks[first::stride], scratch)


def _wholes(rows: Floats) -> NDArray[np.void]:
    """Return a matrix by its rows, each as one piece: numpy then sets them in an eighth of the time."""
    return rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1])))[:, 0]
