"""Sparse rows by hand: numpy has no sparse matrix, and this engine needs only five things of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

CHUNK = 1 << 20
"""Numbers gathered at once while multiplying: 4 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Row `i` has `values[starts[i]:starts[i + 1]]` in the `columns` beside them."""

    starts: NDArray[np.int64]
    columns: Ints
    values: Floats
    width: int

    @classmethod
    def of(cls, rows: Sequence[tuple[Ints, Floats]], width: int) -> Rows:
        empty = (np.zeros(0, np.int32), np.zeros(0, np.float32))
        columns, values = zip(empty, *rows, strict=True)
        starts = np.cumsum([len(part) for part in columns], dtype=np.int64)
        return cls(starts=starts, columns=np.concatenate(columns), values=np.concatenate(values), width=width)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, index: int) -> tuple[Ints, Floats]:
        here = slice(self.starts[index], self.starts[index + 1])
        return self.columns[here], self.values[here]

    def owners(self) -> NDArray[np.int32]:
        """Return the row number of every value."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def flat(self, picks: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the values of the picked rows lie, and how many each row has."""
        return flat(self.starts, picks)

    def take(self, picks: NDArray[np.integer]) -> Rows:
        places, lengths = self.flat(picks)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return Rows(starts=starts, columns=self.columns[places], values=self.values[places], width=self.width)

    def with_constant(self, constant: float) -> Rows:
        """Return the rows with one more column, in which each has the same."""
        return Rows(
            starts=self.starts + np.arange(len(self.starts)),
            columns=np.insert(self.columns, self.starts[1:], np.int32(self.width)),
            values=np.insert(self.values, self.starts[1:], np.float32(constant)),
            width=self.width + 1,
        )

    def without(self, dropped: NDArray[np.bool_]) -> Rows:
        """Return the rows with some of their columns empty."""
        kept = ~dropped[self.columns]
        starts = np.concatenate(([0], np.cumsum(kept)))[self.starts]
        return Rows(starts=starts, columns=self.columns[kept], values=self.values[kept], width=self.width)

    def narrowed(self, columns: Ints) -> Rows:
        """Return the rows with these columns only, which must be all that are filled, in order."""
        return Rows(
            starts=self.starts,
            columns=np.searchsorted(columns, self.columns).astype(np.int32),
            values=self.values,
            width=len(columns),
        )

    def transposed(self) -> Rows:
        order = np.argsort(self.columns, kind="stable")
        counts = np.bincount(self.columns, minlength=self.width)
        starts = np.concatenate(([0], np.cumsum(counts)))
        return Rows(starts=starts, columns=self.owners()[order], values=self.values[order], width=len(self))

    def times(self, dense: Floats) -> Floats:
        """Multiply by a dense matrix, a slice of rows at a time."""
        product = np.zeros((len(self), dense.shape[1]), np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        step = max(1, CHUNK * max(1, len(filled)) // max(1, len(self.values) * dense.shape[1]))
        for first in range(0, len(filled), step):
            some = filled[first : first + step]
            here = slice(self.starts[some[0]], self.starts[some[-1] + 1])
            gathered = dense[self.columns[here]] * self.values[here, None]
            product[some] = np.add.reduceat(gathered, self.starts[some] - self.starts[some[0]], axis=0)
        return product


def flat(starts: NDArray[np.int64], picks: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places from `starts[pick]` up to `starts[pick + 1]` of each pick, and how many these are."""
    first = starts[picks]
    lengths = starts[picks + 1] - first
    shift = (first - lengths.cumsum() + lengths).repeat(lengths)
    return shift + np.arange(len(shift)), lengths
