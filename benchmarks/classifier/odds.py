"""How far confidences are from what came true: the line that sets their logarithmic odds right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
TINY = 1e-6
ROUNDS = 50


def odds(chances: Doubles) -> Doubles:
    held = np.clip(chances, TINY, 1 - TINY)
    return np.asarray(np.log(held / (1 - held)))


def shift_and_stretch(logits: Doubles, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit `right ~ sigmoid(shift + stretch * logits)` by Newton's method, leaning on (0, 1)."""
    inputs, found, lean = np.column_stack((np.ones_like(logits), logits)), np.array([0.0, 1.0]), np.diag([TINY, 1.0])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (chance - right) + lean @ (found - [0, 1])
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + lean
        found = found - np.linalg.solve(curve, slope)
    return float(found[0]), float(found[1])
