"""Cells of a workbook that stand in several rows. Only the first of those rows holds what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

_PIECE: Final = 65_536
_CELLS_END: Final = re.compile(rb"</(?:\w+:)?sheetData>")
_LONGEST_END: Final = 40
_MERGED: Final = re.compile(rb'mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


@dataclass(slots=True)
class Merges:
    """What reaches down, to be asked row by row from the first one on."""

    begins: dict[int, list[tuple[int, int]]]
    """By the first row: the place of the cell, and the last row."""
    _reaching: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By place: the last row, and what is said."""

    def filled(self, row: int, cells: list[str]) -> frozenset[int]:
        """Write what reaches into the row to its place in `cells`; return those places."""
        self._reaching = {place: each for place, each in self._reaching.items() if each[0] >= row}
        for place, (_, said) in self._reaching.items():
            if place < len(cells):
                cells[place] = said
        merged = frozenset(self._reaching)
        for place, last in self.begins.get(row, ()):
            if place < len(cells) and last > row:
                self._reaching[place] = (last, cells[place])
        return merged


def merges_of(sheet: Any) -> Merges:
    """Return the merged cells of a sheet that is read row by row: openpyxl tells those of whole ones only."""
    from openpyxl.utils import column_index_from_string

    begins: dict[int, list[tuple[int, int]]] = {}
    archive, path = sheet.parent._archive, sheet._worksheet_path  # noqa: SLF001  # there is no public way to them
    with archive.open(path) as source:
        for column, first, last in _MERGED.findall(b"".join(_after_cells(source))):
            place = column_index_from_string(column.decode()) - 1
            begins.setdefault(int(first), []).append((place, int(last)))
    return Merges(begins)


def _after_cells(source: Any) -> Iterator[bytes]:
    """Yield what a sheet's file has behind its cells, without holding them."""
    window = b""
    while piece := source.read(_PIECE):
        window += piece
        if end := _CELLS_END.search(window):
            yield window[end.end() :]
            break
        window = window[-_LONGEST_END:]
    yield from iter(lambda: source.read(_PIECE), b"")
