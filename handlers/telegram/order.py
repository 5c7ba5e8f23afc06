"""The order in which one batch of updates is taken in: what is said in one chat goes by the numbers of its messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from handlers.telegram.whereabouts import MESSAGES

_NEW: Final = ("message", "business_message")
Place = tuple[int, str | None]
"""A chat, and the connection to the account that it is in."""


def in_order(updates: Sequence[Any]) -> list[Any]:
    """Return a batch in which no line of a chat stands before an older one, and no edit before its message.

    Everything else stays where it is: only the lines of one chat change places with one another.
    """
    places: dict[Place, list[int]] = defaultdict(list)
    for place, update in enumerate(updates):
        if (found := _place_of(update)) is not None:
            places[found[0]].append(place)
    ordered = list(updates)
    for of_chat in places.values():
        for place, update in zip(of_chat, _sorted([updates[at] for at in of_chat]), strict=True):
            ordered[place] = update
    return ordered


def _sorted(updates: list[Any]) -> list[Any]:
    """Sort the lines of one chat. An edit follows its message; one of an older message what it came after."""
    new = {_number(update) for update in updates if _is_new(update)}
    keys: list[tuple[int, int, int]] = []
    latest = -1
    for at, update in enumerate(updates):
        number = _number(update)
        if _is_new(update):
            latest = number
            keys.append((number, 0, at))
        else:
            keys.append((max(number, latest) if number in new else latest, 1, at))
    return [updates[at] for *_, at in sorted(keys)]


def _is_new(update: Any) -> bool:
    return any(kind in update for kind in _NEW)


def _place_of(update: Any) -> tuple[Place, int] | None:
    """Return the chat and the number of a message that an update brings or changes."""
    found = (update.get(kind) for kind in MESSAGES) if isinstance(update, dict) else ()
    message = next((one for one in found if isinstance(one, dict)), {})
    chat = message.get("chat")
    chat_id, number = chat.get("id") if isinstance(chat, dict) else None, message.get("message_id")
    via = message.get("business_connection_id")
    if not isinstance(chat_id, int) or not isinstance(number, int):
        return None
    return (chat_id, via if isinstance(via, str) else None), number


def _number(update: Any) -> int:
    found = _place_of(update)
    return found[1] if found else -1
