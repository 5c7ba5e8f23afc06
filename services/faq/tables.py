"""Tables: CSV with whatever sign between the cells, and XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO, StringIO
from typing import Final

from services.faq.blocks import Block, Unreadable
from services.faq.cell_text import shown
from services.faq.merges import merges_of
from services.faq.places import place_of

_SIGNS: Final = ",;\t|"
_SAMPLE: Final = 8_192


def csv_blocks(text: str) -> Iterator[Block]:
    """Yield a row for each record; a record may be of several lines."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:_SAMPLE], delimiters=_SIGNS)
    except csv.Error:  # one column, or cells with so much text that no sign stands out
        dialect = _most_regular(text)
    # The sniffer takes `"…""…"` for cells without doubled quotes where the sample has none.
    reader = csv.reader(StringIO(text, newline=""), dialect, doublequote=True)
    try:
        for row in reader:
            if block := _row(row, "", reader.line_num):
                yield block
    except csv.Error as error:
        raise Unreadable("csv", line=reader.line_num) from error


def _most_regular(text: str) -> csv.Dialect:
    """Return how cells are told apart where the sniffer does not know: by the sign that most lines have."""
    first = text[:_SAMPLE].splitlines()
    sign = max(_SIGNS, key=lambda each: sum(each in line for line in first))

    class Guessed(csv.excel):
        delimiter = sign

    return Guessed()


def xlsx_blocks(data: bytes) -> Iterator[Block]:
    """Yield the rows of all sheets that are shown. Numbers and dates are written as the sheet shows them."""
    from openpyxl import load_workbook

    try:
        with closing(load_workbook(BytesIO(data), read_only=True, data_only=True)) as book:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    merges = merges_of(sheet)
                    for number, cells in enumerate(sheet.iter_rows(), start=1):
                        said = [shown(cell.value, cell.number_format) for cell in cells]
                        if block := _row(said, sheet.title, number, merges.filled(number, said)):
                            yield block
    except Exception as error:  # openpyxl lets through whatever a damaged file makes its parts raise
        raise Unreadable("damaged", format="XLSX") from error


def _row(cells: list[str], sheet: str, number: int, merged: frozenset[int] = frozenset()) -> Block | None:
    said = tuple(cell.strip() for cell in cells)
    if not any(said):
        return None
    place = place_of("row", number, sheet) if sheet else place_of("line", number)
    return Block(kind="row", text="\n".join(filter(None, said)), cells=said, merged=merged, sheet=sheet, place=place)
