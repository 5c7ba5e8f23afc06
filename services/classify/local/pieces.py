"""The encoder's pieces of words in flat arrays: as a dictionary, a quarter of a million of them take 45 MB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from zlib import crc32

import numpy as np

from services.classify.local.rows import Ints

SLOTS: Final = 1 << 19
"""Twice as many as there are pieces, so that few share one; a power of two."""
_MASK: Final = SLOTS - 1


class Pieces:
    """What `dict.get` says of a text, from a table of hashes with open addressing."""

    def __init__(self, *, names: bytes, ends: Ints, places: Ints, slots: Ints) -> None:
        """`names` one after the other, each up to its end; a slot is the number of a piece from 1 on, 0 is empty."""
        if not len(ends) == len(places) < len(slots) == SLOTS:
            raise ValueError("tables of different lengths")
        self._names = names
        self._ends = np.concatenate(([0], ends)).astype(np.int32).data
        self._places = places.astype(np.int32).data
        self._slots = slots.astype(np.int32).data

    def get(self, text: str) -> int | None:
        piece = text.encode("utf-8", "surrogatepass")
        at = crc32(piece) & _MASK
        while number := self._slots[at]:
            if self._names[self._ends[number - 1] : self._ends[number]] == piece:
                return self._places[number - 1]
            at = (at + 1) & _MASK
        return None


def tables(places: Mapping[str, int]) -> dict[str, Ints]:
    """Return the arrays of a dictionary, by the names that `Pieces` has for them."""
    names = [name.encode("utf-8", "surrogatepass") for name in places]
    if len(names) >= SLOTS:
        raise ValueError("more pieces than slots")
    slots = [0] * SLOTS
    for number, name in enumerate(names, 1):
        at = crc32(name) & _MASK
        while slots[at]:
            at = (at + 1) & _MASK
        slots[at] = number
    return {
        "names": np.frombuffer(b"".join(names), np.uint8),
        "ends": np.cumsum([len(name) for name in names], dtype=np.int32),
        "places": np.array(list(places.values()), np.int32),
        "slots": np.array(slots, np.int32),
    }
