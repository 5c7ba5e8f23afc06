"""Lengths and places in text as Telegram counts them: UTF-16 code units; emoji count two."""

from __future__ import annotations

import re
from typing import Any, Final

Entity = dict[str, Any]

_FOUND: Final = re.compile(
    r"(?P<bot_command>(?<![\w/])/\w{1,64}(?:@\w{3,32})?)"
    r"|(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@[a-zA-Z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def detect(text: str, known: list[Entity]) -> list[Entity]:
    """Add the entities that Telegram finds by itself (commands, links, mentions …) where none stands yet."""
    found = list(known)
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or "url"
        offset, length = units(text[: match.start()]), units(match.group())
        if not any(_overlap(entity, offset, length) for entity in known):
            found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    bare = text.strip()
    cut, end = units(text[: len(text) - len(text.lstrip())]), units(bare)
    if bare == text:
        return text, entities
    moved = [_clip(entity, cut, end) for entity in entities]
    return bare, [entity for entity in moved if entity["length"] > 0]


def _clip(entity: Entity, cut: int, end: int) -> Entity:
    start = max(entity["offset"] - cut, 0)
    stop = min(entity["offset"] + entity["length"] - cut, end)
    return {**entity, "offset": start, "length": stop - start}


def _overlap(entity: Entity, offset: int, length: int) -> bool:
    start: int = entity["offset"]
    stop: int = start + entity["length"]
    return start < offset + length and offset < stop
