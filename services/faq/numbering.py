"""Questions that only their number gives away: `3) Do you work with companies` after two numbered questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from services.faq.blocks import Block
from services.faq.looks import Asking, is_title

_NUMBER: Final = re.compile(r"(\d{1,3})\s*[.)]")
_ENOUGH: Final = 2
"""So many questions in a row make a numbering."""


def numbered_on(blocks: Sequence[Block], question: Asking) -> frozenset[int]:
    """Return the `id` of each title that takes the number after the question before it, and has an answer below it.

    An answer may list steps: their numbers begin anew, or go on to a number that a question has.
    """
    taken = {number for block in blocks if question(block) and (number := _number(block))}
    found: set[int] = set()
    last, run = 0, 0
    for block, after in zip_longest(blocks, blocks[1:]):
        number = _number(block)
        if not number:
            continue
        next_ = run > 0 and number == last + 1
        if question(block):
            run = run + 1 if next_ else 1
        elif run >= _ENOUGH and next_ and number not in taken and is_title(block) and _answers(after, question):
            found.add(id(block))
        else:
            run = 0
        last = number
    return frozenset(found)


def _number(block: Block) -> int:
    found = _NUMBER.match(block.number or block.text)
    return int(found[1]) if found else 0


def _answers(below: Block | None, question: Asking) -> bool:
    return below is not None and below.kind not in {"heading", "pair"} and not _number(below) and not question(below)
