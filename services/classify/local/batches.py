"""Long lists in a file as JSON, a line for each batch.

Whoever reads JSON lets no other thread run before the end of it. One line for a list of a hundred thousand words would
hold up an event loop for as long as it takes to answer several customers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

AT_ONCE: Final = 1000
"""Entries of a line, read in about a millisecond."""


def packed(entries: Sequence[Any]) -> NDArray[np.uint8]:
    lines = (json.dumps(entries[first : first + AT_ONCE]) for first in range(0, len(entries), AT_ONCE))
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def unpacked(array: NDArray[np.uint8]) -> list[Any]:
    return [entry for line in array.tobytes().splitlines() for entry in json.loads(line)]
