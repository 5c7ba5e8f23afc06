"""Where a call of the bot goes: chat, topic, reply, keyboard; each checked as Telegram checks it."""

from __future__ import annotations

from typing import Any, Final

from playground.chats import Chat, Message, Topic
from playground.errors import bad_request, forbidden
from playground.params import Params
from playground.text import units
from playground.world import World

MOST_BUTTONS: Final = 100
LONGEST_DATA: Final = 64
GENERAL: Final = 1
ACTIONS: Final = frozenset(
    {"callback_data", "url", "copy_text", "web_app", "login_url", "pay", "disabled", "callback_game"}
    | {"switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}
)


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Find a chat by id, whether or not the bot may write there."""
    raw = params.text(name)
    if not raw:
        raise bad_request(f"{name} is empty")
    number = int(raw) if raw.removeprefix("-").isdigit() else 0
    found = world.chats.get(number) or world.channels.get(number)
    if found is None:
        raise bad_request("chat not found")
    if found.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=found.migrated_to)
    return found


def open_chat(world: World, params: Params) -> Chat:
    """Find a chat the bot may write to. Raises 403 where people or rights stand against it."""
    if connection := params.text("business_connection_id"):
        if connection not in world.accounts:
            raise bad_request("business connection not found")
        return world.accounts[connection].open_chat(params.text("chat_id"), world.clock())
    chat = find_chat(world, params)
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """Find a chat to put a message into. Raises 400 where only administrators of the group may."""
    chat = open_chat(world, params)
    if chat.type in ("group", "supergroup") and not chat.lets_bot("can_send_messages"):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def find_message(chat: Chat, params: Params, doing: str, name: str = "message_id") -> Message:
    message = chat.get(params.needed(name, "message identifier is not specified"))
    if message is None:
        raise bad_request(f"message to {doing} not found")
    return message


def find_topic(chat: Chat, params: Params) -> Topic | None:
    """Find the topic to write to; None is General, a plain group or a private chat."""
    thread = params.integer("message_thread_id")
    if not thread:
        return None
    topic = chat.topics.get(thread) if chat.is_forum or chat.type == "private" else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.deleted:
        raise bad_request(topic.deleted)
    if topic.closed:
        raise bad_request("TOPIC_CLOSED")
    return topic


def find_direct_topic(chat: Chat, params: Params) -> dict[str, Any]:
    """Give `{"direct_messages_topic": …}` for a topic of a channel's direct messages, where one has to be named."""
    if chat.channel is None:
        return {}
    if not chat.channel.bot_rights.get("can_manage_direct_messages") or chat.channel.bot_status != "administrator":
        raise forbidden("not enough rights to send messages to the chat")
    named = params.integer("direct_messages_topic_id")
    topics = (one.body.get("direct_messages_topic") for one in chat.messages.values())
    found = next((one for one in topics if one and one["topic_id"] == named), None)
    if found is None:
        raise bad_request("direct messages topic must be specified")
    return {"direct_messages_topic": found}


def find_reply(chat: Chat, params: Params) -> Message | None:
    wanted = params.record("reply_parameters") or {}
    message_id = wanted.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return None
    found = chat.get(int(message_id))
    anyway = wanted.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if found is None and not anyway:
        raise bad_request("message to be replied not found")
    return found


def read_quote(reply: Message | None, params: Params) -> dict[str, Any]:
    """Give `{"quote": …}` for a part of the message that is answered, as it stands there."""
    quote = (params.record("reply_parameters") or {}).get("quote")
    if not quote or reply is None:
        return {}
    at = reply.text.find(str(quote))
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": str(quote), "position": units(reply.text[:at]), "is_manual": True}}


def read_keyboard(params: Params) -> dict[str, Any]:
    """Give `{"reply_markup": …}` for an inline keyboard, nothing without one."""
    markup = params.record("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return {}
    rows = [row for row in markup["inline_keyboard"] if row]
    for button in (button for row in rows for button in row):
        _check_button(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be non-empty')
    if not ACTIONS & button.keys():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def check_length(text: str, most: int, problem: str) -> None:
    if units(text) > most:
        raise bad_request(problem)
