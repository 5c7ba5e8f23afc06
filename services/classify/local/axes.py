"""The few directions in which what customers write differs, of the 512 that the encoder knows.

Found once among the phrases of the starter pack (`python -m benchmarks.classifier.axes`), and the same for every pack:
too few phrases could not tell them. Half of the numbers say as much.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from services.classify.local.encoder import WIDTH
from services.classify.local.rows import Floats

FILE: Final = Path(__file__).with_name("axes.npy")
KEPT: Final = 256


def reduced(vectors: Floats) -> Floats:
    """From the encoder's `[..., WIDTH]` to `[..., KEPT]`, what differs most first."""
    centre, axes = _axes()
    return np.asarray((vectors - centre) @ axes)


def restored(small: Floats) -> Floats:
    """From `[..., KEPT]` back to `[..., WIDTH]`: a vector of which `reduced` makes the same."""
    centre, axes = _axes()
    return np.asarray(small @ axes.T + centre)


def found(vectors: Floats) -> Floats:
    """Return what `FILE` holds, found among so many vectors: their centre, and below it the directions."""
    centre = vectors.mean(axis=0)
    inputs = (vectors - centre).astype(float)
    _, directions = np.linalg.eigh(inputs.T @ inputs)
    return np.vstack((centre, directions[:, ::-1][:, :KEPT].T)).astype(np.float16)


@cache
def _axes() -> tuple[Floats, Floats]:
    numbers = np.load(FILE, allow_pickle=False).astype(np.float32)
    if numbers.shape != (KEPT + 1, WIDTH):
        raise ValueError(numbers.shape)
    return numbers[0], np.ascontiguousarray(numbers[1:].T)
