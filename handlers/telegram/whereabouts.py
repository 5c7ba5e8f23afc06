"""Where an update happened, and what of it is nobody's business: the words of messages it only points at.

A press carries the whole message under its button, an answer the message that it answers. Both stand in the database
already as long as they may; kept once more beside somebody else's update, they would outlive an erasure.
"""

from __future__ import annotations

from typing import Any, Final

from services.messages.callbacks import decode
from services.messages.connect_presses import OnGroup

Json = dict[str, Any]

MESSAGES: Final = ("message", "edited_message", "business_message", "edited_business_message")
OF_BUSINESS: Final = ("business_message", "edited_business_message", "deleted_business_messages")
"""What happens in a private chat of an account that the bot is connected to."""
_OF_SPOT: Final = (
    "message_id",
    "date",
    "chat",
    "from",
    "sender_chat",
    "message_thread_id",
    "is_topic_message",
    "business_connection_id",
    "direct_messages_topic",
)
"""What says which message it is, and whose."""
_OF_ASKED: Final = (*_OF_SPOT, "reply_markup", "forum_topic_created")
"""Buttons tell the editor's questions, and the first message of a topic is answered by all others."""
_OF_OTHER: Final = ("message_id", "chat", "origin")
"""The same of a message in another topic."""
_QUOTE: Final = "quote"
_ASKED: Final = "reply_to_message"
_OTHER: Final = "external_reply"


def happened_in(raw: Any) -> int | None:
    """Return the chat of an update, whatever its kind; None where it has none, or none that fits a database."""
    for kind in raw.values() if isinstance(raw, dict) else ():
        if isinstance(kind, dict):
            chat = _chat_of(kind) if "chat" in kind else _chat_of(kind.get("message"))
            if chat is not None:
                return chat
    return None


def announces_group(raw: Any) -> bool:
    """Whether the bot itself was let in or put out: that is worth knowing of any chat."""
    return isinstance(raw, dict) and "my_chat_member" in raw


def connects(raw: Any) -> bool:
    """Whether a button was pressed by which a group becomes that of the operators: it stands where the bot has none."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    return isinstance(query, dict) and isinstance(decode(str(query.get("data", ""))), OnGroup)


def in_direct_messages(raw: Any) -> bool:
    """Whether it happened in the direct messages of a channel, where customers write."""
    for kind in raw.values() if isinstance(raw, dict) else ():
        if isinstance(kind, dict):
            inner = kind if "chat" in kind else kind.get("message")
            chat = inner.get("chat") if isinstance(inner, dict) else None
            if isinstance(chat, dict) and chat.get("is_direct_messages") is True:
                return True
    return False


def moves_to(raw: Any) -> int | None:
    """Return the new id of a group that has become a supergroup."""
    message = raw.get("message") if isinstance(raw, dict) else None
    found = message.get("migrate_to_chat_id") if isinstance(message, dict) else None
    return found if _is_number(found) else None


def without_card(raw: Any) -> Any:
    """Return an update without the words under a pressed button."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(raw, dict) or not isinstance(query, dict) or not isinstance(message, dict):
        return raw
    return {**raw, "callback_query": {**query, "message": _only(message, _OF_SPOT)}}


def without_quotes(raw: Any) -> Any:
    """Return an update without the words of the message that it answers."""
    if not isinstance(raw, dict):
        return raw
    changed = raw
    for kind in ("message", "edited_message"):
        message = raw.get(kind)
        if isinstance(message, dict) and (_ASKED in message or _OTHER in message):
            rest = {name: value for name, value in message.items() if name != _QUOTE}
            changed = {**changed, kind: {**rest, **_bare(message)}}
    return changed


def _bare(message: Json) -> Json:
    """Return what a message answers, without its words."""
    found: Json = {}
    if isinstance(asked := message.get(_ASKED), dict):
        bare = _only(asked, _OF_ASKED)
        if isinstance(topic := bare.get("forum_topic_created"), dict):
            bare["forum_topic_created"] = {**topic, "name": ""}
        found[_ASKED] = bare
    if isinstance(other := message.get(_OTHER), dict):
        found[_OTHER] = _only(other, _OF_OTHER)
    return found


def _only(message: Json, names: tuple[str, ...]) -> Json:
    return {name: message[name] for name in names if name in message}


def _chat_of(holder: Any) -> int | None:
    chat = holder.get("chat") if isinstance(holder, dict) else None
    found = chat.get("id") if isinstance(chat, dict) else None
    return found if _is_number(found) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
