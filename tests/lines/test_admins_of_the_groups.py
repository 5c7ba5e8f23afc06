"""`telegram.group_admins`: who is an administrator of an operator group is an admin of the bot."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.telegram.membership import administrators_of
from services.delivery.administrators import AGAIN_S, FRESH_S, Administrators
from services.delivery.messenger import ChatGone, Refused, Unreached
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World, said

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ONLY = "Это для администраторов"


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SUPPORT_TELEGRAM__GROUP_ADMINS": "true"}


async def asks(world: World, number: int, text: str, **more: Any) -> str:
    """Let an operator send a command in the group, and return what the bot has said since."""
    before = len(world.screen.texts(GROUP_ID))
    await world.operator_says(number, text, **more)
    await world.passes(5)
    return "\n".join(world.screen.texts(GROUP_ID)[before:])


def later(world: World, seconds: float) -> None:
    """Let the clock of what is remembered go on."""
    usual = world.parts.admins._clock
    world.parts.admins._clock = lambda: usual() + seconds


async def test_an_administrator_of_the_group_is_an_admin_and_an_operator_is_not(either: World) -> None:
    assert "/health" not in await asks(either, 50, "/help")
    assert "База данных" not in await asks(either, 51, "/health")
    later(either, FRESH_S)
    either.screen.leaders[GROUP_ID] = {OPERATOR_ID}
    assert "/health" in await asks(either, 52, "/help")
    assert "База данных" in await asks(either, 53, "/health")
    assert await either.parts.dashboard.authorization.role_of(OPERATOR_ID) == "admin"
    assert not await either.parts.admins.counts(CUSTOMER_ID)


async def test_a_lost_right_is_lost_within_minutes(world: World) -> None:
    world.screen.leaders[GROUP_ID] = {OPERATOR_ID}
    assert await world.parts.admins.counts(OPERATOR_ID)
    world.screen.leaders.clear()
    assert await world.parts.admins.counts(OPERATOR_ID), "believed for minutes"
    later(world, FRESH_S)
    assert not await world.parts.admins.counts(OPERATOR_ID)
    assert await world.parts.dashboard.authorization.role_of(OPERATOR_ID) == "operator"


async def test_while_telegram_says_nothing_the_last_answer_holds_over_a_restart(world: World) -> None:
    world.screen.leaders[GROUP_ID] = {OPERATOR_ID}
    assert await world.parts.admins.counts(OPERATOR_ID)
    world.screen.mute = Unreached("no connection")
    later(world, FRESH_S)
    assert await world.parts.admins.counts(OPERATOR_ID)
    parts = world.parts
    again = Administrators(
        store=parts.store, messenger=world.screen, groups=parts.groups, ids=tuple, of_groups=True, clock=lambda: 0.0
    )
    await again.load()
    assert again.may_count(OPERATOR_ID)
    assert await again.counts(OPERATOR_ID)
    world.screen.mute = ChatGone("kicked", GROUP_ID)
    later(world, AGAIN_S)
    assert not await parts.admins.counts(OPERATOR_ID), "a group that the bot does not see has no say"


async def test_an_anonymous_administrator_is_an_admin_in_their_group_alone(world: World) -> None:
    mine = {"sender_chat": {"id": GROUP_ID, "type": "supergroup", "title": "g"}, "from": ANONYMOUS}
    assert "База данных" in await asks(world, 50, "/health", **mine)
    other = {"sender_chat": {"id": -100555, "type": "channel", "title": "c"}, "from": ANONYMOUS}
    assert "База данных" not in await asks(world, 51, "/health", **other)


async def test_an_admin_by_group_edits_answers_in_private(world: World) -> None:
    world.screen.leaders[GROUP_ID] = {CUSTOMER_ID}
    await world.arrives("message", said(1, "/scenarios"))
    await world.passes(5)
    assert any(
        "DELIVERY" in str(one.words.buttons) for one in world.screen.shown.values() if one.chat_id == CUSTOMER_ID
    )


async def test_without_the_setting_nobody_is_asked(sqlite_url: str, tmp_path: Any) -> None:
    made = World(sqlite_url, tmp_path)
    await made.open()
    made.screen.leaders[GROUP_ID] = {OPERATOR_ID}
    assert not await made.parts.admins.counts(OPERATOR_ID)
    assert not made.parts.admins.speaks_for(GROUP_ID, GROUP_ID)
    await made.close()


def test_only_people_count_and_an_answer_must_be_one() -> None:
    person, bot = {"user": {"id": 1, "is_bot": False}}, {"user": {"id": 2, "is_bot": True}}
    assert administrators_of([person, bot, {"user": "?"}, "x"]) == [1]
    with pytest.raises(Refused):
        administrators_of({"ok": True})
