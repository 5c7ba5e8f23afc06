"""What is found in a document that a test writes out."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from textwrap import dedent
from typing import Any

from services.faq.pairs import Found, find_pairs
from services.faq.reading import read_blocks


def found(name: str, text: str | bytes) -> Found:
    return find_pairs(read_blocks(name, text if isinstance(text, bytes) else dedent(text).encode()))


def workbook(*rows: Sequence[object]) -> bytes:
    from openpyxl import Workbook

    book: Any = Workbook()
    for row in rows:
        book.active.append(list(row))
    data = BytesIO()
    book.save(data)
    return data.getvalue()
