"""A group, plain or forum, basic or super, and what its owner can do with it."""

from __future__ import annotations

from playground.chats import Chat, Message, Topic, User
from playground.world import ANONYMOUS, World


class Group:
    """A handle on a group; it stays the same when the group moves to another id."""

    def __init__(self, world: World, chat: Chat, owner: User) -> None:
        self.world = world
        self.chat = chat
        self.owner = owner

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        return self.chat.history

    @property
    def from_bot(self) -> list[Message]:
        return self.chat.from_bot

    @property
    def topics(self) -> list[Topic]:
        """Topics that are not deleted, closed ones too."""
        return [topic for topic in self.chat.topics.values() if not topic.deleted]

    def set_forum(self, on: bool = True) -> None:  # noqa: FBT001, FBT002  a switch
        """Switch topics on or off; a basic group becomes a supergroup first, as in Telegram."""
        if on and self.chat.type == "group":
            self.upgrade()
        self.chat.is_forum = on
        self.world.tell("chat", self.chat)

    def upgrade(self) -> None:
        """Make a basic group a supergroup: it gets a new id, the old one answers with `migrate_to_chat_id`."""
        old = self.chat
        new = Chat(id=old.id - 10**12, type="supergroup", title=old.title, members=old.members)
        self.world.chats[new.id] = self.chat = new
        self.world.post(old, self.owner, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self.world.post(new, ANONYMOUS, {"migrate_from_chat_id": old.id}, sender_chat=new.as_json())
        self.world.tell("chat", new)

    def add_bot(self, actor: User | None = None, *, administrator: bool = False) -> None:
        """Let somebody bring the bot in: it is told of its new standing first, then the group reads that it came."""
        actor = actor or self.owner
        self.world.set_bot_status(self.chat, actor, "administrator" if administrator else "member")
        came = self.world.bot.as_json()
        note = {"new_chat_participant": came, "new_chat_member": came, "new_chat_members": [came]}
        self.world.post(self.chat, actor, note)

    def kick_bot(self) -> None:
        self.world.set_bot_status(self.chat, self.owner, "kicked")

    def return_bot(self) -> None:
        self.world.set_bot_status(self.chat, self.owner, "administrator")

    def set_right(self, right: str, *, on: bool) -> None:
        """Give the bot a right of an administrator (`can_manage_topics` …) or take it."""
        self.chat.bot_rights = self.chat.bot_rights | {right: on}
        self.world.tell("chat", self.chat)

    def allow_everybody(self, right: str, *, on: bool) -> None:
        """Let whoever is no administrator do something (`can_send_messages` …), or not."""
        self.chat.permissions = self.chat.permissions | {right: on}
        self.world.tell("chat", self.chat)

    def make_public(self, username: str | None) -> None:
        """Give the group a public name, by which strangers find it, or take it away."""
        self.chat.username = username
        self.world.tell("chat", self.chat)

    def link_channel(self, channel_id: int | None) -> None:
        """Make the group the discussion of a channel, or end that."""
        self.chat.linked_chat_id = channel_id
        self.world.tell("chat", self.chat)

    def open_topic(self, name: str) -> Topic:
        return self.world.open_topic(self.chat, self.owner, name)

    def close_topic(self, thread: int) -> None:
        topic = self.chat.topics[thread]
        topic.closed = True
        self.world.change_topic(self.chat, topic, self.owner, {"forum_topic_closed": {}})

    def reopen_topic(self, thread: int) -> None:
        topic = self.chat.topics[thread]
        topic.closed = False
        self.world.change_topic(self.chat, topic, self.owner, {"forum_topic_reopened": {}})

    def rename_topic(self, thread: int, name: str) -> None:
        topic = self.chat.topics[thread]
        topic.name = name
        self.world.change_topic(self.chat, topic, self.owner, {"forum_topic_edited": {"name": name}})

    def delete_topic(self, thread: int, *, error: str = "message thread not found") -> None:
        """Delete a topic; sends of the bot into it fail with `error` (Telegram also says TOPIC_DELETED)."""
        self.world.delete_topic(self.chat, self.chat.topics[thread], error)
