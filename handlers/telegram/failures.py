"""From aiogram's exceptions to what they mean: one table, tried from the top."""

from __future__ import annotations

import re
from typing import Final

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from handlers.telegram.wording import Owner
from services.delivery.messenger import (
    Busy,
    ChatGone,
    ChatMoved,
    Lacking,
    MessageGone,
    MessengerError,
    NotAllowed,
    Refused,
    Shut,
    TopicGone,
    Unconnected,
    Uncopyable,
    Unreached,
    Unsure,
)

_REASONS: Final[tuple[tuple[type[MessengerError], tuple[str, ...]], ...]] = (
    (TopicGone, ("message thread not found", "topic_deleted", "topic_id_invalid", "topic_not_found")),
    (Uncopyable, ("message can't be copied",)),
    (
        MessageGone,
        (
            "message to edit not found",
            "message to copy not found",
            "no messages to copy",
            "message to delete not found",
            "message to react not found",
            "message can't be deleted",
            "message can't be edited",
            "message_id_invalid",
            "wrong message identifier",
        ),
    ),
    (
        ChatGone,
        (
            "chat not found",
            "user is deactivated",
            "peer_id_invalid",
            "need administrator rights",
            "not enough rights",
            "have no rights to send",
            "chat_write_forbidden",
            "chat_admin_required",
            "chat_restricted",
            "channel_private",
        ),
    ),
)
"""What 400 stands for, by words of its description: Telegram has no finer codes."""

_SHUT: Final[tuple[tuple[Shut, tuple[str, ...]], ...]] = (
    ("out", ("kicked", "not a member", "chat not found", "chat was deleted", "channel_private", "deactivated")),
    ("restricted", ("chat_restricted",)),
    ("silenced", ("rights", "chat_write_forbidden", "chat_admin_required")),
)
"""Why a chat takes nothing, by words of 400 and 403."""

_OF_ACCOUNT: Final[tuple[tuple[str, Lacking], ...]] = (
    ("peer_usage_missing", "day"),
    ("not enough rights", "right"),
    ("access_forbidden", "right"),
    ("right_forbidden", "right"),
    ("business", "connection"),
)
"""In refusals of what is done in somebody's name, and what is wanting then."""
_WAIT: Final = re.compile(r"too many requests(?:\D*(\d+))?", re.IGNORECASE)
"""429 without its parameters, as older Bot API servers and proxies answer it."""
SOON_S: Final = 5
NOT_MODIFIED: Final = "message is not modified"
TOPIC_CLOSED: Final = "TOPIC_CLOSED"
ENTITY: Final = "entit"
"""In every refusal of formatting: "can't parse entities", ENTITY_BOUNDS_INVALID, "entity is out of the text" …"""

_ICON: Final = ("icon", "emoji", "sticker", "document_invalid")
QUOTE: Final = "quote"
"""In the refusal of a quote that does not stand in the message: QUOTE_TEXT_INVALID."""


def meaning(error: Exception, *, belongs_to: Owner | None = None) -> MessengerError:
    """Return what a failed call means. Texts of undecodable answers are left out: they may hold customers' words.

    `belongs_to`: whose chat it went to, where that is not the bot's own.
    """
    match error:
        case TelegramBadRequest() | TelegramForbiddenError() if belongs_to and (lack := _lack(belongs_to, error)):
            return Unconnected(error.message, lack)
        case TelegramNetworkError() if not isinstance(error, TelegramEntityTooLarge):
            return Unreached("no connection") if _never_left(error) else Unsure(type(error).__name__)
        case TimeoutError():
            return Unsure(type(error).__name__)
        case TelegramServerError() | ClientDecodeError() | TypeError():
            # aiogram answers a 500 without a description with a bare TypeError.
            return Unsure(type(error).__name__, sick=True)
        case TelegramAPIError():
            return _answer(error)
        case _:
            raise error


def blames_icon(error: MessengerError) -> bool:
    """Whether a topic was refused because of its icon."""
    return any(mark in str(error).lower() for mark in _ICON)


def _lack(whose: Owner, error: TelegramAPIError) -> Lacking | None:
    """Return what the account or the channel lacks; None where the person who would read it is why nothing is sent."""
    if whose == "channel":
        return "right" if isinstance(_answer(error), ChatGone) else None
    text = str(error.message).lower()
    return next((lack for mark, lack in _OF_ACCOUNT if mark in text), None)


def _answer(error: TelegramAPIError) -> MessengerError:
    """Return what a clear answer means."""
    match error:
        case TelegramRetryAfter():
            return Busy(error.retry_after)
        case TelegramMigrateToChat():
            return ChatMoved(error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return _gone(error.message)
        case TelegramBadRequest():
            return _refusal(error.message)
        case TelegramUnauthorizedError():
            return Unreached(error.message)  # no message is at fault, and the start says what is
        case _:
            wait = _WAIT.match(str(error.message))
            return Busy(float(wait[1] or SOON_S)) if wait else Refused(error.message)


def _refusal(description: str) -> MessengerError:
    text = description.lower()
    for kind, marks in _REASONS:
        if any(mark in text for mark in marks):
            return _gone(description) if kind is ChatGone else kind(description)
    return Refused(description)


def for_want_of_right(error: ChatGone) -> MessengerError:
    """Return what it means where the call takes a right of its own: messages the chat may take."""
    meant = NotAllowed(str(error)) if error.because == "silenced" else error
    meant.chat = error.chat
    return meant


def _gone(description: str) -> ChatGone:
    text, error = description.lower(), ChatGone(description)
    error.because = next((why for why, marks in _SHUT if any(mark in text for mark in marks)), None)
    return error


def _never_left(error: TelegramNetworkError) -> bool:
    """Whether there was no connection at all: then nothing can have been carried out."""
    return isinstance(error.__cause__ or error.__context__, ClientConnectorError | ConnectionTimeoutError)
