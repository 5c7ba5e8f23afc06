"""Where questions lie among meanings, as numbers: near each other for the same question in other words.

With the encoder they lie by what they mean, in any of its languages; without it by the stems of their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from services.classify.local.encoder import NAME, Encoder
from storage.question_groups import Vector
from storage.stems import stems

Rows = npt.NDArray[np.float32]
WIDTH: Final = 512
TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One way to reckon, and how near is near in it. Numbers of two ways are never compared."""

    name: str
    join_at: float
    """From this likeness to the middle of a group a question belongs to it."""
    merge_at: float
    """From this likeness of their middles two groups are one."""


BY_MEANING: Final = Space(name=NAME, join_at=0.65, merge_at=0.88)
"""On three public sets of real questions .86 to .88 of what stands in groups means the same at .65, and .80 to .82 at
.6; at .7 a tenth of the questions more stood alone."""
BY_STEMS: Final = Space(name="stems/1", join_at=0.5, merge_at=0.85)
SPACES: Final = {one.name: one for one in (BY_MEANING, BY_STEMS)}


def reckon(texts: Sequence[str], encoder: Encoder | None) -> tuple[Space, Rows]:
    """Return one row of length 1 for each text, and how they were reckoned."""
    found = encoder.vectors(texts) if encoder is not None else None
    if found is not None:
        return BY_MEANING, _of_length_1(np.asarray(found, np.float32))
    return BY_STEMS, _of_length_1(np.stack([_by_stems(text) for text in texts]))


def middle(rows: Rows) -> Rows:
    """Return the middle of several rows, of length 1."""
    return _of_length_1(rows.mean(axis=0, keepdims=True)).reshape(-1)


def packed(row: Rows) -> Vector:
    """Return numbers as they are stored: half of the precision is plenty."""
    return row.astype("<f2").tobytes()


def unpacked(vectors: Sequence[Vector]) -> Rows:
    return np.stack([np.frombuffer(one, "<f2") for one in vectors]).astype(np.float32)


def _by_stems(text: str) -> Rows:
    """Count stems, each at a place of its own that its letters tell: no list of words has to be kept."""
    row = np.zeros(WIDTH, np.float32)
    for stem in stems(text).split():
        row[int.from_bytes(blake2b(stem.encode(), digest_size=4).digest(), "big") % WIDTH] += 1
    return row


def _of_length_1(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, TINY), np.float32)
