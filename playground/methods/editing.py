"""What the bot changes of messages that are there: words, keyboards, reactions, pins, and the answer to a press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from playground.chats import Message
from playground.contents import CAPTIONED, Content, file, location
from playground.errors import bad_request
from playground.methods.reactions import FREE
from playground.methods.target import check_length, find_message, open_chat, read_keyboard
from playground.methods.wording import read_caption, read_text
from playground.params import Params
from playground.world import PRESS_LIVES_S, World

EDITABLE: Final = CAPTIONED - {"voice"}
LONGEST_ANSWER: Final = 200
MOST_DELETED: Final = 100
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(world: World, params: Params) -> dict[str, Any]:
    message = _own(world, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, params, {"entities": None} | read_text(params))


def edit_caption(world: World, params: Params) -> dict[str, Any]:
    message = _own(world, params)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, params, {"caption": None, "caption_entities": None} | read_caption(params))


def edit_media(world: World, params: Params) -> dict[str, Any]:
    """Put another file, of the same kind or another, in place of what a message shows; into a text as well."""
    message = _own(world, params)
    media = params.record("media") or {}
    kind = media.get("type")
    if kind not in EDITABLE or message.kind not in EDITABLE | {"text"}:
        raise bad_request("message can't be edited")
    stored = world.files.get(str(media.get("media", "")))
    gone: Content = dict.fromkeys((*EDITABLE, "text", "entities", "caption", "caption_entities"))
    words = read_caption(Params({**media, "caption": media.get("caption") or ""}))
    return _change(world, message, params, gone | file(str(kind), stored) | words)


def move(world: World, params: Params) -> dict[str, Any]:
    """Let a live location move."""
    message = _own(world, params)
    period = message.body.get("location", {}).get("live_period")
    if not period:
        raise bad_request("message can't be edited")
    place = float(params.text("latitude")), float(params.text("longitude"))
    return _change(world, message, params, location(*place, live_period=period))


def stop(world: World, params: Params) -> dict[str, Any]:
    """Let a live location stand still from now on."""
    message = _own(world, params)
    where = message.body.get("location", {})
    if not where.get("live_period"):
        raise bad_request("message can't be edited")
    return _change(world, message, params, location(where["latitude"], where["longitude"]))


def edit_keyboard(world: World, params: Params) -> dict[str, Any]:
    return _change(world, _own(world, params), params, {})


def _own(world: World, params: Params) -> Message:
    message = find_message(open_chat(world, params), params, "edit")
    if not message.from_bot or message.kind == "service":
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, params: Params, content: Content) -> dict[str, Any]:
    """Carry out an edit; without a keyboard it takes the keyboard away."""
    content = content | {"reply_markup": read_keyboard(params).get("reply_markup")}
    if all(message.body.get(key) == value for key, value in content.items()):
        raise bad_request(NOT_MODIFIED)
    world.edit(message, content)
    return message.body


def delete_message(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    world.delete(find_message(chat, params, "delete"))
    return True


def delete_messages(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    ids = params.items("message_ids") or []
    if not 1 <= len(ids) <= MOST_DELETED:
        raise bad_request("message identifiers are not specified")
    for message in filter(None, (chat.get(int(i)) for i in ids)):
        world.delete(message)
    return True


def delete_business_messages(world: World, params: Params) -> bool:
    """Delete in an account: what the bot has sent there, with the right for that."""
    account = world.accounts.get(params.text("business_connection_id"))
    if account is None or not account.enabled:
        raise bad_request("business connection not found")
    if not account.rights & {"can_delete_sent_messages", "can_delete_all_messages"}:
        raise bad_request("not enough rights")
    ids = [int(one) for one in params.items("message_ids") or []]
    found = [one for chat in account.chats.values() for one in map(chat.get, ids) if one]
    if not found:
        raise bad_request("message to delete not found")
    for message in found:
        world.delete(message)
    return True


def answer_press(world: World, params: Params) -> bool:
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or world.clock() - press.at > PRESS_LIVES_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    check_length(params.text("text"), LONGEST_ANSWER, "MESSAGE_TOO_LONG")
    press.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "url": params.text("url")}
    world.tell("answer", press.message.chat, press.message, press=press)
    return True


def react(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    message = find_message(chat, params, "react")
    wanted = params.items("reaction") or []
    emoji = [str(item.get("emoji", "")) for item in wanted if isinstance(item, dict)]
    if any(e.removesuffix("\ufe0f") not in FREE for e in emoji):
        raise bad_request("REACTION_INVALID")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    world.react(world.bot, message, emoji)
    return True


def pin(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    message = find_message(chat, params, "pin")
    if chat.type != "private" and not chat.lets_bot("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned = [*(i for i in chat.pinned if i != message.id), message.id]
    world.tell("chat", chat)
    return True


def unpin(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    wanted = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    chat.pinned = [i for i in chat.pinned if i != wanted]
    world.tell("chat", chat)
    return True


def unpin_all(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    chat.pinned = []
    world.tell("chat", chat)
    return True


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageLiveLocation": move,
    "stopMessageLiveLocation": stop,
    "editMessageReplyMarkup": edit_keyboard,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "deleteBusinessMessages": delete_business_messages,
    "answerCallbackQuery": answer_press,
    "setMessageReaction": react,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
