"""Questions with what stands below them, gathered from the blocks of a document."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from services.faq.answers_text import answer_of
from services.faq.blocks import Block, Unused
from services.faq.columns import Columns, Table, table_of
from services.faq.looks import with_topics
from services.faq.markers import Marker, marker_of
from services.faq.pages import page_blocks
from services.faq.questions import asks
from services.faq.splitting import split

_COLUMNS: Final = 2
"""A table of fewer is text in a frame, or a list."""
_HTML: Final = re.compile(r"</?(?:p|br|b|i|strong|em|a|ul|ol|li|div|span)\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Open:
    """A question whose answer is being gathered."""

    questions: list[str]
    topic: str
    place: str
    language: str = ""
    blocks: list[Block] = field(default_factory=list)
    answer: str = ""

    @property
    def told(self) -> str:
        return self.answer or answer_of(self.blocks)


def gathered(blocks: Sequence[Block], unused: list[Unused]) -> Iterator[Open]:
    """Yield all of it. A table of something else is part of the text around it."""
    text: list[Block] = []
    heading = ""
    for sheet, group in groupby(blocks, key=lambda block: block.sheet if block.kind == "row" else None):
        listed = list(group)
        table = table_of(listed) if sheet is not None else None
        if table is None:
            text += (
                _lines_of(listed) if all(len(list(filter(None, row.cells))) < _COLUMNS for row in listed) else listed
            )
            heading = next((block.text for block in reversed(listed) if block.kind == "heading"), heading)
            continue
        yield from _in_text(text, unused)
        text = []
        yield from _in_table(table, heading)
    yield from _in_text(text, unused)


def _in_table(table: Table, heading: str) -> Iterator[Open]:
    above = heading
    for number, row in enumerate(table.rows):
        if number + 1 < len(table.rows) and (section := _section(row, table.columns)):
            above = section
            continue
        for columns in table.columns:
            cells = dict(enumerate(row.cells))
            # Tables leave a topic out where it is the row's above.
            above = cells.get(columns.topic, "") or above if columns.topic is not None else above
            language = cells.get(columns.language, "").casefold()[:2] if columns.language is not None else ""
            questions = [cells[place] for place in columns.questions if cells.get(place)]
            if questions or cells.get(columns.answer):
                told = _cell(cells.get(columns.answer, ""))
                yield Open(questions, above, row.place, language if language.isalpha() else "", answer=told)


def _section(row: Block, columns: Sequence[Columns]) -> str:
    """Return what a row says that has one text only, as wide as the table: a topic of the rows below it."""
    filled = set(filter(None, row.cells))
    places = {place for place, cell in enumerate(row.cells) if cell}
    answers = {each.answer for each in columns}
    return filled.pop() if len(filled) == 1 and places - answers and not asks(row.text) else ""


def _cell(text: str) -> str:
    """Return a cell as Telegram's HTML. Programs that hold a site's texts export cells of HTML."""
    return (
        answer_of(page_blocks(f"<div>{text}</div>".encode())) if _HTML.search(text) else html.escape(text, quote=False)
    )


def _lines_of(rows: Sequence[Block]) -> list[Block]:
    return [replace(row, kind="paragraph", cells=(), sheet="") if row.kind == "row" else row for row in rows]


def _in_text(blocks: Sequence[Block], unused: list[Unused]) -> Iterator[Open]:
    parted = split(blocks)
    marker = marker_of(parted)
    reading = _Reading(marker, unused)
    for block in with_topics(parted, marker.question):
        reading.take(block)
    yield from reading.found


class _Reading:
    """Takes the blocks of a text in order, and gathers below each question what answers it."""

    def __init__(self, marker: Marker, unused: list[Unused]) -> None:
        self.found: list[Open] = []
        self._marker = marker
        self._unused = unused
        self._open: Open | None = None
        self._topics: dict[int, str] = {}
        """The headings above, by their level."""
        self._before: Block | None = None

    def take(self, block: Block) -> None:
        if block.kind == "pair":
            self._open = None
            self.found.append(Open([block.cells[0]], self._topic(), block.place, answer=block.cells[1]))
        elif block.kind == "row":
            self._row(block)
        elif (question := self._marker.question(block)) is not None:
            self._question(question, block)
        elif block.kind == "heading":
            self._open = None
            above = {level: said for level, said in self._topics.items() if level < block.level}
            self._topics = above | {block.level: block.text}
        elif self._open:
            self._open.blocks.append(self._marker.answer(block))
        else:
            self._unused.append(Unused(block.place, block.text, "no_question"))
        self._before = block

    def _question(self, question: str, block: Block) -> None:
        if self._open and not self._open.told and self._marker.may_repeat:
            self._open.questions.append(question)
        else:
            self._open = Open([question], self._topic(below=block), block.place)
            self.found.append(self._open)

    def _row(self, row: Block) -> None:
        """Take a row of a table that has no questions: a line of the answer that it stands in."""
        further = self._before is not None and self._before.kind == "row"
        if self._open:
            text = " — ".join(filter(None, row.cells))
            self._open.blocks.append(replace(row, kind="paragraph", text=text, close=further))
        elif not further:
            self._unused.append(Unused(row.place, row.text, "no_columns"))

    def _topic(self, below: Block | None = None) -> str:
        """Return the nearest heading; the title of a whole document, which stands alone at its level, counts too."""
        fitting = [level for level in self._topics if below is None or below.kind != "heading" or level < below.level]
        return self._topics[max(fitting)] if fitting else ""
