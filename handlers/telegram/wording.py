"""Words, buttons and answers as the Bot API has them."""

from __future__ import annotations

from typing import Any, Final, Literal

from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from handlers.telegram import methods
from services.delivery.messenger import Sent, Target
from services.messages.effects import Keyboard, Words
from services.texts.html import plain

Owner = Literal["account", "channel"]
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


def place(target: Target) -> dict[str, Any]:
    """Return where a call sends to: a chat of the bot's own, of an account it is connected to, a topic there."""
    return {
        "chat_id": target.chat_id,
        "message_thread_id": target.topic_id,
        "business_connection_id": target.via,
        "direct_messages_topic_id": target.direct_topic,
    }


def whose(call: Any) -> Owner | None:
    """Return whose chat a call goes to; None: the bot's own, or a group."""
    if getattr(call, "business_connection_id", None) is not None:
        return "account"
    return "channel" if getattr(call, "direct_messages_topic_id", None) is not None else None


def text(words: Words) -> dict[str, Any]:
    if words.html:
        return {"text": words.text, "parse_mode": "HTML"}
    entities = [MessageEntity.model_validate(entity) for entity in words.entities]
    return {"text": words.text, "parse_mode": None, "entities": entities or None}


def preview(words: Words) -> LinkPreviewOptions | None:
    """Return how links are previewed: not at all in what the bot itself says."""
    if words.preview is None:
        return NO_PREVIEW
    return LinkPreviewOptions.model_validate(words.preview) if words.preview else None


def caption(words: Words) -> dict[str, Any]:
    """Return words for under a picture. Telegram takes an empty caption by its absence."""
    spoken = text(words)
    return {
        "caption": spoken["text"] or None,
        "parse_mode": spoken["parse_mode"],
        "caption_entities": spoken.get("entities"),
    }


def bare(call: Any, words: Words) -> Any:
    """Return the same call without formatting."""
    unshaped = plain(words.text) if words.html else words.text
    said = {"parse_mode": None, "entities": None, "text": unshaped}
    under = {"parse_mode": None, "caption_entities": None, "caption": unshaped or None}
    if isinstance(call, methods.EditMessageMedia):
        return call.model_copy(update={"media": call.media.model_copy(update=under)})
    return call.model_copy(update=said if hasattr(call, "text") else under)


def reply(target: Target) -> ReplyParameters | None:
    if target.reply_to is None:
        return None
    return ReplyParameters(message_id=target.reply_to, allow_sending_without_reply=True, quote=target.quote)


def quotes(call: Any) -> bool:
    """Whether a call marks what it answers."""
    answered = getattr(call, "reply_parameters", None)
    return answered is not None and answered.quote is not None


def without_quote(call: Any) -> Any:
    """Return the same call as an answer to the whole message."""
    return call.model_copy(update={"reply_parameters": call.reply_parameters.model_copy(update={"quote": None})})


def markup(buttons: Keyboard) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=button.text, callback_data=button.press, style=button.style) for button in row]
            for row in buttons
        ]
    )


def markup_of(words: Words) -> InlineKeyboardMarkup | ForceReply | None:
    """Return what stands under a new message: its buttons, or that it asks those whom it names for an answer."""
    return ForceReply(force_reply=True, selective=True) if words.asks else markup(words.buttons)


def unstyled(call: Any) -> Any | None:
    """Return the same call with buttons as they were before they had colours; None where they have none."""
    markup = getattr(call, "reply_markup", None)
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    if not any(button.style for row in rows for button in row):
        return None
    plain_rows = [[button.model_copy(update={"style": None}) for button in row] for row in rows]
    return call.model_copy(update={"reply_markup": InlineKeyboardMarkup(inline_keyboard=plain_rows)})


def sent(answer: Any, target: Target | None = None) -> Sent:
    """Read what matters from the raw answer: the call has succeeded, whatever else stands in it."""
    number, chat = (answer.get("message_id"), answer.get("chat")) if isinstance(answer, dict) else (None, None)
    file = answer.get("photo") or answer.get("document") if isinstance(answer, dict) else None
    one = file[-1] if isinstance(file, list) and file else file
    file_id = one.get("file_id") if isinstance(one, dict) else None
    answers = target is not None and target.reply_to is not None and isinstance(answer, dict)
    return Sent(
        telegram_id=number if isinstance(number, int) else None,
        file_id=file_id if isinstance(file_id, str) else None,
        forum=bool(chat.get("is_forum")) if isinstance(chat, dict) else None,
        hangs="reply_to_message" in answer if answers else None,
    )
