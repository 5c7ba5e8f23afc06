"""Questions with what stands below them, gathered from the blocks of a document."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from services.faq.answers_text import answer_of
from services.faq.blocks import TITLE_KINDS, Block, Unused
from services.faq.columns import Columns, Table, table_of
from services.faq.looks import with_topics
from services.faq.markers import WAYS, Marker, Way, marker_of
from services.faq.pages import page_blocks
from services.faq.questions import asks
from services.faq.splitting import split

Topics = dict[int, str]
"""The headings above, by their level."""

_COLUMNS: Final = 2
"""A table of fewer is text in a frame, or a list."""
_ASKS_NOWHERE: Final = Marker(lambda _block: None)
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
    for sheet, group in groupby(
        _without_footer(blocks, unused), key=lambda block: block.sheet if block.kind == "row" else None
    ):
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


def _without_footer(blocks: Sequence[Block], unused: list[Unused]) -> Sequence[Block]:
    """Leave out what stands below the last line across the page and asks nothing: customers would read who owns it.

    Where several lines part the text, more than one paragraph may be a question and its answer.
    """
    lines = [number for number, block in enumerate(blocks) if block.apart and number]
    tail = blocks[lines[-1] :] if lines else ()
    if not tail or (len(lines) > 1 and len(tail) > 1):
        return blocks
    above = blocks[lines[-1] - 1]
    if above.kind in TITLE_KINDS or asks(above.text) or any(one.kind != "paragraph" or "?" in one.text for one in tail):
        return blocks
    unused += (Unused(block.place, block.text, "footer") for block in tail)
    return blocks[: lines[-1]]


def _in_table(table: Table, heading: str) -> Sequence[Open]:
    above = heading
    found: list[Open] = []
    last: dict[Columns, Open] = {}
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
            told = _cell(cells.get(columns.answer, ""))
            beside = row.merged.issuperset(columns.questions) and columns.answer not in row.merged
            if beside and columns in last:  # one question of several rows
                last[columns].answer = "\n".join(filter(None, (last[columns].answer, told)))
            elif questions or told:
                last[columns] = Open(questions, above, row.place, language if language.isalpha() else "", answer=told)
                found.append(last[columns])
    return found


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
    yield from _read(blocks, WAYS, {}, unused)


def _read(blocks: Sequence[Block], ways: Sequence[Way], topics: Topics, unused: list[Unused]) -> Iterator[Open]:
    """Read a text by the first of the ways that it has; what stands in no answer then is read by the others."""
    parted = split(blocks)
    found = marker_of(parted, ways)
    further = [each for each in ways if found and each not in {found[0], WAYS[-1]}]
    marker = found[1] if found else _ASKS_NOWHERE

    def otherwise(left: Sequence[Block], above: Topics) -> Iterable[Open]:
        return _read(left, further, above, unused) if further else _report(left, unused)

    reading = _Reading(marker, topics, otherwise)
    for block in with_topics(parted, marker.question):
        reading.take(block)
    yield from reading.finished()


def _report(blocks: Sequence[Block], unused: list[Unused]) -> Iterable[Open]:
    """Say what is part of nothing; of a table, its first row tells it."""
    before: Block | None = None
    for block in blocks:
        if block.kind == "row":
            if before is None or before.kind != "row":
                unused.append(Unused(block.place, block.text, "no_columns"))
        elif block.kind != "heading":
            unused.append(Unused(block.place, block.text, "no_question"))
        before = block
    return ()


class _Reading:
    """Takes the blocks of a text in order, and gathers below each question what answers it."""

    def __init__(
        self, marker: Marker, topics: Topics, otherwise: Callable[[Sequence[Block], Topics], Iterable[Open]]
    ) -> None:
        self._found: list[Open] = []
        self._marker = marker
        self._otherwise = otherwise
        """Reads what stands below no question of this way."""
        self._open: Open | None = None
        self._topics = topics
        self._left: list[Block] = []
        self._above = topics
        """The topics where what is left begins."""
        self._before: Block | None = None

    def take(self, block: Block) -> None:
        if block.kind == "pair":
            self._close()
            self._found.append(Open([block.cells[0]], self._topic(), block.place, answer=block.cells[1]))
        elif (question := self._marker.question(block)) is not None:
            self._question(question, block)
        elif block.kind == "heading":
            self._heading(block)
        elif self._open:
            self._open.blocks.append(self._row(block) if block.kind == "row" else self._marker.answer(block))
        else:
            self._left.append(block)
        self._before = block

    def finished(self) -> Sequence[Open]:
        self._close()
        return self._found

    def _close(self) -> None:
        """End what was read: an answer, or a part without questions."""
        self._open = None
        left, self._left = self._left, []
        if any(block.kind != "heading" for block in left):
            self._found += self._otherwise(left, self._above)
        self._above = self._topics

    def _question(self, question: str, block: Block) -> None:
        if self._open and not self._open.told and self._marker.may_repeat:
            self._open.questions.append(question)
            return
        self._close()
        if block.kind == "heading":
            self._topics = self._higher(block.level)
        self._open = Open([question], self._topic(below=block), block.place)
        self._found.append(self._open)

    def _heading(self, heading: Block) -> None:
        if self._open:
            self._close()
        self._left.append(heading)
        self._topics = self._higher(heading.level) | {heading.level: heading.text}

    def _higher(self, than: int) -> Topics:
        return {level: said for level, said in self._topics.items() if level < than}

    def _row(self, row: Block) -> Block:
        """Return a row of a table that has no questions as a line of the answer that it stands in."""
        further = self._before is not None and self._before.kind == "row"
        return replace(row, kind="paragraph", text=" — ".join(filter(None, row.cells)), close=further)

    def _topic(self, below: Block | None = None) -> str:
        """Return the nearest heading; the title of a whole document, which stands alone at its level, counts too."""
        fitting = [level for level in self._topics if below is None or below.kind != "heading" or level < below.level]
        return self._topics[max(fitting)] if fitting else ""
