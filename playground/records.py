"""What is kept of a playground, as rows: each thing to JSON and back. The bodies of messages are JSON already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from playground.accounts import Account
from playground.chats import Chat, Message, Topic, User
from playground.files import StoredFile
from playground.updates import Update
from playground.world import Press

Users = Mapping[int, User]
Chats = Mapping[str, Chat]
"""By their place, as text."""
Row = tuple[Any, ...]
PLAIN: Final = (
    "id",
    "type",
    "title",
    "is_forum",
    "bot_status",
    "bot_rights",
    "permissions",
    "started",
    "blocked",
    "deactivated",
    "protected",
    "migrated_to",
    "pinned",
    "username",
    "linked_chat_id",
    "connection",
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
    body["owner"] = chat.owner.id if chat.owner else None
    body["channel"] = chat.channel.id if chat.channel else None
    return str(chat.place), text(body)


def person(row: Row) -> User | None:
    """Read whose private chat it is: everybody has one with the bot, so these are all people."""
    found = json.loads(row[1])["person"]
    return User(**found) if found else None


def chats_of(rows: Iterable[Row], users: Users) -> dict[str, Chat]:
    """Read all chats: those of direct messages belong to channels, which are among them."""
    bodies: dict[str, dict[str, Any]] = {row[0]: json.loads(row[1]) for row in rows}
    channels = {place: body.pop("channel", None) for place, body in bodies.items()}
    found = {place: _chat(body, users) for place, body in bodies.items()}
    for place, channel in channels.items():
        if channel is not None:
            found[place].channel = found[str(channel)]
    return found


def _chat(body: dict[str, Any], users: Users) -> Chat:
    person, owner = body.pop("person"), body.pop("owner", None)
    members = {number: users[number] for number in body.pop("members")}
    topics = {topic["id"]: Topic(**topic) for topic in body.pop("topics")}
    return Chat(
        **body,
        person=users[person["id"]] if person else None,
        owner=users[owner] if owner else None,
        members=members,
        topics=topics,
    )


def account_row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "owner": account.owner.id,
        "since": account.since,
        "rights": sorted(account.rights),
        "enabled": account.enabled,
    }


def accounts_of(rows: Iterable[dict[str, Any]], users: Users) -> dict[str, Account]:
    """Read all connections; those of one owner share their chats."""
    chats: dict[int, dict[int, Chat]] = {}
    return {
        row["id"]: Account(
            id=row["id"],
            owner=users[row["owner"]],
            since=row["since"],
            rights=set(row["rights"]),
            enabled=row["enabled"],
            chats=chats.setdefault(row["owner"], {}),
        )
        for row in rows
    }


def message_row(message: Message) -> Row:
    body = {
        "body": message.body,
        "insight": message.insight,
        "reactions": list(message.reactions.items()),
        "deleted": message.deleted,
    }
    return str(message.chat.place), message.id, text(body)


def message(row: Row, chats: Chats) -> Message:
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
    place = {"user": press.user.id, "chat": press.message.chat.place, "message": press.message.id}
    return press.id, press.at, text(place | {"data": press.data, "answer": press.answer})


def press(row: Row, users: Users, chats: Chats) -> Press:
    body = json.loads(row[2])
    return Press(
        id=row[0],
        user=users[body["user"]],
        message=chats[str(body["chat"])].messages[body["message"]],
        data=body["data"],
        at=row[1],
        answer=body["answer"],
    )
