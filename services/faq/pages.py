"""Pages: HTML as a browser saves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lxml import etree, html

from services.classify.examples import words
from services.faq.accordions import items_of, look_of, marked_pairs, opens_part, question_and_rest
from services.faq.answers_text import answer_of
from services.faq.blocks import Block, Unreadable
from services.faq.chats import exported_blocks
from services.faq.encoding import text_of
from services.faq.forms import PARAGRAPH, Form, form_of
from services.faq.places import place_of
from services.faq.questions import asks, ends_as_question
from services.faq.runs import Run, block_of, plain_of
from services.faq.spans import cells_of
from services.faq.structured import pairs_in_json

LINE: Final = "data-faq-line"
"""The attribute by which an element says the line that it stands in."""
_SKIPPED: Final = frozenset(
    ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "aside", "head", "svg", "iframe")
)
"""What stands on every page of a site, or is nothing to read."""
_WITH_HEADERS: Final = ("article", "section", "li")
_OWN_LINE: Final = frozenset(
    [
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "button",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol", "option", "p", "pre", "section"),
        *("header", "nav", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
_BOLD: Final = frozenset(("b", "strong"))
_ITALIC: Final = frozenset(("i", "em"))
_DEEPEST: Final = 200
_HEAD: Final = 4_096
"""Bytes in which a page says its encoding."""
_SPACES: Final = re.compile(r"\s+")


def page_blocks(data: bytes, *, lines: bool = False) -> Iterator[Block]:
    """Yield the page in order. What it says in JSON of its questions and answers goes before what it shows.

    `lines`: elements say in `LINE` where they stand.
    """
    try:
        said, encoding = _encoded(data)
        root = html.fromstring(said, parser=html.HTMLParser(encoding=encoding, huge_tree=False))
    except (etree.ParserError, ValueError, LookupError):
        raise Unreadable("no_page") from None
    if exported := list(exported_blocks(root)):
        yield from exported
        return
    told = [_told_in_json(*pair, number) for number, pair in enumerate(pairs_in_json(root), start=1)]
    yield from told
    reader = _Reader(items_of(root), lines=lines)
    reader.walk(root, Run(""), 0)
    reader.flush(PARAGRAPH)
    yield from _further(reader.blocks, told) if told else reader.blocks


def _further(shown: Sequence[Block], told: Sequence[Block]) -> Iterator[Block]:
    """Yield the pairs that a page marks and does not tell in JSON; all else there is a page around them."""
    known = {words(block.cells[0]) for block in told}
    yield from (block for block in shown if block.kind == "pair" and words(block.cells[0]) not in known)


def _encoded(data: bytes) -> tuple[bytes, str | None]:
    """Return the page with its encoding; None where the page says that itself."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if b"charset" in data[:_HEAD].lower():
            return data, None
        return text_of(data).encode(), "utf-8"
    return data, "utf-8"


class _Reader:
    """Gathers runs until something begins that stands on a line of its own."""

    def __init__(self, items: frozenset[Any], *, lines: bool) -> None:
        self.blocks: list[Block] = []
        self._items = items
        """Elements that may be a question and its answer."""
        self._lines = lines
        self._line = 1
        self._runs: list[Run] = []
        self._apart = False
        """Whether a line across the page was the last that was read."""

    def flush(self, form: Form, *, look: str = "") -> None:
        """Make a block of what was gathered, unless it only leads elsewhere on the page."""
        runs, self._runs = self._runs, []
        made = block_of(form.kind, runs, self._place(), level=form.level, number=form.number)
        if made and not (_leads_elsewhere(runs) and (made.kind == "item" or not (made.level or asks(made.text)))):
            self.blocks.append(replace(made, look=look, apart=self._apart))
            self._apart = False

    def walk(self, element: Any, style: Run, depth: int, form: Form = PARAGRAPH) -> None:
        """Read an element and all below it. `style` is how its text looks, `form` what its text is."""
        tag = element.tag
        if not isinstance(tag, str) or depth > _DEEPEST or _hidden(element):
            return
        if self._lines and (line := element.get(LINE)):
            self.flush(form, look=_look_around(element))
            self._line = int(line)
        if pairs := marked_pairs(element):
            self.flush(form, look=_look_around(element))
            for pair in pairs:
                self._pair(*pair, depth)
        elif element in self._items:
            self.flush(form, look=_look_around(element))
            self._item(element, style, depth)
        elif tag == "br":
            self._runs.append(replace(style, text="\n"))
        elif tag == "tr" and not _lays_out(element):
            self.flush(form)
            self._row(element, depth)
        elif tag in _OWN_LINE:
            self.flush(form, look=_look_around(element))
            self.inside(element, style, depth, own := form_of(element))
            self.flush(own, look=look_of(element))
            self._apart = self._apart or tag == "hr"
        else:
            self.inside(element, _styled(element, style), depth, form)

    def inside(self, element: Any, style: Run, depth: int, form: Form = PARAGRAPH) -> None:
        self.text(element.text, style, as_it_stands=element.tag == "pre")
        for child in element:
            self.walk(child, style, depth + 1, form)
            self.text(child.tail, style, as_it_stands=element.tag == "pre")

    def text(self, text: str | None, style: Run, *, as_it_stands: bool = False) -> None:
        if text:
            self._runs.append(replace(style, text=text if as_it_stands else _SPACES.sub(" ", text)))

    def _item(self, element: Any, style: Run, depth: int) -> None:
        below = self._below()
        below.inside(element, style, depth)
        below.flush(PARAGRAPH)
        if found := question_and_rest(below.blocks):
            self._add_pair(found[0].text, answer_of(found[1]))
        else:
            self.blocks += [replace(block, place=self._place(number)) for number, block in enumerate(below.blocks)]

    def _pair(self, question: Sequence[Any], answer: Sequence[Any], depth: int) -> None:
        below = self._below()
        if question[-1].tag == "summary":
            below.text(question[-1].tail, Run(""))
        for part in answer:
            below.walk(part, Run(""), depth + 1)
            below.text(part.tail, Run(""))
        below.flush(PARAGRAPH)
        self._add_pair(" ".join(part.text_content() for part in question), answer_of(below.blocks))

    def _add_pair(self, question: str, answer: str) -> None:
        cells = (" ".join(question.split()), answer)
        self._apart = False
        self.blocks.append(Block(kind="pair", text="\n".join(cells), cells=cells, place=self._place()))

    def _row(self, element: Any, depth: int) -> None:
        line = cells_of(element)
        cells = tuple(self._cell(cell, depth) if cell is not None else "" for cell in line.cells)
        if any(cells):
            text, place = "\n".join(filter(None, cells)), self._place()
            row = Block(kind="row", text=text, cells=cells, merged=line.merged, sheet="page", place=place)
            self.blocks.append(row)

    def _cell(self, cell: Any, depth: int) -> str:
        below = self._below()
        below.walk(cell, Run(""), depth + 1)
        below.flush(PARAGRAPH)
        return "\n".join(block.text for block in below.blocks)

    def _below(self) -> _Reader:
        below = _Reader(self._items, lines=self._lines)
        below._line = self._line
        return below

    def _place(self, further: int = 0) -> str:
        if self._lines:
            return place_of("line", self._line)
        return place_of("paragraph", len(self.blocks) + further + 1)


def _styled(element: Any, style: Run) -> Run:
    if element.tag in _BOLD:
        return replace(style, bold=True)
    if element.tag in _ITALIC:
        return replace(style, italic=True)
    if element.tag == "a" and not opens_part(element):
        return replace(style, link=element.get("href") or "")
    return style


def _leads_elsewhere(runs: Sequence[Run]) -> bool:
    """Whether all of it is a link within the page, as in a list of contents."""
    return all(run.link.startswith("#") and run.link != "#" for run in runs if run.text.strip())


def _hidden(element: Any) -> bool:
    """Whether nobody reads it. What a closed accordion hides is read by whoever opens it, so styles do not count."""
    if element.tag == "nav" and element.find(".//a") is None:
        return False  # no menu: some site builders fold answers into it
    if element.tag == "header" and next(element.iterancestors(*_WITH_HEADERS), None) is not None:
        return False  # a part's own
    if element.tag in _SKIPPED:
        return True
    if element.tag == "button":
        return not (opens_part(element) or ends_as_question(element.text_content()))
    return element.get("role") in {"navigation", "banner", "contentinfo", "dialog", "alertdialog"}


def _lays_out(row: Any) -> bool:
    """Whether a table only puts parts of the page side by side, as old pages do."""
    return bool(row.xpath(".//table | .//h1 | .//h2 | .//h3 | .//h4 | .//details | .//form"))


def _look_around(element: Any) -> str:
    """Return how the text before the element looks: as what both stand in."""
    around = element.getparent()
    return "" if around is None else look_of(around)


def _told_in_json(question: str, answer: str, number: int) -> Block:
    """Return the pair that a page tells search engines: that is put well."""
    asked = plain_of([Run(html.fromstring(question).text_content() if question.strip() else "")])
    cells = (" ".join(asked.split()), answer_of(page_blocks(f"<div>{answer}</div>".encode())))
    return Block(kind="pair", text="\n".join(cells), cells=cells, place=place_of("question", number))
