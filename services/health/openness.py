"""Who beside the operators could write in their group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A way in for strangers, and how to close it."""

    what: str
    fix: str


def names_of(chat: Mapping[str, Any]) -> list[str]:
    """Return the names by which anybody finds the group."""
    names = chat.get("active_usernames") or [chat.get("username")]
    return [name for name in names if name]


def openings(chat: Mapping[str, Any]) -> Iterator[Opening]:
    """Read them from what getChat says of the group."""
    if public := [f"@{name}" for name in names_of(chat)]:
        told = ", ".join(public)
        what = f"the operators' group is public ({told}): anybody can join it, read cards and write to customers"
        yield Opening(what=what, fix="make it private in the group's settings (Group type)")
    if chat.get("linked_chat_id"):
        what = "the operators' group is the discussion of a channel: whoever comments there writes among the operators"
        yield Opening(what=what, fix="unlink it in the channel's settings (Discussion), or use another group")
