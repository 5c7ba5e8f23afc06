"""The short way of plain messages ends where the routers would have ended, with the same value."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from aiogram import Bot

from handlers.telegram.dispatcher import dispatcher
from handlers.telegram.gate import Gate
from handlers.telegram.plain import Plain
from services.customers.reception import Reception
from services.delivery.administrators import Administrators
from services.delivery.operator_groups import Groups
from services.messages.incoming import Cause, CustomerMessage

ADMIN, CUSTOMER, GROUP = 5, 7, -100
PERSON = {"id": CUSTOMER, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
PRIVATE = {"id": CUSTOMER, "type": "private", "first_name": "Анна"}
PLAIN: dict[str, dict[str, Any]] = {
    "words": {"text": "где посылка?"},
    "formatted words": {"text": "где он", "entities": [{"type": "bold", "offset": 0, "length": 3}]},
    "a slash inside": {"text": "и /start тоже"},
    "passed on": {"text": "смотрите", "forward_origin": {"type": "hidden_user", "sender_user_name": "Оля", "date": 1}},
    "an answer": {"text": "да", "reply_to_message": {"message_id": 3, "date": 1, "chat": PRIVATE, "text": "?"}},
    "in a topic": {"text": "да", "message_thread_id": 4, "is_topic_message": True},
}
NOT_PLAIN: dict[str, dict[str, Any]] = {
    "a command": {"text": "/help"},
    "an unknown command": {"text": "/faq"},
    "a picture": {"caption": "вот", "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
    "a service message": {"pinned_message": {"message_id": 3, "date": 0, "chat": PRIVATE}},
    "of a bot": {"text": "hi", "from": PERSON | {"is_bot": True}},
    "of an admin": {"text": "hi", "from": PERSON | {"id": ADMIN}},
    "of nobody": {"text": "hi", "from": None},
    "in a group": {"text": "hi", "chat": {"id": GROUP, "type": "supergroup", "title": "Team"}},
}


class Ear:
    """Hears what is received, in the place of the reception."""

    def __init__(self) -> None:
        self.heard: list[CustomerMessage] = []

    async def receive(self, said: CustomerMessage) -> None:
        self.heard.append(said)


class Team:
    id = None

    def at(self, chat_id: int) -> Team | None:
        return self if chat_id == GROUP else None

    def saw(self, *, forum: bool, title: str) -> None:
        """Learn nothing from it."""


class Known:
    """Knows who is an admin."""

    def may_count(self, user_id: int) -> bool:
        return user_id == ADMIN

    async def counts(self, user_id: int) -> bool:
        return user_id == ADMIN


class Nothing:
    """What handlers that are not meant would ask for."""

    async def awaits(self, *_: object) -> bool:
        return False

    async def listens(self, *_: object) -> bool:
        return False

    def __getattr__(self, _name: str) -> Any:
        async def done(*_: object, **__: object) -> None:
            """Do nothing."""

        return done


def update(parts: dict[str, Any]) -> str:
    message = {"message_id": 9, "date": 1, "from": PERSON, "chat": PRIVATE} | parts
    return json.dumps({"update_id": 1, "message": {name: value for name, value in message.items() if value}})


def plain(ear: Ear) -> Plain:
    return Plain(
        reception=cast("Reception", ear), groups=cast("Groups", Team()), admins=cast("Administrators", Known())
    )


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot("1:token")
    yield bot
    await bot.session.close()


async def heard(bot: Bot, payload: str, *, short: bool) -> list[CustomerMessage]:
    ear, nothing = Ear(), Nothing()
    given = (
        "commands",
        "corrections",
        "reachability",
        "feedback",
        "desk",
        "replies",
        "members",
        "troubles",
        "reports",
        "editor",
        "guide",
        "authorization",
        "dialog",
    )
    routing = dispatcher(
        reception=ear, groups=Team(), admins=Known(), team_language="ru", **dict.fromkeys(given, nothing)
    )
    gate = Gate(bot=bot, dispatcher=routing, plain=plain(ear) if short else None)
    await gate.play(Cause(key="tg:1", task=None), payload, last_try=False)
    return ear.heard


@pytest.mark.parametrize("parts", [*PLAIN.values(), *NOT_PLAIN.values()], ids=[*PLAIN, *NOT_PLAIN])
async def test_both_ways_end_at_the_same_place(bot: Bot, parts: dict[str, Any]) -> None:
    assert await heard(bot, update(parts), short=True) == await heard(bot, update(parts), short=False)


@pytest.mark.parametrize("parts", PLAIN.values(), ids=PLAIN)
async def test_what_is_plain_needs_no_router(bot: Bot, parts: dict[str, Any]) -> None:
    ear = Ear()
    decoded = Gate(bot=bot, dispatcher=dispatcher())._decoded(update(parts))
    assert decoded is not None
    assert await plain(ear).receive(decoded, Cause(key="tg:1", task=None))
    assert len(ear.heard) == 1


@pytest.mark.parametrize("parts", NOT_PLAIN.values(), ids=NOT_PLAIN)
async def test_anything_else_is_left_to_the_routers(bot: Bot, parts: dict[str, Any]) -> None:
    ear = Ear()
    decoded = Gate(bot=bot, dispatcher=dispatcher())._decoded(update(parts))
    assert decoded is not None
    assert not await plain(ear).receive(decoded, Cause(key="tg:1", task=None))
    assert ear.heard == []
