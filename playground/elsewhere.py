"""Hands for chats that are not the bot's own: an account that it is connected to, direct messages of a channel."""

from __future__ import annotations

from typing import Any

from playground import contents
from playground.accounts import Account
from playground.chats import Chat, Message, User
from playground.people import Author
from playground.text import detect
from playground.world import World


class ConnectedAccount:
    """An account whose owner has connected the bot."""

    def __init__(self, world: World, owner: User) -> None:
        self.world = world
        self.owner = owner
        self.account = self.connect()

    def connect(self) -> Account:
        """Connect the bot; doing so again makes another connection, with the same chats."""
        number = len(self.world.accounts) + 1
        account = Account(id=f"connection-{number}", owner=self.owner, since=self.world.now())
        self.world.accounts[account.id] = self.account = account
        self._tell()
        return account

    def disconnect(self) -> None:
        self.account.enabled = False
        self._tell()

    def set_right(self, name: str, *, on: bool) -> None:
        (self.account.rights.add if on else self.account.rights.discard)(name)
        self._tell()

    def chat_with(self, person: User) -> Chat:
        """Return the chat of the owner with somebody; its number is that person's, as in the bot's own chat."""
        if person.id not in self.account.chats:
            members = {person.id: person, self.owner.id: self.owner}
            self.account.chats[person.id] = Chat(
                id=person.id,
                type="private",
                person=person,
                members=members,
                connection=self.account.id,
                owner=self.owner,
            )
        return self.account.chats[person.id]

    def customer(self, person: User) -> Author:
        return Author(self.world, person, self.chat_with(person))

    def own(self, person: User) -> Author:
        """Return the owner in front of their chat with somebody."""
        return Author(self.world, self.owner, self.chat_with(person))

    def _tell(self) -> None:
        self.world.updates.put("business_connection", self.account.as_json(), lane=self.owner.id)


class DirectMessages:
    """A channel with direct messages, run by its owner, with the bot as an administrator."""

    def __init__(self, world: World, owner: User, *, title: str = "News", channel_id: int = -1_002_000_000_001) -> None:
        self.world = world
        self.owner = owner
        self.channel = Chat(id=channel_id, type="channel", title=title, members={owner.id: owner})
        self.channel.bot_rights["can_manage_direct_messages"] = True
        self.chat = Chat(id=channel_id - 1, type="supergroup", title=title, channel=self.channel)
        world.channels |= {self.channel.id: self.channel, self.chat.id: self.chat}

    def write(self, person: User, text: str) -> Message:
        """Let a subscriber write; their topic is made with their first line."""
        return self._post(person, person, text)

    def answer(self, person: User, text: str) -> Message:
        """Let the channel write to a subscriber, as its administrators do."""
        return self._post(self.owner, person, text, sender_chat=self.channel.as_json())

    def told(self, person: User) -> list[Message]:
        """Return what the bot has written in somebody's topic."""
        return [one for one in self.chat.from_bot if one.body["direct_messages_topic"]["topic_id"] == person.id]

    def _post(self, sender: User, person: User, text: str, **extra: Any) -> Message:
        words = contents.text(text, detect(text, []))
        topic = {"topic_id": person.id, "user": person.as_json()}
        return self.world.post(self.chat, sender, words, direct_messages_topic=topic, **extra)
