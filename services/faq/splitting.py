"""A question that stands in one block with its answer is parted from it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from services.faq.blocks import TITLE_KINDS, Block
from services.faq.questions import asked, asks, ends_as_question

_FIRST_SENTENCE: Final = re.compile(r"(?P<question>[^?\n]{3,300}\?)\s+(?:[–—-]\s+)?(?P<answer>(?=[^\s])[\s\S]+)")
_BOLD_BEGINNING: Final = re.compile(r"<b>([^<]{3,300})</b>(?=.)", re.DOTALL)
_NAMED: Final = re.compile(r"(?P<title>[A-ZА-ЯЁ][^:.!?;\n]{1,40}):[ \t]+(?P<text>\S[^\n]*)")
_ENOUGH: Final = 2


def split(blocks: Sequence[Block]) -> list[Block]:
    """Part a question from the answer that stands in one block with it."""
    parted = [part for block in blocks for part in _lines(block)]
    if not any(_asks_somewhere(block) for block in parted):
        way = _lead_in if _has_lead_ins(parted) else _named_line if _are_named(parted) else None
        return [part for block in parted for part in way(block)] if way else parted
    alone = sum(ends_as_question(block.text) or _stands_out(block) for block in parted)
    return parted if alone >= _ENOUGH else [part for block in parted for part in _sentences(block)]


def _asks_somewhere(block: Block) -> bool:
    return "?" in block.text or _stands_out(block) or asked(block.text) is not None


def _has_lead_ins(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs begin with a title in bold, in a document that has no other titles."""
    titles = sum(block.kind in TITLE_KINDS for block in blocks)
    return titles < _ENOUGH <= sum(len(list(_lead_in(block))) > 1 for block in blocks)


def _lead_in(block: Block) -> Iterator[Block]:
    found = _BOLD_BEGINNING.match(block.markup) if block.kind == "paragraph" else None
    title = html.unescape(found[1]) if found else ""
    if not found or title[-1] not in ".:":
        yield block
        return
    yield replace(block, kind="bold", text=title, markup=found[0])
    rest = block.text[len(title) :].strip()
    yield replace(block, kind="paragraph", text=rest, markup=block.markup[found.end() :].strip(), close=True)


def _are_named(blocks: Sequence[Block]) -> bool:
    """Whether every paragraph begins as `Delivery: by courier, $5` does, in a text that has no titles."""
    begun = [block for block in blocks if not block.close]
    named = sum(len(list(_named_line(block))) > 1 for block in blocks)
    titled = any(block.kind in TITLE_KINDS for block in blocks)
    return not titled and named >= _ENOUGH and all(len(list(_named_line(block))) > 1 for block in begun)


def _named_line(block: Block) -> Iterator[Block]:
    found = _NAMED.fullmatch(block.text) if block.kind in {"paragraph", "item"} else None
    if found is None:
        yield block
        return
    yield replace(block, kind="bold", text=found["title"], markup="")
    named = f"{html.escape(found['title'], quote=False)}:"
    markup = block.markup.removeprefix(named).strip() if block.markup.startswith(named) else ""
    yield replace(block, kind="paragraph", text=found["text"], markup=markup, close=True)


def _stands_out(block: Block) -> bool:
    return block.kind in TITLE_KINDS and asks(block.text)


def _lines(block: Block) -> Iterator[Block]:
    """Part a first line, or a bold beginning, that asks."""
    if block.kind in {"pair", "row", "heading"}:
        yield block
        return
    if labelled := _labelled_lines(block):
        yield from labelled
        return
    first, line_end, rest = block.text.partition("\n")
    above, _, below = block.markup.partition("\n")
    if found := _BOLD_BEGINNING.match(block.markup):
        first, rest = html.unescape(found[1]), block.text[len(html.unescape(found[1])) :].strip()
        above, below = found[0], block.markup[found.end() :].strip()
    elif not line_end:
        rest = ""
    bold = above.startswith("<b>") and above.endswith("</b>")
    if not rest or not (ends_as_question(first) or asked(first)):
        yield replace(block, kind="bold") if bold and block.kind == "item" and ends_as_question(block.text) else block
        return
    yield replace(block, kind="bold" if bold else block.kind, text=first, markup=above)
    yield replace(block, kind="paragraph", text=rest, markup=below, close=True)


def _labelled_lines(block: Block) -> list[Block]:
    """Part the lines of a block of which several ask with a label; what stands below one without a label goes on."""
    lines = block.text.split("\n")
    begins = [number for number, line in enumerate(lines) if asked(line) is not None]
    if not [number for number in begins if number]:
        return []
    bounds = [*dict.fromkeys((0, *begins, *(number + 1 for number in begins))), len(lines)]
    parts = ["\n".join(lines[begin:end]) for begin, end in pairwise(sorted(bounds))]
    return [replace(block, text=part, markup="", close=number > 0) for number, part in enumerate(filter(None, parts))]


def _sentences(block: Block) -> Iterator[Block]:
    """`What does it cost? 300 a month.` is both in one line."""
    found = _FIRST_SENTENCE.fullmatch(block.text) if block.kind in {"paragraph", "item"} else None
    if not found or not asks(found["question"]):
        yield block
        return
    yield replace(block, text=found["question"], markup="")
    yield replace(block, kind="paragraph", text=found["answer"], markup="", close=True)
