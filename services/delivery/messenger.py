"""The way out, as the services see it: a few calls, and a small tree of what can go wrong with them.

MessengerError
├── Busy          asked to wait; certainly not carried out
├── Spent         the group's calls are used up for now; not even asked for
├── Unreached     no connection; certainly not carried out
├── Unsure        no clear answer: it may have been carried out
├── ChatGone      this chat will not take anything from the bot
├── ChatMoved     the group lives under another id
├── TopicGone     the topic is deleted
├── MessageGone   what was to be edited or copied is not there
│   └── Uncopyable    it is there, and Telegram does not let it be copied
└── Refused       anything else the server says no to, for good
    ├── Unconnected   the account or channel that the chat belongs to does not let the bot write there
    └── NotAllowed    the bot lacks the right for just this; the chat takes its messages
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from services.delivery.group_standing import GroupStanding
from services.messages.effects import Position, Words

Leave = Callable[[], Awaitable[None]]
"""Awaited right before a call that must not be made twice leaves. What it raises keeps the call back."""


class MessengerError(Exception):
    """The root. The text is the server's reason: it holds no words of a customer."""

    chat: int | None = None
    """Where the call went; None where it left for nowhere."""


class Busy(MessengerError):
    """The server names how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class Spent(MessengerError):
    """Our own count says so, before the server would have to."""

    def __init__(self, seconds: float) -> None:
        super().__init__("the group has been told all it takes in a minute")
        self.seconds = seconds


class Unreached(MessengerError):
    pass


class Unsure(MessengerError):
    """`sick`: the server itself says that it is not well, so it may take a while."""

    def __init__(self, reason: str, *, sick: bool = False) -> None:
        super().__init__(reason)
        self.sick = sick


Shut = Literal["out", "silenced", "restricted"]
"""Why a chat takes nothing: the bot is not in it, may not write there, or Telegram has restricted the chat."""


class ChatGone(MessengerError):
    """`because`: where the server has said it in words that are known."""

    because: Shut | None = None


class ChatMoved(MessengerError):
    """The group became a supergroup."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"moved to {chat_id}")
        self.chat_id = chat_id


class TopicGone(MessengerError):
    pass


class MessageGone(MessengerError):
    pass


class Uncopyable(MessageGone):
    pass


class Refused(MessengerError):
    pass


Lacking = Literal["connection", "right", "day"]
"""What is wanting where a chat is somebody else's: the connection to the account, the right to write there, or a word
of the customer within the last day."""


class Unconnected(Refused):
    """The chat is somebody else's, and something is wanting there."""

    def __init__(self, reason: str, lacking: Lacking) -> None:
        super().__init__(reason)
        self.lacking = lacking


class NotAllowed(Refused):
    """To open a topic or to pin a message takes a right of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The chat, topic and message that a message goes to, in the messenger's own coordinates."""

    chat_id: int
    topic_id: int | None = None
    reply_to: int | None = None
    shared: bool = False
    """Whether the topic holds other tickets as well."""
    quote: str | None = None
    """What of the message it answers."""
    via: str | None = None
    """The connection to the account whose chat it is; None: the bot's own chat. The numbers of both may be the same."""
    direct_topic: int | None = None
    """Whose topic it is, of a channel's direct messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the messenger said of a delivered message."""

    telegram_id: int | None
    """None when the answer could not be read: it was delivered all the same."""
    forum: bool | None = None
    """Whether the chat is a forum, where the answer tells."""
    hangs: bool | None = None
    """Whether it answers what it was meant to answer; None where the server does not say."""
    file_id: str | None = None
    """What it calls the file in it."""
    in_words: bool = False
    """It could not be copied, and its words went instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is sent as a picture, where it is one, or else as a document."""

    name: str
    content: bytes
    is_picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that the messenger has, as a part of an album."""

    kind: str
    file_id: str
    words: Words


class Messenger(Protocol):
    """Telegram, or whatever stands in for it in a test. Every call raises MessengerError and nothing else."""

    async def say(self, target: Target, words: Words, *, leave: Leave) -> Sent: ...

    async def copy(
        self, target: Target, from_chat: int, telegram_ids: Sequence[int], *, leave: Leave, bare: bool = False
    ) -> list[Sent]: ...

    async def send_file(self, target: Target, file: File, words: Words, *, leave: Leave) -> Sent: ...

    async def send_files(self, target: Target, files: Sequence[tuple[File, Words]], *, leave: Leave) -> list[Sent]:
        """Send files of one kind as an album, each with words under it."""

    async def send_media(self, target: Target, kind: str, file_id: str, words: Words, *, leave: Leave) -> Sent:
        """Send a file that the messenger has, by its kind: where a message cannot be copied."""

    async def send_album(self, target: Target, parts: Sequence[Part], *, leave: Leave) -> list[Sent]:
        """Send files that the messenger has as one album. Raises Uncopyable for kinds that cannot stand together."""

    async def locate(self, target: Target, position: Position, *, leave: Leave) -> Sent: ...

    async def move(self, chat_id: int, telegram_id: int, position: Position, *, via: str | None = None) -> None: ...

    async def edit(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None: ...

    async def edit_caption(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None: ...

    async def edit_media(
        self, chat_id: int, telegram_id: int, kind: str, file_id: str, words: Words, *, via: str | None = None
    ) -> None: ...

    async def react(self, chat_id: int, telegram_id: int, emoji: str | None) -> None: ...

    async def stands(self, chat_id: int, telegram_id: int) -> bool:
        """Whether a message is still there, as far as the server says: asking takes nothing of its limits."""

    async def delete(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None: ...

    async def pin(self, chat_id: int, telegram_id: int) -> None: ...

    async def strip_buttons(self, chat_id: int, telegram_id: int, *, via: str | None = None) -> None: ...

    async def open_topic(self, chat_id: int, name: str, *, leave: Leave, icon: str | None = None) -> int:
        """Open a topic. `icon`: by its number; where the server takes none, the topic opens without."""

    async def edit_topic(
        self, chat_id: int, topic_id: int, *, name: str | None = None, icon: str | None = None
    ) -> None:
        """Give a topic another name, another icon, or both; None leaves what there is."""

    async def topic_icons(self) -> Mapping[str, str]:
        """Return the numbers of the icons that any topic may have, by the emoji that they show."""

    async def sweep(self, chat_id: int, telegram_id: int) -> None:
        """Delete a line that counts in no limit."""

    async def turn_topic(self, chat_id: int, topic_id: int, *, closed: bool) -> None: ...

    async def is_forum(self, chat_id: int) -> bool: ...

    async def is_member(self, chat_id: int, user_id: int) -> bool: ...

    async def administrators(self, chat_id: int) -> list[int]: ...

    async def is_open(self, chat_id: int) -> bool: ...

    async def standing(self, chat_id: int) -> GroupStanding:
        """Return what a group is, and what the bot may do there. Raises ChatGone where it is no member."""

    async def takes_messages(self) -> bool: ...
