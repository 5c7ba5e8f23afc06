"""By what a document marks its questions. One of the ways is taken for the whole, the plainest first.

An answer may ask too ("Did not find it? Write to us"), so a sign counts only where no plainer one is used.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.faq.blocks import Block
from services.faq.looks import look_alikes
from services.faq.questions import asked, asks, bare, ends_as_question, told

_FIRST_SENTENCE: Final = re.compile(r"(?P<question>[^?\n]{3,300}\?)\s+(?:[–—-]\s+)?(?P<answer>(?=[^\s])[\s\S]+)")
_BOLD_BEGINNING: Final = re.compile(r"<b>([^<]{3,300})</b>(?=.)", re.DOTALL)
_TITLES: Final = frozenset(("heading", "bold"))
_ENOUGH: Final = 2
"""So many questions make a way: one may stand by chance."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A way of marking: what a block asks, and what of a block is the answer."""

    question: Callable[[Block], str | None]
    may_repeat: bool = False
    """Several questions one below the other are ways of asking for the same."""
    labelled: bool = False

    def answer(self, block: Block) -> Block:
        """Take a label such as `A:` away."""
        said = told(block.text)
        if said is None or not (self.labelled or block.text.casefold().startswith(("ответ", "answer"))):
            return block
        return replace(block, text=said, markup="")


def marker_of(blocks: Sequence[Block]) -> Marker:
    """Return the way that the document has."""
    ways = (
        Marker(_labelled, may_repeat=True, labelled=True),
        Marker(_with_alikes(blocks, _asking_heading)),
        Marker(_with_alikes(blocks, _asking_bold), may_repeat=True),
        Marker(_with_alikes(blocks, _of_its_own(blocks)), may_repeat=True),
        Marker(lambda block: _titles(blocks, block)),
    )
    counts = [sum(way.question(block) is not None for block in blocks) for way in ways]
    enough = [way for way, count in zip(ways, counts, strict=True) if count >= _ENOUGH]
    some = [way for way, count in zip(ways, counts, strict=True) if count]
    return (enough or some or [ways[-1]])[0]


def _with_alikes(blocks: Sequence[Block], question: Callable[[Block], str | None]) -> Callable[[Block], str | None]:
    alike = look_alikes(blocks, question)
    return lambda block: question(block) or (bare(block.text) if id(block) in alike else None)


def _of_its_own(blocks: Sequence[Block]) -> Callable[[Block], str | None]:
    """Where questions stand below an empty line, one that stands in the lines of an answer is part of it."""
    before: Sequence[Block | None] = [None, *blocks]
    asking = [
        block
        for block, above in zip(blocks, before, strict=False)
        if _asking_line(block) and not (above and _asking_line(above))
    ]
    inside = [block for block in asking if block.close and bare(block.text) == block.text]
    if len(inside) * 3 > len(asking):
        return _asking_line
    within = frozenset(map(id, inside))
    return lambda block: None if id(block) in within else _asking_line(block)


def split(blocks: Sequence[Block]) -> list[Block]:
    """Part a question from the answer that stands in one block with it."""
    parted = [part for block in blocks for part in _lines(block)]
    if not any(_asks_somewhere(block) for block in parted):
        return [part for block in parted for part in _lead_in(block)] if _has_lead_ins(parted) else parted
    alone = sum(ends_as_question(block.text) or _stands_out(block) for block in parted)
    return parted if alone >= _ENOUGH else [part for block in parted for part in _sentences(block)]


def _asks_somewhere(block: Block) -> bool:
    return "?" in block.text or _stands_out(block) or asked(block.text) is not None


def _has_lead_ins(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs begin with a title in bold, in a document that has no other titles."""
    titles = sum(block.kind in _TITLES for block in blocks)
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


def _stands_out(block: Block) -> bool:
    return block.kind in {"heading", "bold"} and asks(block.text)


def _lines(block: Block) -> Iterator[Block]:
    """Part a first line, or a bold beginning, that asks."""
    if block.kind in {"pair", "row", "heading"}:
        yield block
        return
    first, line_end, rest = block.text.partition("\n")
    above, _, below = block.markup.partition("\n")
    if found := _BOLD_BEGINNING.match(block.markup):
        first, rest = html.unescape(found[1]), block.text[len(html.unescape(found[1])) :].strip()
        above, below = found[0], block.markup[found.end() :].strip()
    elif not line_end:
        rest = ""
    if not rest or not (ends_as_question(first) or asked(first)):
        yield block
        return
    bold = above.startswith("<b>") and above.endswith("</b>")
    yield replace(block, kind="bold" if bold else block.kind, text=first, markup=above)
    yield replace(block, kind="paragraph", text=rest, markup=below, close=True)


def _sentences(block: Block) -> Iterator[Block]:
    """`What does it cost? 300 a month.` is both in one line."""
    found = _FIRST_SENTENCE.fullmatch(block.text) if block.kind in {"paragraph", "item"} else None
    if not found or not asks(found["question"]):
        yield block
        return
    yield replace(block, text=found["question"], markup="")
    yield replace(block, kind="paragraph", text=found["answer"], markup="", close=True)


def _labelled(block: Block) -> str | None:
    return asked(block.text) or None if block.kind not in {"pair", "row"} else None


def _asking_heading(block: Block) -> str | None:
    return bare(block.text) if block.kind == "heading" and asks(block.text) else None


def _asking_bold(block: Block) -> str | None:
    return bare(block.text) if block.kind == "bold" and asks(block.text) else None


def _asking_line(block: Block) -> str | None:
    return bare(block.text) if block.kind in {"paragraph", "item", "bold"} and ends_as_question(block.text) else None


def _titles(blocks: Sequence[Block], block: Block) -> str | None:
    """A heading, or a bold line, with text right below it, in a document that asks nowhere and marks no pairs."""
    if any(each.kind == "pair" for each in blocks):
        return None
    levels = Counter(_level(each) for each in blocks if each.kind in _TITLES)
    repeated = [level for level, count in levels.items() if count >= _ENOUGH]
    # Of the document's levels the title's own has one heading only.
    fitting = sorted(repeated or levels, key=lambda level: level[0] == "bold")
    if not fitting or block.kind != fitting[0][0] or (repeated and _level(block) not in repeated):
        return None
    after = blocks[_place(blocks, block) + 1 :]
    return bare(block.text).rstrip(".:") if after and after[0].kind not in {"heading", block.kind} else None


def _level(block: Block) -> tuple[str, int]:
    return block.kind, block.level


def _place(blocks: Sequence[Block], block: Block) -> int:
    return next(number for number, each in enumerate(blocks) if each is block)
