"""What looks as the questions of a document do, and what stands above them as a topic: neither has a question mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final
from unicodedata import category

from services.faq.blocks import TITLE_KINDS, Block
from services.faq.questions import invites

_ENOUGH: Final = 2
_LONGEST: Final = 120
_MOST_WORDS: Final = 5
_TOPIC_LEVEL: Final = 7
"""Below every heading that is marked as one."""

Asking = Callable[[Block], str | None]
_Look = tuple[str, int, str]


def look_alikes(blocks: Sequence[Block], question: Asking) -> frozenset[int]:
    """Return the `id` of each block that looks as questions do and has an answer below it.

    A look is the questions' own where half of its blocks ask and answers look different.
    """
    answered = [(block, _look(block) != _look(after)) for block, after in pairwise(blocks) if after.kind not in _APART]
    asking = Counter(_look(block) for block, different in answered if different and question(block))
    alike = Counter(_look(block) for block, different in answered if different)
    unclear = Counter(_look(block) for block, different in answered if not different and question(block))
    own = {
        look
        for look, count in asking.items()
        if count >= _ENOUGH and count * 2 >= alike[look] and unclear[look] * 4 <= count and _stands_out(look)
    }
    return frozenset(
        id(block) for block, different in answered if different and _look(block) in own and is_title(block)
    )


_APART: Final = frozenset(("heading", "pair"))


def _look(block: Block) -> _Look:
    return block.kind, block.level, block.look


def _stands_out(look: _Look) -> bool:
    return look[0] in TITLE_KINDS or bool(look[2])


def is_title(block: Block) -> bool:
    """Whether a block can be a title: one short line that ends as no sentence does."""
    said = block.text
    if invites(said):
        return False
    return "\n" not in said and len(said) <= _LONGEST and said[-1] not in "!:.;," and any(map(str.isalpha, said))


def with_topics(blocks: Sequence[Block], question: Asking) -> Iterator[Block]:
    """Yield the blocks; a line right above a question is a heading: in capitals, in bold, with a colon or a sign."""
    before: Block | None = None
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        told = before is None or question(before) is None  # else it is that question's answer
        if told and after and question(after) and not question(block) and _is_topic(block):
            yield replace(block, kind="heading", level=_TOPIC_LEVEL, text=block.text.rstrip(": "))
        else:
            yield block
        before = block


def _is_topic(block: Block) -> bool:
    said = block.text.strip()
    if block.kind not in {"paragraph", "bold"} or block.close or not is_title(replace(block, text=said.rstrip(": "))):
        return False
    short = len(said.split()) <= _MOST_WORDS
    return block.kind == "bold" or said.isupper() or (short and (said.endswith(":") or category(said[0]) == "So"))
