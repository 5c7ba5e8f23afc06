"""Telegram's HTML as text with formatting beside it, in the form in which Telegram tells of people's texts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, Final

from services.messages.lengths import units

_TYPES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
Entities = list[dict[str, Any]]


def shaped(html: str) -> tuple[str, Entities]:
    """Return the words of our own HTML and their formatting, counted in UTF-16 units."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.words), sorted(reader.found, key=lambda one: (one["offset"], -one["length"]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.found: Entities = []
        self._at = 0
        self._open: list[tuple[str, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TYPES:
            self._open.append((tag, self._at, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        at = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n][0] == tag), None)
        if at is None:
            return
        _, offset, address = self._open.pop(at)
        if self._at > offset:
            made = {"type": _TYPES[tag], "offset": offset, "length": self._at - offset}
            self.found.append(made | ({"url": address} if tag == "a" else {}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self._at += units(data)
