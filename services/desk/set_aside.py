"""What was set aside, in words: whose it is, what they said, and why it could not be done. JSON is for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from services.desk.cards import spoken
from services.messages.effects import Copy, Effect, PrivateChat, Reword, Say, ShowCard, ShowPage, TicketPlace, decode
from services.messages.incoming import UNREAD, UnreadKind
from services.messages.lengths import cut
from services.scenarios.answers import name_of
from services.texts import find_key, say, text_key
from services.texts.html import plain
from services.texts.keys import AsideKey
from storage.quarantined import Quarantined
from storage.queue_statements import QueueName
from storage.units import Unit

_WORDS_MOST: Final = 700
_NAME_MOST: Final = 64
_REASONS: Final[tuple[tuple[str, AsideKey], ...]] = (
    ("undecodable", "unread"),
    ("Unsure", "unsure"),
    ("Refused", "refused"),
)


def line(unit: Unit, queue: QueueName, one: Quarantined, language: str) -> str:
    """Return a line about one thing that was set aside; empty when nobody said anything in it."""
    name, words = _arrived(one.payload, language) if queue == "inbox" else _leaving(unit, one.payload)
    if not words:
        return ""
    return say(
        "aside.line",
        language,
        name=cut(name, _NAME_MOST),
        words=cut(words, _WORDS_MOST),
        reason=say(text_key("aside", _reason(queue, one.error)), language),
    )


def _reason(queue: QueueName, error: str) -> AsideKey:
    known = (reason for mark, reason in _REASONS if error.startswith(mark))
    return next(known, "failed" if queue == "inbox" else "undelivered")


def _arrived(payload: str, language: str) -> tuple[str, str]:
    try:
        update = json.loads(payload)
    except ValueError:
        return "", ""
    authors = [one["from"] for one in _objects(update) if isinstance(one.get("from"), dict)]
    names = [str(authors[0].get(key) or "") for key in ("first_name", "last_name")] if authors else []
    return sayable(" ".join(filter(None, names))), words_in(payload) or _brought(update, language)


def _brought(update: Any, language: str) -> str:
    """Return what a message without words brings."""
    message = update.get("message") if isinstance(update, dict) else None
    kinds = [kind for kind in message if find_key("kind", kind)] if isinstance(message, dict) else []
    return spoken(UnreadKind(f"{kinds[0]}{UNREAD}"), language) if kinds else ""


def _leaving(unit: Unit, payload: str) -> tuple[str, str]:
    """Return whose ticket an effect is about, and what it would have said; of a card, the question on it."""
    try:
        effect = decode(payload)
    except ValidationError:
        return "", words_in(payload)
    if isinstance(effect, ShowCard):
        return _asked(unit, effect.ticket_id)
    return _name_at(unit, effect), _words_of(effect)


def _name_at(unit: Unit, effect: Effect) -> str:
    """Return whom an effect is for, or whose ticket it is about; empty where it is for nobody's customer."""
    match effect:
        case Say(to=TicketPlace(ticket_id=ticket_id)) | Copy(to=TicketPlace(ticket_id=ticket_id)):
            return _asked(unit, ticket_id)[0]
        case (
            Say(to=PrivateChat(address=address))
            | Copy(to=PrivateChat(address=address))
            | Reword(to=PrivateChat(address=address))
        ):
            customer = unit.customers.find(address)
            return name_of(customer) if customer else ""
        case _:
            return ""


def _words_of(effect: Effect) -> str:
    match effect:
        case Say(words=words) | Reword(words=words) | ShowPage(words=words):
            return plain(words.text) if words.html else words.text
        case Copy(text=text):
            return text
        case _:
            return ""


def _asked(unit: Unit, ticket_id: int) -> tuple[str, str]:
    ticket = unit.tickets.get(ticket_id)
    customer = unit.customers.get(ticket.customer_id) if ticket else None
    return (name_of(customer), ticket.question) if ticket and customer else ("", "")


def words_in(payload: str) -> str:
    """Return what a person wrote in a raw update, as far as it can be found: people should not have to read JSON."""
    try:
        whole = json.loads(payload)
    except ValueError:
        return ""
    said = (one[key] for one in _objects(whole) for key in ("text", "caption") if isinstance(one.get(key), str))
    return sayable(next(said, ""))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value, the outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)


def readable(payload: str) -> str:
    """Return the payload with its letters as letters; as it is when it is no JSON."""
    try:
        return sayable(json.dumps(json.loads(payload), ensure_ascii=False))
    except ValueError:
        return payload


def sayable(text: str) -> str:
    """Return text that can be sent and stored: halves of surrogate pairs and zero characters are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")
