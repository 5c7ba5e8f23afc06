"""The icon of a topic tells of its ticket's state, and takes nothing that lines and cards need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import pytest

from services.delivery.messenger import Refused, Unreached
from services.delivery.topic_icons import SIGNS
from storage.closed_sets import TicketStatus
from storage.units import Unit
from tests.lines.first_ticket import opened, ticket
from tests.lines.metered import Metered
from tests.lines.world import GROUP_ID, World

WAITING, TAKEN, AWAITED, SNOOZED, CLOSED = "icon ❗️", "icon 💬", "icon 👀", "icon 📆", "icon ✅"


@pytest.fixture
async def forum(sqlite_url: str, tmp_path: Path, settings: dict[str, str]) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, forum=True, **settings)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def counted(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = Metered(sqlite_url, tmp_path, forum=True)
    await made.open()
    yield made
    await made.close()


async def looks(world: World) -> bool:
    """Let the bot look, and do what it has to."""
    asked = await world.parts.outbound.ways[0].icon_watch.look()
    await world.passes(5)
    return asked


def icons(world: World) -> list[str | None]:
    """Return what the one topic had for icons."""
    [shown] = world.screen.icons.values()
    return shown


async def test_it_comes_with_the_topic_and_follows_the_state(forum: World) -> None:
    await opened(forum)
    assert icons(forum) == [WAITING]
    assert not await looks(forum), "it is true, and costs nothing"
    await forum.presses(GROUP_ID, "Взять")
    assert await looks(forum)
    topic = (await ticket(forum)).topic_id
    await forum.operator_says(900, "Сейчас посмотрю", topic=topic)
    assert await looks(forum)
    await forum.says(2, "спасибо, жду ответа по заказу")
    await forum.passes(10)
    assert await looks(forum)
    await forum.presses(GROUP_ID, "Отложить")
    await forum.presses(GROUP_ID, "1 час")
    assert await looks(forum)
    await forum.presses(GROUP_ID, "Закрыть")
    await forum.passes(10)
    assert await looks(forum)
    assert icons(forum) == [WAITING, TAKEN, AWAITED, TAKEN, SNOOZED, CLOSED]
    assert not await looks(forum)
    await forum.presses(GROUP_ID, "Открыть снова")
    await forum.passes(10)
    assert await looks(forum)
    assert icons(forum)[-1] == AWAITED


async def test_what_has_changed_back_meanwhile_is_not_changed(forum: World) -> None:
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    await forum.presses(GROUP_ID, "Отпустить")
    assert not await looks(forum)
    assert icons(forum) == [WAITING]


async def test_it_goes_with_a_new_name(forum: World) -> None:
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    await forum.presses(GROUP_ID, "Ещё")
    await forum.presses(GROUP_ID, "Важность")
    await forum.presses(GROUP_ID, "🔴 критичная")
    await forum.passes(10)
    assert forum.screen.named
    assert icons(forum) == [WAITING, TAKEN]
    assert not await looks(forum), "both were one call"


async def test_it_waits_while_the_minute_is_half_spent(counted: World) -> None:
    await opened(counted)
    budget = counted.parts.outbound.budget
    await counted.presses(GROUP_ID, "Взять")
    await budget.take(GROUP_ID, 0, 6)
    assert not await looks(counted)
    await counted.passes(70)
    assert await looks(counted)
    assert icons(counted) == [WAITING, TAKEN]


async def test_no_more_than_three_in_a_minute(counted: World) -> None:
    await opened(counted)
    await counted.passes(70)
    changed = 0
    for number in range(8):
        await counted.presses(GROUP_ID, "Отпустить" if number % 2 else "Взять")
        changed += await looks(counted)
        await counted.passes(2)
    assert changed == 3


async def test_where_the_server_has_no_icons_the_topic_has_none(forum: World) -> None:
    forum.screen.icon_signs = {}
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    assert not await looks(forum)
    assert icons(forum) == [None]


async def test_a_plain_sign_will_do(forum: World) -> None:
    forum.screen.icon_signs = {"‼": "1", "❓": "2"}
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    await looks(forum)
    assert icons(forum) == ["1", "2"]


async def test_they_wait_while_telegram_is_away(forum: World) -> None:
    forum.screen.mute = Unreached("no connection")
    await forum.parts.outbound.show_icons()
    forum.screen.mute = None
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    assert await looks(forum)


async def test_what_is_refused_is_not_asked_for_again(forum: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def edit_topic(*_: object, **__: object) -> None:
        raise Refused("Bad Request: DOCUMENT_INVALID")

    await opened(forum)
    monkeypatch.setattr(forum.screen, "edit_topic", edit_topic)
    await forum.presses(GROUP_ID, "Взять")
    assert await looks(forum)
    assert not await looks(forum)


async def test_the_line_that_telegram_leaves_is_swept_away_but_not_a_person_s(forum: World) -> None:
    await opened(forum)
    topic = (await ticket(forum)).topic_id
    bot: dict[str, Any] = {"from": {"id": 700000, "is_bot": True, "first_name": "B"}}
    edited: dict[str, Any] = {"forum_topic_edited": {"icon_custom_emoji_id": "1"}}
    await forum.operator_says(950, topic=topic, **edited, **bot)
    await forum.operator_says(951, topic=topic, **edited)
    await forum.passes(5)
    assert forum.screen.swept == [(GROUP_ID, 950)]


@pytest.mark.parametrize("settings", [{"SUPPORT_OPERATORS__TOPIC_ICONS": "false"}])
async def test_it_can_be_switched_off(forum: World) -> None:
    await opened(forum)
    await forum.presses(GROUP_ID, "Взять")
    assert not await looks(forum)
    assert icons(forum) == [None]


@pytest.mark.parametrize("snoozed", [False, True])
@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("status", get_args(TicketStatus))
async def test_a_search_and_a_ticket_agree_on_every_state(
    forum: World, status: TicketStatus, *, waits: bool, snoozed: bool
) -> None:
    await opened(forum)
    since, until = (forum.now if waits else None), (forum.now if snoozed else None)

    def act(unit: Unit) -> int | None:
        unit.tickets.change(1, status=status, waiting_since=since, snoozed_at=until)
        one = unit.tickets.get(1)
        assert one is not None
        assert one.icon in SIGNS
        unit.tickets.place(1, topic_icon=one.icon)
        return unit.ticket_groups.wrong_icon(None, GROUP_ID)

    assert await forum.store.write(act) is None
