"""What can be told of a raw update without decoding it: its key, its lane, and which message it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from handlers.telegram.whereabouts import (
    MESSAGES,
    OF_BUSINESS,
    announces_group,
    connects,
    happened_in,
    in_direct_messages,
    moves_to,
    without_card,
    without_quotes,
)
from services.classify.urgency import of_words
from services.messages.addresses import lane_at_business, lane_in_direct
from services.messages.callbacks import OnTicket, decode
from services.queues.intake import Arrival

LOOKED_AT: Final = 1_000
"""Letters of a message that are looked through for what cannot wait, before anything has been read."""
_OF_MESSAGE: Final = ("message_id", "date", "edit_date", "text", "caption", "business_connection_id")


def arrival(raw: Any) -> Arrival:
    """Return an update as a task for the inbox. Never fails: whatever came must be stored before Telegram is told."""
    lane, answers = _lane(raw) if isinstance(raw, dict) else ("strange", None)
    return Arrival(
        key=key_of(raw),
        lane=lane,
        payload=_canonical(without_card(raw)),
        answers=answers,
        bare=_canonical(without_quotes(raw)) if answers else None,
        chat=happened_in(raw),
        ticket=_pressed(raw),
        press=_press_id(raw),
        welcome=announces_group(raw) or connects(raw) or in_direct_messages(raw),
        moves_to=moves_to(raw),
        critical=_is_critical(raw),
    )


def _is_critical(raw: Any) -> bool:
    """Whether somebody writes to the bot what cannot wait, as far as words alone tell."""
    message = (raw.get("message") or raw.get("business_message")) if isinstance(raw, dict) else None
    if not isinstance(message, dict) or ((_id(message.get("chat")) or 0) <= 0 and not in_direct_messages(raw)):
        return False
    said = message.get("text") or message.get("caption")
    return isinstance(said, str) and of_words(said[:LOOKED_AT]) == "critical"


def _pressed(raw: Any) -> int | None:
    """Return the ticket on whose button somebody pressed, or says to have."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    press = decode(str(query.get("data", ""))) if isinstance(query, dict) else None
    return press.ticket_id if isinstance(press, OnTicket) else None


def _press_id(raw: Any) -> str | None:
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else None


def key_of(raw: Any) -> str:
    """Return what names an update: its number, and what came under it.

    Numbers begin anew after an idle week, on a server that was wiped, or beside a database that was restored; so a
    number alone may be an old acquaintance. Numbers and dates of a true replay are the same, whatever else Telegram
    has changed in it meanwhile: a name, or what the message replies to.
    """
    number = raw.get("update_id") if isinstance(raw, dict) else None
    digest = hashlib.sha256(_canonical(_identity(raw), sort_keys=True).encode()).hexdigest()
    return f"tg:{number}:{digest[:16]}" if _is_id(number) else f"tg:{digest[:32]}"


def _identity(raw: Any) -> Any:
    """Return what stays the same however often an update is told."""
    if not isinstance(raw, dict):
        return raw
    for kind in MESSAGES:
        if isinstance(message := raw.get(kind), dict):
            return [kind, _chosen(message, _OF_MESSAGE), _number_in(message, "chat"), _number_in(message, "from")]
    if isinstance(query := raw.get("callback_query"), dict):
        return ["callback_query", _chosen(query, ("id", "data")), _number_in(query, "from")]
    return raw


def _chosen(holder: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: holder[name] for name in names if name in holder}


def _number_in(holder: dict[str, Any], name: str) -> Any:
    inner = holder.get(name)
    return inner.get("id") if isinstance(inner, dict) else inner


def _canonical(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=sort_keys)


def _lane(raw: dict[str, Any]) -> tuple[str, tuple[int, int] | None]:
    """One conversation is one lane: its messages, edits, presses and reactions must not overtake each other."""
    for kind in ("message", "edited_message"):
        if isinstance(message := raw.get(kind), dict):
            return _message_lane(message)
    for kind in OF_BUSINESS:
        if isinstance(told := raw.get(kind), dict) and (chat := _id(told.get("chat"))) is not None:
            return lane_at_business(chat), None
    if isinstance(query := raw.get("callback_query"), dict):
        return _press_lane(query)
    inner = next((value for value in raw.values() if isinstance(value, dict)), {})
    chat = _id(inner.get("chat"))
    return (f"p:{chat}" if chat is not None else "other"), None


def _message_lane(message: dict[str, Any]) -> tuple[str, tuple[int, int] | None]:
    chat = _id(message.get("chat"))
    if chat is None:
        return "strange", None
    if chat > 0:
        return f"p:{chat}", None
    if (own := _direct_lane(message)) is not None:
        return own, None
    topic, reply = message.get("message_thread_id"), message.get("reply_to_message")
    other = message.get("external_reply")
    if isinstance(other, dict) and _id(other.get("chat")) == chat:
        reply = other  # it answers what stands in another topic
    answered: Any = reply.get("message_id") if isinstance(reply, dict) else None
    lane = f"g:{chat}:{topic}" if message.get("is_topic_message") and _is_id(topic) else f"g:{chat}"
    return lane, (chat, answered) if _is_id(answered) else None


def _press_lane(query: dict[str, Any]) -> tuple[str, tuple[int, int] | None]:
    """Whoever presses does it in their own lane; the intake knows better of cards in the operator group."""
    message = query.get("message")
    if isinstance(message, dict):
        chat = _id(message.get("chat"))
        if message.get("business_connection_id") is not None and chat is not None:
            return lane_at_business(chat), None
        if (own := _direct_lane(message)) is not None:
            return own, None
    person = _id(query.get("from"))
    return (f"p:{person}" if person is not None else "strange"), None


def _direct_lane(message: dict[str, Any]) -> str | None:
    """Return the lane of somebody's topic in the direct messages of a channel."""
    topic = message.get("direct_messages_topic")
    chat, number = _id(message.get("chat")), topic.get("topic_id") if isinstance(topic, dict) else None
    return lane_in_direct(chat, number) if chat is not None and isinstance(number, int) and _is_id(number) else None


def _id(holder: Any) -> int | None:
    value = holder.get("id") if isinstance(holder, dict) else None
    return value if _is_id(value) else None


def _is_id(value: Any) -> bool:
    """Whether it is a number that the databases can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
