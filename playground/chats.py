"""Users, chats, topics and messages: the state of the pretend Telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from playground import contents
from playground.text import Entity

ChatType = Literal["private", "group", "supergroup", "channel"]
BotStatus = Literal["administrator", "member", "kicked", "left"]

RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
PERMISSIONS: Final = {"can_send_messages": True, "can_pin_messages": False, "can_manage_topics": False}
"""Of everybody, in a group as it is made."""
NO_RIGHTS: Final = (
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who writes: a person or the bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def names(self) -> dict[str, Any]:
        named = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in named.items() if value}

    def as_json(self) -> dict[str, Any]:
        language = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.id, "is_bot": self.is_bot} | self.names | language


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button as the person sees it."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message. `body` is its JSON as the bot sees it; it is replaced on a change, never changed in place."""

    body: dict[str, Any]
    chat: Chat
    insight: dict[str, Any] | None = None
    reactions: dict[int, list[str]] = field(default_factory=dict)
    """Emoji by the id of who reacted."""
    deleted: bool = False

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def kind(self) -> str:
        return contents.kind_of(self.body)

    @property
    def text(self) -> str:
        """Its words: text or caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Entity]:
        return list(self.body.get("entities") or self.body.get("caption_entities") or [])

    @property
    def from_bot(self) -> bool:
        if "sender_business_bot" in self.body:
            return True
        return bool(self.body["from"]["is_bot"]) and "sender_chat" not in self.body

    @property
    def sender_id(self) -> int:
        return int(self.body["from"]["id"])

    @property
    def thread_id(self) -> int | None:
        """The topic it stands in; None in General, in a plain group and in private."""
        return self.body.get("message_thread_id") if self.body.get("is_topic_message") else None

    @property
    def direct_topic(self) -> int | None:
        """Of a channel's direct messages: whose topic it stands in."""
        return (self.body.get("direct_messages_topic") or {}).get("topic_id")

    @property
    def reply_to(self) -> int | None:
        return (self.body.get("reply_to_message") or {}).get("message_id")

    @property
    def album(self) -> str | None:
        return self.body.get("media_group_id")

    @property
    def edited(self) -> bool:
        return "edit_date" in self.body

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard."""
        keyboard = (self.body.get("reply_markup") or {}).get("inline_keyboard", [])
        return [
            [Button(text=b["text"], data=b.get("callback_data"), url=b.get("url")) for b in row] for row in keyboard
        ]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    def button(self, words: str) -> Button:
        """Find the button whose text contains `words`. Raises LookupError."""
        for button in self.buttons:
            if words.lower() in button.text.lower():
                return button
        raise LookupError(f"no button {words!r} among {[button.text for button in self.buttons]}")

    def shown(self) -> str:
        """Write it as one line, for people who read a failed test."""
        who = "bot" if self.from_bot else self.body["from"]["first_name"]
        keys = "".join(f" [{button.text}]" for button in self.buttons)
        place = f" (topic {self.thread_id})" if self.thread_id else ""
        return f"#{self.id} {who}{place}: <{self.kind}> {self.text!r}{keys}{' DELETED' if self.deleted else ''}"


@dataclass(slots=True, kw_only=True, eq=False)
class Topic:
    """A topic of a forum; its id is the id of the service message that opened it."""

    id: int
    name: str
    icon_color: int
    icon: str = ""
    """The number of the sign that stands in the list of topics; empty: a letter."""
    closed: bool = False
    deleted: str = ""
    """The error the bot gets for it, once it is deleted."""


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat or a group, seen from outside: all messages, also those the bot never sees."""

    id: int
    type: ChatType
    title: str = ""
    person: User | None = None
    """Whose private chat it is."""
    is_forum: bool = False
    members: dict[int, User] = field(default_factory=dict)
    bot_status: BotStatus = "administrator"
    bot_rights: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(RIGHTS, True))
    permissions: dict[str, bool] = field(default_factory=PERMISSIONS.copy)
    """What whoever is no administrator may do in the group."""
    started: bool = True
    """Whether the bot may write first: in a private chat only after the person wrote."""
    blocked: bool = False
    deactivated: bool = False
    protected: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    """By id, deleted ones too."""
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    username: str | None = None
    """By which anybody finds the group and may join it."""
    linked_chat_id: int | None = None
    """The channel whose discussion it is: who reads that may write here."""
    connection: str | None = None
    """Of a chat in somebody's account: the bot's connection to it. The number is then also that of another chat."""
    owner: User | None = None
    """Whose account that is."""
    channel: Chat | None = None
    """Of the direct messages of a channel: that channel."""

    def lets_bot(self, right: str) -> bool:
        """Whether the bot may do something in the group: by its own rights, or since everybody may."""
        if self.bot_status == "administrator":
            return self.bot_rights.get(right, True)
        return self.permissions.get(right, False)

    @property
    def place(self) -> int | str:
        """What no other chat is called: the number of one in somebody's account is that of another chat as well."""
        return f"{self.owner.id}-{self.id}" if self.owner else self.id

    @property
    def is_elsewhere(self) -> bool:
        """Whether somebody else than the bot is written to: the owner of an account, a channel."""
        return self.owner is not None or self.channel is not None

    def as_json(self) -> dict[str, Any]:
        """Give the short form that stands in messages."""
        base: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.person:
            return base | self.person.names
        public = {"username": self.username} if self.username else {}
        direct = {"is_direct_messages": True} if self.channel else {}
        return base | {"title": self.title} | public | ({"is_forum": True} if self.is_forum else {}) | direct

    def get(self, message_id: int | None) -> Message | None:
        """Find a message that is still there."""
        message = self.messages.get(message_id or 0)
        return message if message and not message.deleted else None

    @property
    def history(self) -> list[Message]:
        """What is still there, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    @property
    def from_bot(self) -> list[Message]:
        """What the bot wrote and is still there, service messages aside."""
        return [message for message in self.history if message.from_bot and message.kind != "service"]

    def in_topic(self, thread_id: int | None) -> list[Message]:
        return [message for message in self.history if message.thread_id == thread_id]

    def shown(self) -> str:
        name = self.person.first_name if self.person else self.title
        return "\n".join([f"{name} ({self.id}):", *(f"  {message.shown()}" for message in self.messages.values())])
