"""The pretend Telegram itself: who is there, what was written, and what the bot hears of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from playground import contents
from playground.accounts import Account, in_account
from playground.chats import BotStatus, Chat, Message, Topic, User
from playground.contents import Content
from playground.files import Files
from playground.members import bot_member
from playground.placing import place_of, reachable
from playground.updates import Updates

PRESS_LIVES_S: Final = 150.0
ANONYMOUS: Final = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
"""Who an anonymous admin of a group writes as."""
TOPIC_COLOURS: Final = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
FIRST_IN_SUPERGROUP: Final = 2
"""Id 1 was the line that the group was made: it is no topic, and General goes by it."""
HEARD: Final = frozenset({"administrator", "member"})
MAILBOX: Final = 0
"""The series of message ids that private chats and basic groups share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something a person could see.

    `kind`: message, edit, delete, reaction, chat, typing, answer, insight, bot, anew (everything is another).
    """

    kind: str
    chat: Chat | None = None
    message: Message | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class Press:
    """A pressed button; `answer` is what answerCallbackQuery brought, None until then."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answer: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The words of the answer; empty while there are none."""
        return str((self.answer or {}).get("text", ""))


class World:
    """All state. What people do goes through here and becomes updates; what the bot does comes from the methods."""

    def __init__(self, *, bot: User, clock: Callable[[], float], past: int = 0) -> None:
        """Take how many messages and updates there have been before: ids go on from there."""
        self.bot = bot
        self.clock = clock
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.channels: dict[int, Chat] = {}
        """Channels, and their chats of direct messages."""
        self.accounts: dict[str, Account] = {}
        """Accounts that the bot is connected to, by the name of the connection."""
        self.files = Files()
        self.updates = Updates(clock=clock, past=past)
        self.presses: dict[str, Press] = {}
        self.profile: dict[str, Any] = {}
        """What the bot told about itself: commands, descriptions, menu."""
        self.listeners: list[Callable[[Change], None]] = []
        self._past = past
        self._last: dict[int, int] = {}
        """The newest message id of each series."""

    def now(self) -> int:
        return int(self.clock())

    def tell(self, kind: str, chat: Chat | None = None, message: Message | None = None, **detail: Any) -> None:
        change = Change(kind=kind, chat=chat, message=message, detail=detail)
        for listener in list(self.listeners):
            listener(change)

    @property
    def places(self) -> list[Chat]:
        """All chats in which people write: the bot's own, those of connected accounts, direct messages of channels."""
        held = {id(account.chats): account.chats for account in self.accounts.values()}
        in_accounts = [chat for chats in held.values() for chat in chats.values()]
        return [*self.chats.values(), *in_accounts, *(chat for chat in self.channels.values() if chat.channel)]

    def next_message_id(self, chat: Chat) -> int:
        """Count on, as Telegram does: see `_series`."""
        first = FIRST_IN_SUPERGROUP if chat.type == "supergroup" else 1
        series = _series(chat)
        self._last[series] = max(self._last.get(series, 0) + 1, first + self._past)
        return self._last[series]

    def remember(self, chat: Chat) -> None:
        """Take in a chat of an earlier time; the ids of its messages are not given again."""
        match chat:
            case Chat(connection=str() as connection):
                self.accounts[connection].chats[chat.id] = chat
            case Chat(channel=None, type="private" | "group" | "supergroup"):
                self.chats[chat.id] = chat
            case _:
                self.channels[chat.id] = chat
        series = _series(chat)
        self._last[series] = max([self._last.get(series, 0), *chat.messages])

    def forget(self) -> None:
        """Begin anew, with nobody but the bot. Ids go on: whoever remembers the old ones takes no new line for them."""
        for kept in (self.chats, self.channels, self.accounts, self.presses, self.profile):
            kept.clear()
        self.users = {self.bot.id: self.bot}
        self.files = Files()
        self.updates.clear()
        self.tell("anew")

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Content,
        *,
        reply: Message | None = None,
        topic: Topic | None = None,
        opens_topic: bool = False,
        **extra: Any,
    ) -> Message:
        """Put a message into the chat; the bot hears of it unless it wrote it, of its service messages too."""
        body: dict[str, Any] = {
            "message_id": self.next_message_id(chat),
            "from": sender.as_json(),
            "chat": chat.as_json(),
            "date": self.now(),
        }
        body |= in_account(chat, sender)
        own = {"message_thread_id": body["message_id"], "is_topic_message": True} if opens_topic else {}
        message = Message(body=body | place_of(chat, reply, topic) | own | extra | content, chat=chat)
        chat.messages[message.id] = message
        self.tell("message", chat, message)
        self._hear("message", message, sender)
        return message

    def edit(self, message: Message, content: Content, *, sender: User | None = None) -> None:
        """Replace what `content` names; a None removes. With a sender (a person) the bot hears of it."""
        kept = {key: value for key, value in message.body.items() if key not in content}
        changed = {key: value for key, value in content.items() if value is not None}
        message.body = kept | changed | ({"edit_date": self.now()} if sender or _words(content) else {})
        self.tell("edit", message.chat, message)
        if sender:
            self._hear("edited_message", message, sender)

    def delete(self, message: Message) -> None:
        """Take a message away; bots are told of that in accounts alone."""
        message.deleted = True
        self.tell("delete", message.chat, message)
        if message.chat.connection is not None:
            told = {"business_connection_id": message.chat.connection, "chat": message.chat.as_json()}
            self.updates.put("deleted_business_messages", told | {"message_ids": [message.id]}, lane=message.chat.id)

    def press(self, user: User, message: Message, data: str) -> Press:
        press = Press(id=str(secrets.randbits(60)), user=user, message=message, data=data, at=self.clock())
        self.presses[press.id] = press
        body = {"id": press.id, "from": user.as_json(), "message": reachable(message), "data": data}
        self.updates.put("callback_query", body | {"chat_instance": str(-message.chat.id)}, lane=user.id)
        self.tell("press", message.chat, message, press=press)
        return press

    def react(self, user: User, message: Message, emoji: list[str]) -> None:
        """Set the reactions of a user, or of the bot; in groups only an administrator bot hears of them."""
        old = message.reactions.get(user.id, [])
        message.reactions = {**message.reactions, user.id: emoji}
        self.tell("reaction", message.chat, message)
        hears = message.chat.type == "private" or message.chat.bot_status == "administrator"
        hears = hears and message.chat.owner is None  # of accounts bots are told lines, edits and deletions
        if not user.is_bot and hears:
            body = {
                "chat": message.chat.as_json(),
                "message_id": message.id,
                "user": user.as_json(),
                "date": self.now(),
                "old_reaction": [{"type": "emoji", "emoji": e} for e in old],
                "new_reaction": [{"type": "emoji", "emoji": e} for e in emoji],
            }
            self.updates.put("message_reaction", body, lane=message.chat.id)

    def set_bot_status(self, chat: Chat, actor: User, status: BotStatus) -> None:
        """Block, unblock, kick or promote the bot; it is told by my_chat_member."""
        old = bot_member(self.bot, chat)
        chat.bot_status = status
        chat.blocked = chat.type == "private" and status == "kicked"
        body = {"chat": chat.as_json(), "from": actor.as_json(), "date": self.now(), "old_chat_member": old}
        self.updates.put("my_chat_member", body | {"new_chat_member": bot_member(self.bot, chat)}, lane=chat.id)
        self.tell("chat", chat)

    def open_topic(self, chat: Chat, actor: User, name: str, colour: int | None = None, *, icon: str = "") -> Topic:
        colour = colour or TOPIC_COLOURS[len(chat.topics) % len(TOPIC_COLOURS)]
        sign = {"icon_custom_emoji_id": icon} if icon else {}
        note = {"forum_topic_created": {"name": name, "icon_color": colour} | sign}
        opened = self.post(chat, actor, note, opens_topic=True)
        topic = chat.topics[opened.id] = Topic(id=opened.id, name=name, icon_color=colour, icon=icon)
        self.tell("chat", chat)
        return topic

    def change_topic(self, chat: Chat, topic: Topic, actor: User, note: Content) -> None:
        """Write the service message of a change that was made to the topic."""
        self.post(chat, actor, note, topic=topic)
        self.tell("chat", chat)

    def delete_topic(self, chat: Chat, topic: Topic, error: str) -> None:
        topic.deleted = error
        for message in chat.in_topic(topic.id):
            self.delete(message)
        self.tell("chat", chat)

    def _hear(self, kind: str, message: Message, sender: User) -> None:
        chat = message.chat
        hears = chat.bot_status in HEARD and not chat.blocked
        if chat.connection is not None:
            hears = self.accounts[chat.connection].enabled
            kind = {"message": "business_message", "edited_message": "edited_business_message"}[kind]
        if hears and (not sender.is_bot or sender is ANONYMOUS or message.kind == "service"):
            self.updates.put(kind, message.body, lane=chat.id)


def _series(chat: Chat) -> int:
    """Return whose count the ids of a chat are.

    A supergroup counts its own; the bot's private chats and basic groups share a count, and so do those of an account.
    """
    if chat.type in ("supergroup", "channel"):
        return chat.id
    return chat.owner.id if chat.owner else MAILBOX


def _words(content: Content) -> bool:
    return any(key in contents.CARRIED for key in content)
