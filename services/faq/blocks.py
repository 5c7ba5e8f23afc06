"""What a document is made of, whatever its format: headings, paragraphs, items, rows, and pairs that it marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from services.faq.places import place_words
from services.texts import label, text_key
from services.texts.keys import FaqFaultKey, FaqUnusedKey

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
    """Of a heading: 1 is the highest. Of an item: how far it is indented; only which is further counts."""
    number: str = ""
    """Of an item of a numbered list: what stands before it, `2.`."""
    cells: tuple[str, ...] = ()
    """Of a row: its cells, plain. Of a pair: the question, plain, and the answer as `markup`."""
    merged: frozenset[int] = frozenset()
    """Of a row: places of the cells that reach into it from the row above."""
    sheet: str = ""
    """The table that a row is of."""
    look: str = ""
    """Of a page's block: its tag and class. What looks alike is alike."""
    close: bool = False
    """No empty line stands above it."""
    apart: bool = False
    """A line across the page stands above it."""
    place: str
    """Where it stands, for who looks for it: `line 12`, `row 3 of Delivery`, `paragraph 7`."""


@dataclass(frozen=True, slots=True)
class Unused:
    """What was not taken, and why."""

    place: str
    text: str
    code: FaqUnusedKey
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The reason in the words of the command line."""
        return self.words("en")

    def words(self, language: str) -> str:
        """Return the reason, and what to do, for who sent the file."""
        fields = {name: place_words(told, language) if name == "place" else told for name, told in self.fields.items()}
        return label(text_key("faq_unused", self.code), language, **fields)


class Unreadable(Exception):
    """A file that cannot be read as questions and answers; its words say why and what to do."""

    def __init__(self, code: FaqFaultKey, **fields: object) -> None:
        super().__init__(label(text_key("faq_fault", code), "en", **fields))
        self.code = code
        self.fields = fields

    def words(self, language: str) -> str:
        return label(text_key("faq_fault", self.code), language, **self.fields)
