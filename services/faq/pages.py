"""Pages: HTML as a browser saves it, and Markdown by way of HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from lxml import etree, html

from services.faq.answers_text import answer_of
from services.faq.blocks import Block, BlockKind, Unreadable
from services.faq.runs import Run, block_of, plain_of

_SKIPPED: Final = frozenset(
    ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "aside", "head", "svg", "iframe")
)
"""What stands on every page of a site, or is nothing to read."""
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
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
_BOLD: Final = frozenset(("b", "strong"))
_ITALIC: Final = frozenset(("i", "em"))
_DEEPEST: Final = 200
_SPACES: Final = re.compile(r"\s+")


def markdown_blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    return page_blocks(MarkdownIt("commonmark").enable("table").render(text).encode())


def page_blocks(data: bytes) -> Iterator[Block]:
    """Yield the page in order. Where it says in JSON what its questions and answers are, that is taken alone."""
    try:
        root = html.fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), huge_tree=False))
    except (etree.ParserError, ValueError, LookupError):
        raise Unreadable("there is no page in this file; save it from the browser as “web page, HTML only”") from None
    told = list(_told_in_json(root))
    if told:
        yield from told
    else:
        reader = _Reader()
        reader.walk(root, Run(""), 0)
        reader.flush("paragraph")
        yield from reader.blocks


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None  # the page says so itself
    return "utf-8"


class _Reader:
    """Gathers runs until something begins that stands on a line of its own."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []

    def flush(self, kind: BlockKind, *, level: int = 0) -> None:
        """Make a block of what was gathered."""
        runs, self._runs = self._runs, []
        made = block_of(kind, runs, self._place(), level=level)
        if made:
            self.blocks.append(made)

    def walk(self, element: Any, style: Run, depth: int, kind: BlockKind = "paragraph") -> None:
        """Read an element and all below it. `style` is how its text looks, `kind` what its text is."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _DEEPEST or _hidden(element):
            return
        if (pair := _marked(element)) is not None:
            self.flush(kind)
            self._pair(*pair, depth)
        elif tag == "br":
            self._runs.append(replace(style, text="\n"))
        elif tag == "tr":
            self.flush(kind)
            self._row(element, depth)
        elif tag in _OWN_LINE:
            self.flush(kind)
            self._inside(element, style, depth, own := _kind_of(tag))
            self.flush(own, level=int(tag[1]) if own == "heading" else 0)
        else:
            self._inside(element, _styled(element, style), depth, kind)

    def _inside(self, element: Any, style: Run, depth: int, kind: BlockKind) -> None:
        self._text(element.text, style, as_it_stands=element.tag == "pre")
        for child in element:
            self.walk(child, style, depth + 1, kind)
            self._text(child.tail, style, as_it_stands=element.tag == "pre")

    def _text(self, text: str | None, style: Run, *, as_it_stands: bool = False) -> None:
        if text:
            self._runs.append(replace(style, text=text if as_it_stands else _SPACES.sub(" ", text)))

    def _pair(self, question: Any, answer: list[Any], depth: int) -> None:
        below = _Reader()
        below._text(question.tail if question.getparent().tag == "details" else None, Run(""))
        for part in answer:
            below.walk(part, Run(""), depth + 1)
            below._text(part.tail, Run(""))
        below.flush("paragraph")
        asked = " ".join(question.text_content().split())
        cells = (asked, answer_of(below.blocks))
        self.blocks.append(Block(kind="pair", text="\n".join(cells), cells=cells, place=self._place()))

    def _row(self, element: Any, depth: int) -> None:
        cells = []
        for cell in element.iterchildren("td", "th"):
            below = _Reader()
            below.walk(cell, Run(""), depth + 1)
            below.flush("paragraph")
            cells.append("\n".join(block.text for block in below.blocks))
        if any(cells):
            text = "\n".join(filter(None, cells))
            self.blocks.append(Block(kind="row", text=text, cells=tuple(cells), sheet="page", place=self._place()))

    def _place(self) -> str:
        return f"paragraph {len(self.blocks) + 1}"


def _kind_of(tag: str) -> BlockKind:
    if tag[0] == "h" and tag[1:].isdigit():
        return "heading"
    return "item" if tag == "li" else "bold" if tag == "button" else "paragraph"


def _styled(element: Any, style: Run) -> Run:
    if element.tag in _BOLD:
        return replace(style, bold=True)
    if element.tag in _ITALIC:
        return replace(style, italic=True)
    return replace(style, link=element.get("href") or "") if element.tag == "a" else style


def _hidden(element: Any) -> bool:
    """Whether nobody reads it. What a closed accordion hides is read by whoever opens it, so styles do not count."""
    if element.tag == "button":  # one that opens something is a question's, others do something
        return not any(map(element.get, ("aria-expanded", "aria-controls", "data-target", "data-bs-target")))
    return element.get("role") in {"navigation", "banner", "contentinfo"}


def _marked(element: Any) -> tuple[Any, list[Any]] | None:
    """Return the question and the parts of the answer where the page marks them as such."""
    if element.tag == "details":
        summary = element.find("summary")
        return None if summary is None else (summary, [child for child in element if child is not summary])
    if str(element.get("itemtype", "")).endswith("schema.org/Question"):
        asked = element.xpath('.//*[@itemprop="name"]')
        told = element.xpath('.//*[@itemprop="text"]')
        return (asked[0], told[:1]) if asked and told else None
    return None


def _told_in_json(root: Any) -> Iterator[Block]:
    """Yield the pairs of schema.org's FAQPage: what search engines are shown is put well."""
    for script in root.xpath('//script[@type="application/ld+json"]'):
        try:
            told = json.loads(script.text or "")
        except ValueError:
            continue
        for number, (question, answer) in enumerate(_pairs_in(told, 0), start=1):
            asked = plain_of([Run(html.fromstring(question).text_content() if question.strip() else "")])
            below = list(page_blocks(f"<div>{answer}</div>".encode()))
            cells = (asked, answer_of(below))
            place = f"question {number} of the page"
            yield Block(kind="pair", text="\n".join(cells), cells=cells, place=place)


def _pairs_in(told: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(told, list):
        for one in told:
            yield from _pairs_in(one, depth + 1)
    elif isinstance(told, dict):
        answer = told.get("acceptedAnswer")
        answer = answer[0] if isinstance(answer, list) and answer else answer
        if told.get("@type") == "Question" and isinstance(answer, dict):
            yield str(told.get("name") or told.get("text") or ""), str(answer.get("text") or "")
        else:
            for one in told.values():
                yield from _pairs_in(one, depth + 1)
