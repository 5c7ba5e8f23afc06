"""Whether a message is urgent by what it means: ways to say it are beyond counting (`urgency.toml` counts the usual).

A regression over reasons and calm, learned once from 1,300 lines against the phrases of the starter pack, and the same
for every pack. `python -m benchmarks.classifier.pressing` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import numpy as np

from services.classify.local import axes
from services.classify.local.calibration import softmax
from services.classify.local.files import read, write
from services.classify.local.rows import Floats
from services.classify.local.shipped import made_for
from services.classify.urgency import UrgencyReason

FILE: Final = Path(__file__).with_name("pressing.npz")
AT: Final = 0.7
"""From this chance of any reason on, a message presses."""
REASONS: Final[tuple[UrgencyReason, ...]] = get_args(UrgencyReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """Rows are the axes, columns `REASONS` and calm behind them."""

    weights: Floats
    bias: Floats

    def reason(self, vector: Floats) -> UrgencyReason | None:
        """Return why a message presses, by the encoder's vector of it; None: it does not."""
        chances = self.chances(vector)
        return REASONS[int(chances[:-1].argmax())] if chances[:-1].sum() >= AT else None

    def chances(self, vector: Floats) -> Floats:
        scores = axes.reduced(vector) @ self.weights + self.bias
        return np.asarray(softmax(scores.astype(float)), np.float32)


@cache
def pressing(path: Path = FILE) -> Pressing | None:
    """Return what was learned; None of a damaged file, or of one for other vectors: words alone press then."""
    return read(path, _learned)


def _learned(arrays: Mapping[str, Any]) -> Pressing:
    known = Pressing(weights=arrays["weights"], bias=arrays["bias"])
    if str(arrays["made_for"]) != made_for() or tuple(arrays["reasons"].tolist()) != REASONS:
        raise ValueError(arrays["made_for"])
    if known.weights.shape != (axes.KEPT, len(REASONS) + 1):
        raise ValueError(known.weights.shape)
    return known


def save(known: Pressing, path: Path = FILE) -> None:
    arrays = {"made_for": np.array(made_for()), "reasons": np.array(REASONS)}
    write(path, arrays | {"weights": known.weights.astype(np.float32), "bias": known.bias.astype(np.float32)})
