"""Vectors of the phrases that come with the program.

To encode ten thousand takes a minute on a busy machine, in which the words alone would decide. In the file they stand
along the axes that are looked at (`axes.py`), in steps of whole numbers. That is a sixth of the size, and a phrase is
4 % of its length beside where the encoder has it. `python -m benchmarks.classifier.phrases` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from services.classify.local import axes
from services.classify.local.encoder import NAME
from services.classify.local.files import read, write
from services.classify.local.rows import Floats

FILE: Final = Path(__file__).with_name("phrases.npz")
STEP: Final = np.float32(0.008)
DIGEST: Final = 16
_MOST: Final = 127


def key_of(text: str) -> bytes:
    """Return what a phrase is known by where its vector is kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST]


def shipped(path: Path = FILE) -> dict[bytes, Floats]:
    """Return vectors as the encoder's, `[WIDTH]` of float16, by `key_of`; none of a damaged file, or of other axes."""
    return read(path, _vectors) or {}


def save(texts: Sequence[str], vectors: Floats, path: Path = FILE) -> None:
    """Write the file. Raises ValueError where a step is too small for what a vector holds."""
    steps = np.rint(axes.reduced(vectors) / STEP)
    if np.abs(steps).max(initial=0) > _MOST:
        raise ValueError(f"beyond {_MOST} steps of {STEP}")
    keys = np.frombuffer(b"".join(map(key_of, texts)), np.uint8).reshape(-1, DIGEST)
    write(path, {"made_for": np.array(made_for()), "keys": keys, "steps": steps.astype(np.int8)})


def _vectors(arrays: Mapping[str, Any]) -> dict[bytes, Floats]:
    keys, steps = arrays["keys"], arrays["steps"]
    if str(arrays["made_for"]) != made_for():
        raise ValueError(arrays["made_for"])
    if keys.shape != (len(steps), DIGEST) or steps.shape[1:] != (axes.KEPT,) or steps.dtype != np.int8:
        raise ValueError(steps.shape)
    vectors = axes.restored(steps.astype(np.float32) * STEP).astype(np.float16)
    return dict(zip((key.tobytes() for key in keys), vectors, strict=True))


def made_for() -> str:
    """Name the encoder and the axes: vectors of others mean something else."""
    return f"{NAME} {sha256(axes.FILE.read_bytes()).hexdigest()[:DIGEST]}"
