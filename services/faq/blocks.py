"""What a document is made of, whatever its format: headings, paragraphs, items, rows, and pairs that it marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BlockKind = Literal["heading", "paragraph", "bold", "item", "row", "pair"]
"""`bold`: a paragraph all of which is bold. `pair`: a question and its answer that the document marks as such."""

TITLE_KINDS: Final[frozenset[BlockKind]] = frozenset(("heading", "bold"))
"""What may stand above others as their title."""
MOST_BLOCKS: Final = 20_000
"""A document of more is none of questions and answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a document, in the order of the document."""

    kind: BlockKind
    text: str
    """Plain, on as many lines as it has; of a row or a pair: its cells, joined by line ends."""
    markup: str = ""
    """The same in Telegram's HTML; empty where that says no more than the plain text."""
    level: int = 0
    """Of a heading: 1 is the highest."""
    cells: tuple[str, ...] = ()
    """Of a row: its cells, plain. Of a pair: the question, plain, and the answer as `markup`."""
    sheet: str = ""
    """The table that a row is of."""
    look: str = ""
    """Of a page's block: its tag and class. What looks alike is alike."""
    close: bool = False
    """No empty line stands above it."""
    place: str
    """Where it stands, for who looks for it: `line 12`, `row 3 of Delivery`, `paragraph 7`."""


@dataclass(frozen=True, slots=True)
class Unused:
    """What was not taken, and why, in words for who sent the file."""

    place: str
    text: str
    why: str


class Unreadable(Exception):
    """A file that cannot be read as questions and answers; the text says why and what to do."""
