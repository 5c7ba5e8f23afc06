"""Formatted text in parts: formatting is counted in Telegram's units, and each part keeps what stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.messages.lengths import pieces, units

Entities = tuple[dict[str, Any], ...]


def parts(text: str, entities: Sequence[Mapping[str, Any]], most: int) -> Iterator[tuple[str, Entities]]:
    """Yield a text in pieces of at most `most` units, each with its formatting; all of it in one where it fits."""
    at = 0
    for piece in pieces(text, most):
        length = units(piece)
        yield piece, _within(entities, at, at + length)
        at += length


def _within(entities: Sequence[Mapping[str, Any]], start: int, end: int) -> Entities:
    """Return what of the formatting stands between two places, counted from the first."""
    found: list[dict[str, Any]] = []
    for entity in entities:
        first, last = max(start, entity["offset"]), min(end, entity["offset"] + entity["length"])
        if first < last:
            found.append({**entity, "offset": first - start, "length": last - first})
    return tuple(found)
