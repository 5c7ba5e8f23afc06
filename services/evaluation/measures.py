"""The figures, each a pure function of arrays: `score` is the confidence that the best guess is right and in scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Scores = NDArray[np.float64]

BINS: Final = 10
KEPT: Final = 0.95


def share(flags: Flags) -> float | None:
    """Return the share of true ones; None of nothing."""
    return float(flags.mean()) if len(flags) else None


def auroc(positive: Scores, negative: Scores) -> float | None:
    """Return the chance that a positive scores above a negative, a tie counting half; None without either."""
    if not len(positive) or not len(negative):
        return None
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    up_to = np.searchsorted(ordered, positive, side="right")
    return float((below + up_to).mean() / 2 / len(negative))


def recall_at_coverage(positive: Scores, negative: Scores, kept: float = KEPT) -> float | None:
    """Return the share of negatives below the highest threshold that still keeps that share of the positives."""
    if not len(positive) or not len(negative):
        return None
    ranked = np.sort(positive)[::-1]
    threshold = ranked[int(np.ceil(kept * len(ranked))) - 1]
    return float((negative < threshold).mean())


def calibration_error(scores: Scores, right: Flags, bins: int = BINS) -> float | None:
    """Return the expected calibration error: |mean score - share right| over equal-width bins, weighted by size."""
    if not len(scores):
        return None
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = np.bincount(places, scores - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(scores))


def f1(gold: Sequence[str], named: Sequence[str], scenario: str) -> float:
    """Return the harmonic mean of precision and recall of one scenario; 0 where it is never named rightly."""
    hits = sum(truth == name == scenario for truth, name in zip(gold, named, strict=True))
    return 2 * hits / max(1, sum(truth == scenario for truth in gold) + sum(name == scenario for name in named))


def coverage_precision(scores: Scores, right: Flags) -> list[tuple[float, float, float]]:
    """Return, for every distinct threshold from the top, (threshold, share answered, share of those right)."""
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(right[order])
    ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], [True] * bool(len(ranked))))
    return [(float(ranked[end]), (end + 1) / len(ranked), float(hits[end] / (end + 1))) for end in ends]
