"""What looks as the questions of a document do, and what stands above them as a topic: neither has a question mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final
from unicodedata import category

from services.faq.blocks import TITLE_KINDS, Block
from services.faq.questions import ends_as_question, invites

_ENOUGH: Final = 2
_LONGEST: Final = 120
_MOST_WORDS: Final = 5
_BEGINS: Final = re.compile(r"[^.!?\n]{3,200}\?\s")
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


def over_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the `id` of each heading without a question mark that has a list of questions right below it.

    `What else` may look as the questions of its document do; what stands below then is no answer.
    """
    found = set()
    for number, block in enumerate(blocks):
        if block.kind != "heading" or ends_as_question(block.text):
            continue
        below = list(takewhile(lambda each: each.kind not in _APART, blocks[number + 1 :]))
        if below and _listed(below[0]) and sum(map(_listed, below)) >= _ENOUGH:
            found.add(id(block))
    return frozenset(found)


def _listed(block: Block) -> bool:
    """Whether a line asks, or an item begins with a question and goes on with its answer."""
    begun = _BEGINS.match(block.text) if block.kind == "item" else None
    return block.kind not in {"row", "pair"} and (ends_as_question(block.text) or begun is not None)


def with_topics(blocks: Sequence[Block], question: Asking) -> Iterator[Block]:
    """Yield the blocks; a line right above a question is a heading: in capitals, bold, with a colon, a sign or room."""
    before: Block | None = None
    tight = _is_tight(blocks, question)
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        told = before is None or question(before) is None  # else it is that question's answer
        alone = tight and after is not None and not after.close
        if told and after and question(after) and not question(block) and _is_topic(block, alone=alone):
            yield replace(block, kind="heading", level=_TOPIC_LEVEL, text=block.text.rstrip(": "))
        else:
            yield block
        before = block


def _is_tight(blocks: Sequence[Block], question: Asking) -> bool:
    """Whether all answers stand right below their questions: then a line with room around it is part of none."""
    answers = [after for block, after in pairwise(blocks) if question(block) and not question(after)]
    return len(answers) >= _ENOUGH and all(answer.close for answer in answers)


def _is_topic(block: Block, *, alone: bool) -> bool:
    said = block.text.strip()
    if block.kind not in {"paragraph", "bold"} or block.close or not is_title(replace(block, text=said.rstrip(": "))):
        return False
    short = len(said.split()) <= _MOST_WORDS
    marked = alone or said.endswith(":") or category(said[0]) == "So"
    return block.kind == "bold" or said.isupper() or (short and marked)
