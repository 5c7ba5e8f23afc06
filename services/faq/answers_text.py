"""From the blocks below a question to the text of its answer, in Telegram's HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from services.faq.blocks import Block

_SIGNS: Final = "•◦▪"
"""Before an item, by how many lists it stands in."""
_INDENT: Final = "   "
_TAG: Final = re.compile(r"<[^>]*>")


def answer_of(blocks: Iterable[Block]) -> str:
    """Join paragraphs by an empty line; items, and what stood line by line, by a line end."""
    listed = list(blocks)
    depths = sorted({block.level for block in listed if block.kind == "item"})
    said = ""
    last = ""
    for block in listed:
        text = block.markup or html.escape(block.text, quote=False)
        line = _item(block, text, depths.index(block.level)) if block.kind == "item" and len(listed) > 1 else text
        close = block.close or (block.kind == "item" and last in {"item", "paragraph"})
        said += ("" if not said else "\n" if close else "\n\n") + line
        last = block.kind
    return said


def _item(item: Block, text: str, depth: int) -> str:
    sign = item.number or _SIGNS[min(depth, len(_SIGNS) - 1)]
    further = "\n" + _INDENT * (depth + 1)
    return f"{_INDENT * depth}{sign} " + text.replace("\n", further)


def bare_answer(answer: str) -> str:
    """Return the letters of an answer: no tags, and no address that only a link has."""
    return html.unescape(_TAG.sub("", answer))
