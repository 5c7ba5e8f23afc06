"""What stands for questions in a document that asks nowhere: its headings, bold lines, or first lines of paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from services.faq.blocks import TITLE_KINDS, Block
from services.faq.looks import is_title
from services.faq.questions import ends_as_question

_ENOUGH: Final = 2


def titles_of(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the `id` of each title with an answer below it; none where the document marks its pairs."""
    if any(block.kind == "pair" for block in blocks):
        return frozenset()
    levels = Counter(_level(block) for block in blocks if block.kind in TITLE_KINDS)
    if not levels:
        return frozenset(_first_lines(blocks))
    repeated = [level for level, count in levels.items() if count >= _ENOUGH]
    # Of the document's levels the title's own has one heading only.
    fitting = repeated or list(levels)
    kind = "heading" if any(level[0] == "heading" for level in fitting) else "bold"
    return frozenset(
        id(block)
        for block, after in pairwise(blocks)
        if block.kind == kind and _level(block) in fitting and after.kind not in {"heading", kind}
    )


def _first_lines(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the lines that stand above others of their paragraph, where nearly all paragraphs have one like a title."""
    begun = [block for block in blocks if not block.close]
    titled = [block for block, after in pairwise(blocks) if not block.close and after.close and is_title(block)]
    if any(ends_as_question(block.text) for block in blocks):
        return
    if len(titled) >= _ENOUGH and len(titled) * 3 >= len(begun) * 2:
        yield from map(id, titled)


def _level(block: Block) -> tuple[str, int]:
    return block.kind, block.level
