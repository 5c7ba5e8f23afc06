"""What is kept of a playground, as rows: each thing to JSON and back. The bodies of messages are JSON already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from playground.chats import Chat, Message, Topic, User
from playground.files import StoredFile
from playground.updates import Update
from playground.world import Press

Users = Mapping[int, User]
Row = tuple[Any, ...]
PLAIN: Final = (
    "id",
    "type",
    "title",
    "is_forum",
    "bot_status",
    "bot_rights",
    "started",
    "blocked",
    "deactivated",
    "protected",
    "migrated_to",
    "pinned",
    "username",
    "linked_chat_id",
)
"""Fields of a chat that are JSON as they are."""
NAMES: Final = ("file_id", "unique_id", "path", "name", "mime")


def text(value: object) -> str:
    """Write JSON in ASCII: half a surrogate pair, which people's keyboards can make, is no UTF-8."""
    return json.dumps(value, separators=(",", ":"))


def chat_row(chat: Chat) -> Row:
    body = {name: getattr(chat, name) for name in PLAIN}
    body["person"] = asdict(chat.person) if chat.person else None
    body["members"] = list(chat.members)
    body["topics"] = [asdict(topic) for topic in chat.topics.values()]
    return chat.id, text(body)


def person(row: Row) -> User | None:
    """Read whose private chat it is: everybody has one, so these are all people."""
    found = json.loads(row[1])["person"]
    return User(**found) if found else None


def chat(row: Row, users: Users) -> Chat:
    body: dict[str, Any] = json.loads(row[1])
    owner = body.pop("person")
    members = {number: users[number] for number in body.pop("members")}
    topics = {topic["id"]: Topic(**topic) for topic in body.pop("topics")}
    return Chat(**body, person=users[owner["id"]] if owner else None, members=members, topics=topics)


def message_row(message: Message) -> Row:
    body = {
        "body": message.body,
        "insight": message.insight,
        "reactions": list(message.reactions.items()),
        "deleted": message.deleted,
    }
    return message.chat.id, message.id, text(body)


def message(row: Row, chats: Mapping[int, Chat]) -> Message:
    found = json.loads(row[2])
    return Message(
        body=found["body"],
        chat=chats[row[0]],
        insight=found["insight"],
        reactions=dict(found["reactions"]),
        deleted=found["deleted"],
    )


def file_row(file: StoredFile) -> Row:
    return (*(getattr(file, name) for name in NAMES), file.content)


def file(row: Row) -> StoredFile:
    return StoredFile(**dict(zip(NAMES, row, strict=False)), content=row[-1])


def update_row(update: Update) -> Row:
    return update.update_id, update.lane, text(update.body)


def update(row: Row) -> Update:
    return Update(update_id=row[0], lane=row[1], body=json.loads(row[2]))


def press_row(press: Press) -> Row:
    place = {"user": press.user.id, "chat": press.message.chat.id, "message": press.message.id}
    return press.id, press.at, text(place | {"data": press.data, "answer": press.answer})


def press(row: Row, users: Users, chats: Mapping[int, Chat]) -> Press:
    body = json.loads(row[2])
    return Press(
        id=row[0],
        user=users[body["user"]],
        message=chats[body["chat"]].messages[body["message"]],
        data=body["data"],
        at=row[1],
        answer=body["answer"],
    )
