"""What a person wrote, as people read it elsewhere: addresses stand beside the words, authors before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from services.messages.lengths import cut, units
from services.texts import label
from storage.changing import as_entities
from storage.records import Message

QUOTE_MOST: Final = 200
"""Units of a quotation that are shown: enough to know what is meant."""
_WIDE: Final = "utf-16-le"
"""Telegram counts text in units of this encoding; a unit is two bytes."""
_LOOKS: Final = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre")
"""Formatting that changes how words look, or what they mean, and nothing else."""
Shaped = tuple[str, tuple[dict[str, Any], ...]]
"""A text and its formatting, counted in Telegram's units."""


def spelled(text: str, entities: Sequence[Mapping[str, Any]]) -> Shaped:
    """Return a text with the address of each hidden link after its words, and the looks of the words."""
    wide = text.encode(_WIDE, "surrogatepass")
    hidden = sorted(_hidden(entities))
    for end, address in reversed(hidden):
        at = min(2 * end, len(wide))
        wide = wide[:at] + f" ({address})".encode(_WIDE) + wide[at:]
    added = [(end, units(f" ({address})")) for end, address in hidden]
    return wide.decode(_WIDE, "replace"), tuple(_moved(entities, added))


def told(line: Message, language: str) -> str:
    """Return the words of a stored line as people should read them: addresses seen, and whose words they are."""
    return told_shaped(line, language)[0]


def told_shaped(line: Message, language: str) -> Shaped:
    """Return the same with the looks of the words."""
    words = spelled(line.text, as_entities(line.entities)) if line.text else (line.told or "", ())
    if line.quoted:
        words = joined([(quote(line.quoted, language), ()), words])
    if line.forwarded_from is None:
        return words
    return joined([(label("card.forwarded", language, author=line.forwarded_from), ()), words])


def joined(texts: Iterable[Shaped]) -> Shaped:
    """Return texts as lines below each other, those that say nothing left out."""
    some = [(text, entities) for text, entities in texts if text]
    starts = accumulate((units(text) + 1 for text, _ in some), initial=0)
    entities = [
        {**entity, "offset": entity["offset"] + at}
        for (_, own), at in zip(some, starts, strict=False)
        for entity in own
    ]
    return "\n".join(text for text, _ in some), tuple(entities)


def quote(words: str, language: str) -> str:
    """Return what a line is about, as it stands above the line."""
    return label("card.quoted", language, words=cut(" ".join(words.split()), QUOTE_MOST))


def _hidden(entities: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    return [
        (int(entity["offset"]) + int(entity["length"]), str(entity["url"]))
        for entity in entities
        if entity.get("type") == "text_link" and entity.get("url")
    ]


def _moved(entities: Sequence[Mapping[str, Any]], added: Sequence[tuple[int, int]]) -> Iterable[dict[str, Any]]:
    """Yield looks where the words stand once addresses were added: after which unit, and how long each is."""
    for entity in entities:
        if entity.get("type") in _LOOKS:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            first = start + sum(length for at, length in added if at <= start)
            last = end + sum(length for at, length in added if at < end)
            yield {"type": entity["type"], "offset": first, "length": last - first}
