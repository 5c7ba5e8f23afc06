"""What is found in a document that a test writes out."""

from __future__ import annotations

from textwrap import dedent

from services.faq.pairs import Found, find_pairs
from services.faq.reading import read_blocks


def found(name: str, text: str | bytes) -> Found:
    return find_pairs(read_blocks(name, text if isinstance(text, bytes) else dedent(text).encode()))
