"""A table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

CSV: Final = "text/csv"
MARK: Final = "\ufeff"
"""By which Excel knows that it is UTF-8."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with: spreadsheets would compute it, and customers and operators choose their names."""


def cell(value: object) -> object:
    """Return what stands in a cell; text is never a formula. Numbers stay what they are."""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value
    return "" if value is None else value


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> web.Response:
    """Return a file to keep. `name` is ours: letters, digits and hyphens."""
    paper = io.StringIO()
    writer = csv.writer(paper)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=MARK + paper.getvalue(), content_type=CSV, charset="utf-8", headers=headers)
