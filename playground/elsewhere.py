"""Hands for chats that are not the bot's own: an account that it is connected to, direct messages of a channel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from playground import defaults
from playground.accounts import REPLY, Account
from playground.chats import Chat, Message, User
from playground.contents import Content
from playground.members import bot_member
from playground.people import Author, Which
from playground.world import World

MANAGES: Final = "can_manage_direct_messages"


class ConnectedAccount:
    """An account whose owner has connected the bot."""

    def __init__(self, world: World, owner: User, account: Account | None = None) -> None:
        """`account`: the newest connection of an earlier time; without one the bot is connected now."""
        self.world = world
        self.owner = owner
        self.account = account or self.connect()

    def connect(self) -> Account:
        """Connect the bot; doing so again makes another connection, with the same chats."""
        number = len(self.world.accounts) + 1
        former = next((one for one in reversed(self.world.accounts.values()) if one.owner.id == self.owner.id), None)
        chats = former.chats if former else {}
        account = Account(id=f"connection-{number}", owner=self.owner, since=self.world.now(), chats=chats)
        self.world.accounts[account.id] = self.account = account
        for chat in chats.values():
            chat.connection = account.id
        self._tell()
        return account

    def disconnect(self) -> None:
        self.account.enabled = False
        self._tell()

    def set_right(self, name: str, *, on: bool) -> None:
        (self.account.rights.add if on else self.account.rights.discard)(name)
        self._tell()

    @property
    def may_reply(self) -> bool:
        return REPLY in self.account.rights

    def chat_with(self, person: User) -> Chat:
        """Return the chat of the owner with somebody; its number is that person's, as in the bot's own chat."""
        if person.id not in self.account.chats:
            members = {person.id: person, self.owner.id: self.owner}
            made = self.account.chats[person.id] = Chat(
                id=person.id,
                type="private",
                person=person,
                members=members,
                connection=self.account.id,
                owner=self.owner,
            )
            self.world.tell("chat", made)
        return self.account.chats[person.id]

    def customer(self, person: User) -> Author:
        return Author(self.world, person, self.chat_with(person))

    def own(self, person: User) -> Author:
        """Return the owner in front of their chat with somebody."""
        return Author(self.world, self.owner, self.chat_with(person))

    def speak(self, language: str) -> None:
        """Let the owner's client have this language, from the next line on."""
        self.owner = replace(self.owner, language_code=language)
        for account in self.world.accounts.values():
            if account.owner.id == self.owner.id:
                account.owner = self.owner
        for chat in self.account.chats.values():
            chat.owner = self.owner
            chat.members = chat.members | {self.owner.id: self.owner}

    def _tell(self) -> None:
        self.world.updates.put("business_connection", self.account.as_json(), lane=self.owner.id)
        for chat in self.account.chats.values():
            self.world.tell("chat", chat)
        self.world.tell("people")


class Topical(Author):
    """Somebody in one topic of a channel's direct messages: whose it is, or the channel."""

    def __init__(self, world: World, user: User, chat: Chat, *, person: User, channel: Chat | None = None) -> None:
        super().__init__(world, user, chat)
        self._place: dict[str, Any] = {"direct_messages_topic": {"topic_id": person.id, "user": person.as_json()}}
        if channel is not None:
            self._place["sender_chat"] = channel.as_json()

    def post(self, content: Content, *, reply_to: Which | None = None, **extra: Any) -> Message:
        return super().post(content, reply_to=reply_to, **self._place, **extra)


class DirectMessages:
    """A channel with direct messages, run by its owner, with the bot as an administrator."""

    def __init__(
        self,
        world: World,
        owner: User,
        *,
        title: str = "News",
        channel_id: int = defaults.CHANNEL_ID,
        chat: Chat | None = None,
    ) -> None:
        """`chat`: where subscribers wrote at an earlier time; without one the channel is made now."""
        self.world = world
        self.owner = owner
        self.chat = chat or self._made(title, channel_id)

    def _made(self, title: str, number: int) -> Chat:
        channel = Chat(id=number, type="channel", title=title, members={self.owner.id: self.owner})
        channel.bot_rights[MANAGES] = True
        chat = Chat(id=number - 1, type="supergroup", title=title, channel=channel)
        self.world.channels |= {channel.id: channel, chat.id: chat}
        return chat

    @property
    def channel(self) -> Chat:
        if self.chat.channel is None:
            raise LookupError(f"{self.chat.id} is no chat of direct messages")
        return self.chat.channel

    def subscriber(self, person: User) -> Author:
        """Return a subscriber in front of their topic, which is made with their first line."""
        return Topical(self.world, person, self.chat, person=person)

    def own(self, person: User) -> Author:
        """Return an administrator of the channel in front of a subscriber's topic: they write as the channel."""
        return Topical(self.world, self.owner, self.chat, person=person, channel=self.channel)

    def write(self, person: User, text: str) -> Message:
        return self.subscriber(person).send(text)

    def answer(self, person: User, text: str) -> Message:
        return self.own(person).send(text)

    def told(self, person: User) -> list[Message]:
        """Return what the bot has written in somebody's topic."""
        return [one for one in self.chat.from_bot if one.direct_topic == person.id]

    @property
    def may_reply(self) -> bool:
        return bool(self.channel.bot_rights.get(MANAGES))

    def set_right(self, *, on: bool) -> None:
        """Give the bot the right to manage direct messages, or take it; it is told what it is in the channel now."""
        world, channel = self.world, self.channel
        old = bot_member(world.bot, channel)
        channel.bot_rights = channel.bot_rights | {MANAGES: on}
        body = {"chat": channel.as_json(), "from": self.owner.as_json(), "date": world.now(), "old_chat_member": old}
        new = {"new_chat_member": bot_member(world.bot, channel)}
        world.updates.put("my_chat_member", body | new, lane=channel.id)
        self._tell()

    def rename(self, title: str) -> None:
        self.channel.title = self.chat.title = title
        self._tell()

    def _tell(self) -> None:
        for chat in (self.channel, self.chat):
            self.world.tell("chat", chat)
