"""Text with formatting, piece by piece, as pages and documents have it; and the blocks it makes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from services.faq.blocks import Block, BlockKind

_SPACE: Final = re.compile(r"[^\S\n]+")
_AROUND_LINE_END: Final = re.compile(r" ?\n ?")
_LINK: Final = re.compile(r"(?:https?://|mailto:|tg://)[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks alike from its first letter to its last."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def plain_of(runs: Iterable[Run]) -> str:
    return _tidy("".join(run.text for run in runs))


def markup_of(runs: Iterable[Run]) -> str:
    """Return Telegram's HTML. Links that people cannot open from a chat are left out, their words stay."""
    alike = [_joined(list(group)) for _, group in groupby(runs, key=lambda run: (run.bold, run.italic, run.link))]
    return _tidy("".join(map(_tagged, alike)))


def _joined(runs: Sequence[Run]) -> Run:
    return replace(runs[0], text="".join(run.text for run in runs))


def _tagged(run: Run) -> str:
    bare = run.text.strip()
    if not bare:
        return run.text
    before, after = run.text[: run.text.index(bare)], run.text[run.text.index(bare) + len(bare) :]
    said = html.escape(bare, quote=False)
    if run.italic:
        said = f"<i>{said}</i>"
    if run.bold:
        said = f"<b>{said}</b>"
    if _LINK.fullmatch(run.link) and run.link.rstrip("/") != bare.rstrip("/"):
        said = f'<a href="{html.escape(run.link)}">{said}</a>'
    return f"{before}{said}{after}"


def _tidy(text: str) -> str:
    return _AROUND_LINE_END.sub("\n", _SPACE.sub(" ", text)).strip()


def block_of(kind: BlockKind, runs: Sequence[Run], place: str, *, level: int = 0, number: str = "") -> Block | None:
    """Return the block that the runs make; None where there is nothing to read. All bold is a kind of its own."""
    text = plain_of(runs)
    if not text:
        return None
    if kind == "paragraph" and all(run.bold for run in runs if run.text.strip()):
        kind = "bold"
    return Block(kind=kind, text=text, markup=markup_of(runs), level=level, number=number, place=place)
