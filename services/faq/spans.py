"""Cells of a page's table that stand in several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_MOST_ROWS: Final = 1_000
"""What a cell may say it spans: pages of mistakes say more."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row, each at its place; None where a wide cell covers the place."""

    cells: Sequence[Any | None]
    merged: frozenset[int]
    """Places of the cells that began in a row above."""


def cells_of(row: Any) -> Line:
    """Return the cells that stand in a row, with those that reach into it from above."""
    above = list(row.itersiblings("tr", preceding=True))[:_MOST_ROWS]
    if not any(cell.get("rowspan") for each in above for cell in each):
        return _placed(row, {})
    reaching: dict[int, tuple[Any, int]] = {}
    for each in reversed(above):
        line = _placed(each, {place: cell for place, (cell, _) in reaching.items()})
        reaching = {place: (cell, left - 1) for place, (cell, left) in reaching.items() if left > 1} | {
            place: (cell, spans)
            for place, cell in enumerate(line.cells)
            if cell is not None and place not in line.merged and (spans := _span(cell, "rowspan") - 1) > 0
        }
    return _placed(row, {place: cell for place, (cell, _) in reaching.items()})


def _placed(row: Any, reaching: dict[int, Any]) -> Line:
    own = list(row.iterchildren("td", "th"))
    cells: list[Any | None] = []
    while own or len(cells) in reaching:
        if len(cells) in reaching:
            cells.append(reaching[len(cells)])
        else:
            cell = own.pop(0)
            cells += [cell, *[None] * (_span(cell, "colspan") - 1)]
    return Line(cells, frozenset(reaching))


def _span(cell: Any, which: str) -> int:
    told = str(cell.get(which) or "1").strip()
    return min(max(int(told), 1), _MOST_ROWS) if told.isdecimal() else 1
