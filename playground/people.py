"""Hands for tests and for the page: write, edit, press and react as a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground import contents, samples
from playground.chats import Chat, Message, Topic, User
from playground.contents import Content
from playground.groups import Group
from playground.text import Entity, detect
from playground.world import ANONYMOUS, Press, World

Which = Message | int
"""A message, or its id in the chat at hand."""


class Author:
    """A person in one chat (and one topic of it), who can do there what people do."""

    def __init__(
        self, world: World, user: User, chat: Chat, *, thread: int | None = None, anonymous: bool = False
    ) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        self.thread = thread
        self.anonymous = anonymous

    def post(self, content: Content, *, reply_to: Which | None = None, **extra: Any) -> Message:
        """Write a message of any content."""
        self._enter()
        if self.anonymous:
            extra["sender_chat"] = self.chat.as_json()
        sender = ANONYMOUS if self.anonymous else self.user
        reply = self._find(reply_to)
        topic = self._topic(reply)
        return self.world.post(self.chat, sender, content, reply=reply, topic=topic, **extra)

    def send(self, text: str, *, reply_to: Which | None = None, entities: list[Entity] | None = None) -> Message:
        return self.post(contents.text(text, detect(text, entities or [])), reply_to=reply_to)

    def send_file(
        self,
        kind: str,
        content: bytes,
        *,
        name: str,
        mime: str = "",
        caption: str = "",
        reply_to: Which | None = None,
        **extra: Any,
    ) -> Message:
        """Send a photo, document, voice, sticker, video, audio, animation or video_note."""
        group = {"media_group_id": extra.pop("media_group_id")} if "media_group_id" in extra else {}
        stored = self.world.files.add(content, name=name, mime=mime, folder=contents.FOLDERS.get(kind, "documents"))
        words = contents.caption(caption, detect(caption, []))
        return self.post(contents.file(kind, stored, **extra) | words, reply_to=reply_to, **group)

    def send_photo(
        self, content: bytes | None = None, *, caption: str = "", reply_to: Which | None = None, name: str = "photo.png"
    ) -> Message:
        """Send a picture; a sample without one."""
        content = content or samples.picture()
        return self.send_file("photo", content, name=name, caption=caption, reply_to=reply_to)

    def send_voice(self, *, reply_to: Which | None = None) -> Message:
        seconds = samples.voice_seconds()
        return self.send_file("voice", samples.voice(), name="voice.wav", reply_to=reply_to, duration=seconds)

    def send_sticker(self, emoji: str = samples.STICKER, *, reply_to: Which | None = None) -> Message:
        return self.send_file("sticker", samples.picture(), name="sticker.png", reply_to=reply_to, emoji=emoji)

    def send_document(
        self,
        content: bytes = samples.DOCUMENT,
        *,
        name: str = "sample.txt",
        caption: str = "",
        reply_to: Which | None = None,
    ) -> Message:
        return self.send_file("document", content, name=name, caption=caption, reply_to=reply_to)

    def send_location(
        self, latitude: float = samples.PLACE[0], longitude: float = samples.PLACE[1], *, reply_to: Which | None = None
    ) -> Message:
        return self.post(contents.location(latitude, longitude), reply_to=reply_to)

    def send_contact(
        self, phone_number: str = "+15550100", first_name: str = "Sample", *, reply_to: Which | None = None
    ) -> Message:
        return self.post(contents.contact(phone_number, first_name), reply_to=reply_to)

    def send_album(
        self, pictures: Sequence[bytes] | int = 2, *, caption: str = "", reply_to: Which | None = None
    ) -> list[Message]:
        """Send several pictures as one album: separate messages with one media_group_id, the words on the first."""
        parts = [samples.picture()] * pictures if isinstance(pictures, int) else pictures
        group = str(self.world.clock())
        return [
            self.send_file(
                "photo",
                part,
                name="photo.png",
                caption="" if i else caption,
                reply_to=reply_to,
                media_group_id=group,
            )
            for i, part in enumerate(parts)
        ]

    def edit(self, which: Which, text: str) -> Message:
        """Change the words of an own message; the caption where it has no text."""
        message = self._known(which)
        entities = detect(text, [])
        plain = message.kind == "text"
        changed = contents.text(text, entities) if plain else contents.caption(text, entities)
        gone: Content = {"entities": None, "caption": None, "caption_entities": None}
        self.world.edit(message, gone | changed, sender=self.user)
        return message

    def delete(self, which: Which) -> None:
        self.world.delete(self._known(which))

    def press(self, which: Which, data: str) -> Press:
        """Press a button by its callback data; the message need not show it (any more)."""
        return self.world.press(self.user, self._known(which), data)

    def react(self, which: Which, *emoji: str) -> None:
        """Set the reactions of this person; none takes them back."""
        self.world.react(self.user, self._known(which), list(emoji))

    def _enter(self) -> None:
        """Who writes to a bot it blocked unblocks it."""
        if self.chat.blocked:
            self.world.set_bot_status(self.chat, self.user, "member")
        if not self.chat.started:
            self.chat.started = True
            self.world.tell("chat", self.chat)

    def _find(self, which: Which | None) -> Message | None:
        return which if isinstance(which, Message) or which is None else self.chat.messages.get(which)

    def _known(self, which: Which) -> Message:
        message = self._find(which)
        if message is None:
            raise LookupError(f"no message {which} in chat {self.chat.id}")
        return message

    def _topic(self, reply: Message | None) -> Topic | None:
        """Where the line lands: a reply goes where the message stands that it replies to."""
        if not self.chat.is_forum:
            return None
        return self.chat.topics.get((reply.thread_id if reply else self.thread) or 0)


class Customer(Author):
    """A person and their private chat with the bot."""

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def replies(self) -> list[Message]:
        """What the bot wrote here and is still there."""
        return self.chat.from_bot

    def open_link(self, payload: str) -> Message:
        """Open `t.me/bot?start=PAYLOAD` and press *Start*."""
        return self.send(f"/start {payload}")

    def block_bot(self) -> None:
        self.world.set_bot_status(self.chat, self.user, "kicked")

    def unblock_bot(self) -> None:
        self.world.set_bot_status(self.chat, self.user, "member")

    def deactivate(self) -> None:
        """Delete the account: the bot gets 403 from now on."""
        self.chat.deactivated = True
        self.world.tell("chat", self.chat)


class Operator(Customer):
    """A person who sits in groups; `Customer` is their own private chat with the bot."""

    def at(self, group: Group, thread: int | None = None, *, anonymous: bool = False) -> Author:
        """Take a seat in a group or one of its topics: from there all kinds can be sent."""
        return Author(self.world, self.user, group.chat, thread=thread, anonymous=anonymous)

    def write(
        self,
        group: Group,
        text: str,
        *,
        reply_to: Which | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        return self.at(group, thread, anonymous=anonymous).send(text, reply_to=reply_to)
