"""Text as it is pasted or lies in a .txt file: lines, and empty lines between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from services.faq.blocks import Block
from services.faq.chats import chat_blocks
from services.faq.places import place_of
from services.faq.tables import csv_blocks

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1:?")
_ITEM: Final = re.compile(r"[-*•–—]\s+(.*)")
_RULE: Final = re.compile(r"[-=_*~\s]{3,}")


def plain_blocks(text: str) -> Iterator[Block]:
    """Yield what the text is: a table copied from a sheet, a chat, or else its lines."""
    if _is_table(text):
        yield from csv_blocks(text)
        return
    chat = list(chat_blocks(text))
    yield from chat or _lines(text)


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and sum("\t" in line.strip() for line in lines) * 4 >= len(lines) * 3


def _lines(text: str) -> Iterator[Block]:
    """Yield a block for each line; those without an empty line between them are marked so."""
    close = False
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if said and not _RULE.fullmatch(said):
            yield replace(_block(line, place_of("line", number)), close=close)
        close = bool(said)


def _block(line: str, place: str) -> Block:
    said = line.strip()
    if heading := _HEADING.fullmatch(said):
        return Block(kind="heading", text=heading[2], level=len(heading[1]), place=place)
    if bold := _BOLD.fullmatch(said):
        return Block(kind="bold", text=bold[2], place=place)
    if item := _ITEM.fullmatch(said):
        return Block(kind="item", text=item[1], level=_indent(line), place=place)
    return Block(kind="paragraph", text=said, place=place)


def _indent(line: str) -> int:
    wide = line.expandtabs()
    return len(wide) - len(wide.lstrip())
