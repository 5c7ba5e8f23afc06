"""By what a document marks its questions. One of the ways is taken at a time, the plainest first.

An answer may ask too ("Did not find it? Write to us"), so a sign counts only where no plainer one is used: in a text
that has none of the plainer ones, or in the parts of it that they leave without a question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from services.faq.blocks import Block
from services.faq.looks import look_alikes, over_questions
from services.faq.numbering import numbered_on
from services.faq.questions import asked, asks, bare, ends_as_question, told
from services.faq.titles import titles_of

_TOLD_WORDS: Final = ("ответ", "answer")
_ENOUGH: Final = 2
"""So many questions make a way: one may stand by chance."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A way of marking: what a block asks, and what of a block is the answer."""

    question: Callable[[Block], str | None]
    may_repeat: bool = False
    """Several questions one below the other are ways of asking for the same."""
    labelled: bool = False
    """Answers have a label."""

    def answer(self, block: Block) -> Block:
        """Take a label such as `A:` away."""
        said = told(block.text)
        if said is None or not (self.labelled or block.text.casefold().startswith(_TOLD_WORDS)):
            return block
        return replace(block, text=said, markup="")


Way = Callable[[Sequence[Block]], Marker]
"""Looks at a whole text, and tells how it marks its questions if it does so in this way."""


def marker_of(blocks: Sequence[Block], ways: Sequence[Way]) -> tuple[Way, Marker] | None:
    """Return the first of the ways that the text has, and how it marks there; None where it has none of them."""
    markers = [(way, way(blocks)) for way in ways]
    counts = [sum(marker.question(block) is not None for block in blocks) for _, marker in markers]
    enough = [each for each, count in zip(markers, counts, strict=True) if count >= _ENOUGH]
    some = [each for each, count in zip(markers, counts, strict=True) if count]
    return next(iter(enough or some), None)


def _by_label(blocks: Sequence[Block]) -> Marker:  # noqa: ARG001  # a way looks at the whole text; this one need not
    return Marker(_labelled, may_repeat=True, labelled=True)


def _by_labelled_answer(blocks: Sequence[Block]) -> Marker:
    return Marker(_above_told(blocks), labelled=True)


def _by_heading(blocks: Sequence[Block]) -> Marker:
    return Marker(_with_alikes(blocks, _asking_heading))


def _by_bold(blocks: Sequence[Block]) -> Marker:
    return Marker(_with_alikes(blocks, _bold_or_beside(blocks)), may_repeat=True)


def _by_line(blocks: Sequence[Block]) -> Marker:
    return Marker(_with_alikes(blocks, _of_its_own(blocks)), may_repeat=True)


def _by_title(blocks: Sequence[Block]) -> Marker:
    return Marker(_titled(blocks))


WAYS: Final[Sequence[Way]] = (_by_label, _by_labelled_answer, _by_heading, _by_bold, _by_line, _by_title)
"""The plainest first. The last one is for a text that asks nowhere."""


def _with_alikes(blocks: Sequence[Block], question: Callable[[Block], str | None]) -> Callable[[Block], str | None]:
    alike, above = look_alikes(blocks, question) | numbered_on(blocks, question), over_questions(blocks)

    def asking(block: Block) -> str | None:
        if id(block) in above:
            return None
        return question(block) or (bare(block.text) if id(block) in alike else None)

    return asking


def _above_told(blocks: Sequence[Block]) -> Callable[[Block], str | None]:
    """Where only answers have a label, the line above one is its question."""
    asking = frozenset(id(block) for block, after in pairwise(blocks) if _answers(after) and not _answers(block))
    return lambda block: bare(block.text) if id(block) in asking else None


def _answers(block: Block) -> bool:
    return block.text.casefold().startswith(_TOLD_WORDS) and told(block.text) is not None


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


def _titled(blocks: Sequence[Block]) -> Callable[[Block], str | None]:
    titles = titles_of(blocks)
    return lambda block: bare(block.text).rstrip(".:") if id(block) in titles else None


def _labelled(block: Block) -> str | None:
    return asked(block.text) or None if block.kind not in {"pair", "row"} else None


def _asking_heading(block: Block) -> str | None:
    return bare(block.text) if block.kind == "heading" and asks(block.text) else None


def _bold_or_beside(blocks: Sequence[Block]) -> Callable[[Block], str | None]:
    """Where items are in bold that ask, an item of the same list need not be."""
    lists = frozenset(block.level for block in blocks if block.level and _asking_bold(block))

    def asking(block: Block) -> str | None:
        beside = block.kind == "item" and block.level in lists
        return _asking_line(block) if beside else _asking_bold(block)

    return asking


def _asking_bold(block: Block) -> str | None:
    return bare(block.text) if block.kind == "bold" and asks(block.text) else None


def _asking_line(block: Block) -> str | None:
    return bare(block.text) if block.kind in {"paragraph", "item", "bold"} and ends_as_question(block.text) else None
