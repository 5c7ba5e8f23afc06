"""DOCX, by python-docx: paragraphs and tables in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from services.faq.blocks import TITLE_KINDS, Block, Unreadable
from services.faq.places import place_of
from services.faq.runs import Run, block_of
from services.faq.word_lists import Lists

_HEADING: Final = re.compile(r"(?:heading|заголовок)\s*(\d)", re.IGNORECASE)
_TITLES: Final = frozenset(("title", "название"))


def docx_blocks(data: bytes) -> Iterator[Block]:
    from docx import Document
    from docx.table import Table

    try:
        parts = list(Document(BytesIO(data)).iter_inner_content())
    except Exception as error:  # python-docx lets through whatever a damaged file makes its parts raise
        raise Unreadable("damaged", format="DOCX") from error
    lists = Lists()
    for number, part in enumerate(parts, start=1):
        if isinstance(part, Table):
            yield from _rows(part, number)
        elif block := _paragraph(part, place_of("paragraph", number), lists):
            if block.kind in TITLE_KINDS:
                lists = Lists()  # Word counts on where two lists have one style; each answer begins anew
            yield block


def _paragraph(paragraph: Any, place: str, lists: Lists) -> Block | None:
    level = _heading(paragraph)
    if level:
        return block_of("heading", list(_runs(paragraph)), place, level=level)
    if item := lists.item(paragraph):
        return block_of("item", list(_runs(paragraph)), place, level=item.level, number=item.number)
    return block_of("paragraph", list(_runs(paragraph)), place)


def _heading(paragraph: Any) -> int:
    """Return the level of a heading; 0 of what is none."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if heading := _HEADING.search(style):
        return int(heading[1]) + 1
    return 1 if style.lower() in _TITLES else 0


def _runs(paragraph: Any) -> Iterator[Run]:
    from docx.text.hyperlink import Hyperlink

    for part in paragraph.iter_inner_content():
        if isinstance(part, Hyperlink):
            yield Run(part.text, link=part.url)
        else:
            yield Run(part.text, bold=bool(part.bold), italic=bool(part.italic))


def _rows(table: Any, number: int) -> Iterator[Block]:
    above: Sequence[Any] = ()
    for line, row in enumerate(table.rows, start=1):
        parts = row.cells
        cells = tuple(cell.text.strip() for cell in parts)
        # A cell of several rows is the same one in each of them.
        merged = frozenset(n for n, pair in enumerate(zip(parts, above, strict=False)) if pair[0]._tc is pair[1]._tc)  # noqa: SLF001
        above = parts
        if any(cells):
            text, sheet = "\n".join(filter(None, cells)), place_of("table", number)
            place = place_of("row", line, sheet)
            yield Block(kind="row", text=text, cells=cells, merged=merged, sheet=sheet, place=place)
