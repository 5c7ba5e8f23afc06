"""What a person wrote, where formatting cannot follow: addresses stand beside the words, authors before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.messages.lengths import cut
from services.texts import label
from storage.changing import as_entities
from storage.records import Message

QUOTE_MOST: Final = 200
"""Units of a quotation that are shown: enough to know what is meant."""
_WIDE: Final = "utf-16-le"
"""Telegram counts text in units of this encoding; a unit is two bytes."""


def spelled(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """Return a text with the address of each hidden link after its words."""
    wide = text.encode(_WIDE, "surrogatepass")
    for end, address in sorted(_hidden(entities), reverse=True):
        at = min(2 * end, len(wide))
        wide = wide[:at] + f" ({address})".encode(_WIDE) + wide[at:]
    return wide.decode(_WIDE, "replace")


def told(line: Message, language: str) -> str:
    """Return the words of a stored line as people should read them: addresses seen, and whose words they are."""
    words = spelled(line.text, as_entities(line.entities)) or line.told or ""
    if line.quoted:
        words = f"{quote(line.quoted, language)}\n{words}".rstrip()
    if line.forwarded_from is None:
        return words
    return f"{label('card.forwarded', language, author=line.forwarded_from)}\n{words}".rstrip()


def quote(words: str, language: str) -> str:
    """Return what a line is about, as it stands above the line."""
    return label("card.quoted", language, words=cut(" ".join(words.split()), QUOTE_MOST))


def _hidden(entities: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    return [
        (int(entity["offset"]) + int(entity["length"]), str(entity["url"]))
        for entity in entities
        if entity.get("type") == "text_link" and entity.get("url")
    ]
