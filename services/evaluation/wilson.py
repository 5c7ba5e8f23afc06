"""How right something is for sure: bounds of a share after E. B. Wilson (1927), at 90 % confidence to one side.

Ten right out of ten prove less than a hundred out of a hundred: `lower` tells what is at least true of the share,
`upper` what is at most. Counts may be fractions, since some words weigh half.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

Z: Final = 1.2815515655446004
"""The quantile of the normal distribution at .90: one side only, nobody asks whether it is *too* good."""


def lower(right: float, of: float) -> float:
    """Return what the share is at least; 0 where nothing is known."""
    return _bound(right, of, -Z)


def upper(right: float, of: float) -> float:
    """Return what the share is at most; 1 where nothing is known."""
    return _bound(right, of, Z)


def _bound(right: float, of: float, z: float) -> float:
    if of <= 0:
        return 1.0 if z > 0 else 0.0
    share = min(max(right / of, 0.0), 1.0)
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return min(max((middle + spread) / (1 + z * z / of), 0.0), 1.0)
