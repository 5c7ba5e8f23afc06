"""A group becomes that of the operators by one button, at once and without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import ChatGone, ChatMoved, Unreached
from tests.lines.connecting import (
    BUTTON,
    HOME,
    OTHER,
    OWNER,
    STRANGER,
    buttons,
    owned,
    press_of,
    presses,
    pressing,
    stands,
    toasts,
    writes,
)
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World

CALLS = "позовите оператора"
NOTHING: dict[str, Any] = {"SUPPORT_OPERATORS__CHAT_ID": ""}


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, **NOTHING)
    await made.open()
    await owned(made)
    yield made
    await made.close()


@pytest.fixture
async def anywhere(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The same on each database."""
    made = World(database_url, tmp_path, **NOTHING)
    await made.open()
    await owned(made)
    yield made
    await made.close()


def reads(world: World, chat_id: int) -> str:
    return "\n".join(world.screen.texts(chat_id))


async def test_waiting_tickets_get_their_cards_as_soon_as_the_button_is_pressed(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(10)
    assert "ещё не видели" in reads(world, CUSTOMER_ID), "the customer is told what is true"
    await stands(world, HOME, OWNER)
    assert BUTTON in buttons(world, HOME)
    assert await presses(world, HOME, OWNER) == "Теперь это группа операторов"
    assert "№1" in reads(world, HOME)
    assert "Теперь это группа операторов (Вера)" in reads(world, HOME)
    assert BUTTON not in buttons(world, HOME)
    card = next(
        one.telegram_id for one in world.screen.shown.values() if one.chat_id == HOME and "№1" in one.words.text
    )
    await world.operator_says(100, "уже смотрю", reply_to=card, chat_id=HOME)
    await world.passes(5)
    assert "уже смотрю" in reads(world, CUSTOMER_ID)


async def test_an_admin_presses_in_private(world: World) -> None:
    await stands(world, HOME, STRANGER)
    assert f"«Группа {HOME}»" in reads(world, OWNER), "asked though somebody else has added it"
    assert "Олег" in reads(world, OWNER)
    await presses(world, OWNER, OWNER)
    assert world.parts.groups.first.chat_id == HOME
    assert "Теперь это группа операторов" in reads(world, HOME)
    assert BUTTON not in buttons(world, OWNER)


async def test_a_stranger_presses_in_vain_and_reads_why(world: World) -> None:
    await stands(world, HOME, STRANGER)
    assert await presses(world, HOME, STRANGER) == "Это решает администратор бота"
    forged = pressing(world, STRANGER, STRANGER, 1, f"G:{-HOME}")
    await world.arrives("callback_query", forged)
    await world.works()
    assert world.parts.groups.first.chat_id is None


async def test_while_nobody_is_admin_the_group_reads_how_to_become_one(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path, **NOTHING)
    await world.open()
    await stands(world, HOME, OWNER)
    assert "support-bot admins code" in reads(world, HOME)
    assert "ещё нет администратора" in await presses(world, HOME, OWNER)
    await owned(world)
    assert await presses(world, HOME, OWNER) == "Теперь это группа операторов"
    await world.close()


async def test_two_who_press_at_once_connect_it_once(anywhere: World) -> None:
    world = anywhere
    await world.store.write(lambda unit: unit.admins.add(STRANGER, name="Олег", made_by="Вера"))
    await world.parts.connecting.team_refresh.look()
    await stands(world, HOME, OWNER)
    for who in (OWNER, STRANGER):
        await world.arrives("callback_query", press_of(world, HOME, who))
    await world.works()
    assert sorted(toasts(world)[-2:]) == ["Теперь это группа операторов", "Это уже группа операторов"]
    assert sum("Теперь это группа операторов" in text for _, text in world.screen.everything if _ == HOME) == 1


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(ChatGone("kicked"), "Меня нет в этой группе"), (Unreached("no network"), "Telegram не ответил")],
)
async def test_a_group_that_cannot_be_looked_at_is_not_connected(world: World, trouble: Any, said: str) -> None:
    await stands(world, HOME, OWNER)
    world.screen.mute = trouble
    assert said in await presses(world, HOME, OWNER)
    assert world.parts.groups.first.chat_id is None


async def test_a_group_in_which_the_bot_may_not_write_is_not_connected(world: World) -> None:
    world.screen.groups[HOME] = GroupStanding(title="g", may_write=False, administrator=False)
    await stands(world, HOME, OWNER)
    assert world.screen.texts(HOME) == []
    assert "нельзя там писать" in reads(world, OWNER)
    assert "Мне нельзя писать" in await presses(world, OWNER, OWNER)
    assert world.parts.groups.first.chat_id is None


async def test_what_is_missing_is_said_with_how_to_give_it(world: World) -> None:
    bare: dict[str, Any] = {"administrator": False, "reads_all": False, "may_open_topics": False, "may_pin": False}
    world.screen.groups[HOME] = GroupStanding(title="g", forum=True, public=True, linked=True, **bare)
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    told = reads(world, HOME)
    for words in ("частной", "Отвяжите", "только ответы", "управлять темами", "закреплять"):
        assert words in told
    assert world.parts.groups.first.chat_id == HOME


async def test_the_setting_wins_and_the_presser_reads_so(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=str(OWNER))
    await world.open()
    await stands(world, HOME, OWNER)
    assert world.screen.texts(HOME) == []
    assert "operators.chat_id" in reads(world, OWNER)
    await world.arrives("callback_query", pressing(world, HOME, OWNER, 1, f"G:{-HOME}"))
    await world.works()
    assert "operators.chat_id" in toasts(world)[-1]
    assert world.parts.groups.first.chat_id == GROUP_ID
    await world.close()


async def test_another_group_takes_the_tickets_over(world: World) -> None:
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    await world.says(1, CALLS)
    await world.passes(20)
    assert "№1" in reads(world, HOME)
    await stands(world, HOME, STRANGER, old="member", new="kicked")
    await world.passes(5)
    assert "Не могу писать в группу операторов" in reads(world, OWNER)
    assert "добавьте меня в другую группу" in reads(world, OWNER)
    await stands(world, OTHER, OWNER)
    assert "перейдут туда" in reads(world, OWNER)
    assert await presses(world, OTHER, OWNER) == "Теперь это группа операторов"
    assert "№1" in reads(world, OTHER)
    await world.passes(60)
    troubles = await world.store.read(world.parts.troubles.of_group)
    assert troubles == []
    card = next(
        one.telegram_id for one in world.screen.shown.values() if one.chat_id == OTHER and "№1" in one.words.text
    )
    await world.operator_says(100, "мы здесь", reply_to=card, chat_id=OTHER)
    await world.passes(5)
    assert "мы здесь" in reads(world, CUSTOMER_ID)


async def test_the_former_group_reads_that_nothing_reaches_customers_from_it(world: World) -> None:
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    assert "больше ничего не доходит" not in reads(world, HOME), "there was none before"
    await world.says(1, CALLS)
    await world.passes(20)
    card = next(one for one in world.screen.shown.values() if one.chat_id == HOME and "№1" in one.words.text)
    await stands(world, OTHER, OWNER)
    await presses(world, OTHER, OWNER)
    await world.passes(5)
    assert "Группа операторов теперь «" in reads(world, HOME)
    assert "больше ничего не доходит" in reads(world, HOME)
    await world.arrives("callback_query", pressing(world, HOME, OPERATOR_ID, card.telegram_id, "t:1:take"))
    async with asyncio.timeout(30):
        while "кнопки здесь ничего не делают" not in "".join(toasts(world)):  # noqa: ASYNC110  # no event tells of it
            await asyncio.sleep(0.01)


async def test_strangers_who_add_it_elsewhere_leave_the_admins_in_peace(world: World) -> None:
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    before = reads(world, OWNER)
    await stands(world, OTHER, STRANGER)
    assert reads(world, OWNER) == before
    assert world.parts.groups.first.chat_id == HOME


async def test_a_kept_group_becomes_a_supergroup_and_a_restart_knows(
    world: World, sqlite_url: str, tmp_path: Path
) -> None:
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    await world.says(1, CALLS)
    await world.passes(20)
    moves = {"message_id": 5, "date": 1, "chat": {"id": HOME, "type": "group", "title": "g"}, "from": None}
    await world.arrives(
        "message", {**moves, "from": {"id": OWNER, "is_bot": False, "first_name": "A"}, "migrate_to_chat_id": OTHER}
    )
    await world.passes(20)
    assert world.parts.groups.first.chat_id == OTHER
    assert "№1" in reads(world, OTHER)
    again = World(sqlite_url, tmp_path, **NOTHING)
    await again.parts.groups.load()
    await again.parts.connecting.team_refresh.look()
    assert again.parts.groups.first.chat_id == OTHER
    assert again.parts.team.has_group
    assert again.parts.team.admins == (OWNER,)
    await again.close()


async def test_the_group_moved_between_the_question_and_the_press(world: World) -> None:
    await stands(world, HOME, OWNER)

    async def standing(chat_id: int) -> GroupStanding:
        await asyncio.sleep(0)
        if chat_id == HOME:
            raise ChatMoved(OTHER)
        return GroupStanding(title="g")

    world.screen.standing = standing  # type: ignore[method-assign]  # a messenger whose group has moved
    await presses(world, OWNER, OWNER)
    assert world.parts.groups.first.chat_id == OTHER


async def test_another_process_follows_at_its_next_look(anywhere: World, database_url: str, tmp_path: Path) -> None:
    replica = World(database_url, tmp_path, **NOTHING)
    await replica.parts.connecting.team_refresh.look()
    await stands(anywhere, HOME, OWNER)
    await presses(anywhere, HOME, OWNER)
    line = {"message_id": 9, "date": 1, "chat": {"id": HOME, "type": "supergroup", "title": "g"}, "text": "новое"}
    await replica.arrives("message", line | {"from": {"id": OWNER, "is_bot": False, "first_name": "A"}})
    assert await replica.store.read(lambda unit: unit.inbox.backlog()[0]) == 1, "let in before it has looked"
    await replica.parts.connecting.team_refresh.look()
    assert replica.parts.team.has_group
    assert replica.parts.groups.first.chat_id == HOME
    await replica.close()


async def test_a_card_that_a_process_showed_in_the_former_group_is_shown_again(
    world: World, sqlite_url: str, tmp_path: Path
) -> None:
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    replica = World(sqlite_url, tmp_path, **NOTHING)
    await replica.open()
    await replica.parts.connecting.team_refresh.look()
    await stands(world, OTHER, OWNER)
    await presses(world, OTHER, OWNER)
    await replica.says(1, CALLS)
    await replica.passes(20)
    assert "№1" in reads(replica, HOME), "it has not heard yet"
    await replica.parts.connecting.team_refresh.look()
    await replica.passes(5)
    assert "№1" in reads(replica, OTHER)
    await replica.close()


async def test_start_and_health_of_an_admin_say_how_to_get_a_group(world: World) -> None:
    await writes(world, OWNER, "/start")
    assert "startgroup=true" in world.screen.texts(OWNER)[-1]
    await writes(world, OWNER, "/health")
    assert "нажмите там кнопку" in world.screen.texts(OWNER)[-1]
    await stands(world, HOME, OWNER)
    await presses(world, HOME, OWNER)
    await writes(world, OWNER, "/start")
    assert "startgroup" not in world.screen.texts(OWNER)[-1]


async def test_a_press_of_nobodys_button_elsewhere_is_still_not_let_in(world: World) -> None:
    await world.arrives("callback_query", pressing(world, OTHER, STRANGER, 7, "t:1:take"))
    assert await world.store.read(lambda unit: unit.inbox.backlog()[0]) == 0
    assert OPERATOR_ID not in world.parts.team.admins
