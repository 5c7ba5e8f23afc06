"""The owner's questions and answers, from a file or from text that was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.faq.blocks import Unreadable, Unused
from services.faq.pairs import Pair, find_pairs
from services.faq.reading import read_blocks
from services.scenarios.packs.parsing import MAX_BUTTON
from storage.setup_pairs import NewPair

MOST_PAIRS: Final = 300
"""More than this nobody looks through one by one."""
SHOWN_UNUSED: Final = 5
"""The others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What stands in it."""

    pairs: tuple[Pair, ...]
    unused: tuple[Unused, ...]


def read_source(name: str, data: bytes) -> Source:
    """Read a file; pasted text is one without a name. Raises Unreadable."""
    found = find_pairs(read_blocks(name, data))
    if not found.pairs:
        raise Unreadable("no_pairs")
    if len(found.pairs) > MOST_PAIRS:
        raise Unreadable("many_pairs", count=len(found.pairs), most=MOST_PAIRS)
    return Source(pairs=found.pairs, unused=found.unused)


def row_of(pair: Pair) -> NewPair:
    """Return a pair as the set-up keeps it."""
    return {
        "questions": pair.questions,
        "title": short_title(pair.questions[0]),
        "answer": pair.answer,
        "topic": pair.topic,
        "language": pair.language,
        "place": pair.place,
    }


def short_title(question: str) -> str:
    """Return what people call an answer: its question, as far as a button has room."""
    said = " ".join(question.split())
    return said if len(said) <= MAX_BUTTON else said[: MAX_BUTTON - 1].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
