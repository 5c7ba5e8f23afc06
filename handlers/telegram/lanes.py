"""What can be told of a raw update without decoding it: its key, its lane, and which message it answers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from handlers.telegram.whereabouts import announces_group, happened_in, moves_to, without_card, without_quotes
from services.intake import Arrival
from services.presses import OnTicket, decode


def arrival(raw: Any) -> Arrival:
    """Return an update as a task for the inbox. Never fails: whatever came must be stored before Telegram is told."""
    payload = _written(raw)
    number = raw.get("update_id") if isinstance(raw, dict) else None
    known = _is_id(number)
    name = str(number) if known else hashlib.sha256(payload.encode()).hexdigest()[:32]
    lane, answers = _lane(raw) if isinstance(raw, dict) else ("strange", None)
    return Arrival(
        key=f"tg:{name}",
        lane=lane,
        payload=_written(without_card(raw)),
        answers=answers,
        bare=_written(without_quotes(raw)) if answers else None,
        chat=happened_in(raw),
        ticket=_pressed(raw),
        welcome=announces_group(raw),
        moves_to=moves_to(raw),
    )


def _written(raw: Any) -> str:
    return json.dumps(raw, ensure_ascii=True, separators=(",", ":"))


def _pressed(raw: Any) -> int | None:
    """Return the ticket on whose button somebody pressed, or says to have."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    press = decode(str(query.get("data", ""))) if isinstance(query, dict) else None
    return press.ticket_id if isinstance(press, OnTicket) else None


def _lane(raw: dict[str, Any]) -> tuple[str, tuple[int, int] | None]:
    """One conversation is one lane: its messages, edits, presses and reactions must not overtake each other."""
    for kind in ("message", "edited_message"):
        if isinstance(message := raw.get(kind), dict):
            return _message_lane(message)
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
    topic, reply = message.get("message_thread_id"), message.get("reply_to_message")
    answered: Any = reply.get("message_id") if isinstance(reply, dict) else None
    lane = f"g:{chat}:{topic}" if message.get("is_topic_message") and _is_id(topic) else f"g:{chat}"
    return lane, (chat, answered) if _is_id(answered) else None


def _press_lane(query: dict[str, Any]) -> tuple[str, tuple[int, int] | None]:
    """Whoever presses does it in their own lane; the intake knows better of cards in the operator group."""
    person = _id(query.get("from"))
    return (f"p:{person}" if person is not None else "strange"), None


def _id(holder: Any) -> int | None:
    value = holder.get("id") if isinstance(holder, dict) else None
    return value if _is_id(value) else None


def _is_id(value: Any) -> bool:
    """Whether it is a number that the databases can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
