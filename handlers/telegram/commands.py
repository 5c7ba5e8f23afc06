"""What a message says beside the command that it begins with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from services.messages.incoming import CustomerMessage
from services.messages.lengths import units

KNOWN: Final = ("start", "help", "privacy", "language", "operator")
ALONE: Final = r"^/[A-Za-z_]\w*(@\w+)?$"
"""A command and nothing else."""
_KNOWN: Final = re.compile(rf"/({'|'.join(KNOWN)})(@\w+)?(?:\s+|$)", re.IGNORECASE)


def beside(said: CustomerMessage) -> CustomerMessage:
    """Take the command off a message that begins with a known one; what has nothing else to it is a `command`."""
    found = _KNOWN.match(said.text)
    if found is None:
        return said
    calls = found[1].lower() == "operator"
    rest = said.text[found.end() :]
    if not rest and not said.is_media:
        return replace(said, kind="command", entities=(), wants_person=calls)
    entities = tuple(_shifted(said.entities, units(found[0])))
    return replace(said, text=rest, entities=entities, wants_person=calls)


def without(command: str, said: CustomerMessage) -> CustomerMessage:
    """Take a command off a message that begins with it."""
    found = re.match(rf"/{command}(@\w+)?\s*", said.text, re.IGNORECASE)
    if found is None:
        return said
    return replace(said, text=said.text[found.end() :], entities=tuple(_shifted(said.entities, units(found[0]))))


def _shifted(entities: tuple[dict[str, Any], ...], by: int) -> list[dict[str, Any]]:
    """Move formatting along with the words; what stood on the command is gone with it."""
    return [entity | {"offset": entity["offset"] - by} for entity in entities if entity["offset"] >= by]
