"""A person's formatting as Telegram's HTML, for what stands within words of the bot's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup, escape

from services.messages.lengths import cut, units

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "code",  # a block of its own is not told apart within a quotation
}
_ALONE: Final = "code"
"""Takes no other formatting inside."""
_WIDE: Final = "utf-16-le"
_LOW: Final = (0xDC00, 0xDFFF)
"""The second of the two units of a letter that has two."""


def marked(text: str, entities: Sequence[Mapping[str, Any]], most: int) -> Markup:
    """Return at most `most` units of a text with its looks, each part closed where it ends: nothing can cross."""
    shown = cut(text, most)
    wide, length = shown.encode(_WIDE, "surrogatepass"), units(shown)

    def place(at: int) -> int:
        """Return where a look begins or ends: within the text, and not within a letter of two units."""
        at = min(max(0, at), length)
        return at + (_LOW[0] <= int.from_bytes(wide[2 * at : 2 * at + 2], "little") <= _LOW[1])

    looks = [
        (_TAGS[entity["type"]], place(entity["offset"]), place(entity["offset"] + entity["length"]))
        for entity in entities
        if entity.get("type") in _TAGS
    ]
    ends = {at for _, first, last in looks for at in (first, last)}
    parts = []
    for start, end in pairwise(sorted({0, length} | ends)):
        tags = dict.fromkeys(tag for tag, first, last in looks if first <= start and end <= last)
        words = escape(wide[2 * start : 2 * end].decode(_WIDE, "replace"))
        parts.append(_within(words, [_ALONE] if _ALONE in tags else list(tags)))
    return Markup("").join(parts)


def _within(words: Markup, tags: Sequence[str]) -> Markup:
    for tag in tags:
        words = Markup(f"<{tag}>{words}</{tag}>")  # noqa: S704  # the words are escaped, the tags are ours
    return words
