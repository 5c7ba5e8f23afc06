"""Troubles are told once each time they begin, for as long as they last, and again when they come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot

from handlers.telegram.polling import Polling
from services.health.checks import Vitals
from services.texts.team import Team
from tests.lines.world import World

ADMIN = 900
CALLS = "позовите оператора"


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A bot without a group, so that warnings go to its admin."""
    made = World(sqlite_url, tmp_path, SUPPORT_OPERATORS__CHAT_ID="", SUPPORT_TELEGRAM__ADMIN_IDS=str(ADMIN))
    await made.open()
    yield made
    await made.close()


def told(world: World, words: str) -> int:
    return sum(words in text for text in world.screen.texts(ADMIN))


async def test_tickets_without_a_group_are_told_once_until_there_is_one(world: World) -> None:
    present = world.parts.connecting.team_refresh
    await world.says(1, CALLS)
    await world.passes(60)
    for _ in range(3):
        await present.look()
        await world.passes(24 * 3600)
    assert told(world, "показать их негде") == 1
    await world.parts.troubles.end("no_group")  # as with a group
    await present.look()
    await world.passes(60)
    assert told(world, "показать их негде") == 2


async def test_another_poller_is_told_once_until_it_is_gone(world: World) -> None:
    for _ in range(3):
        await world.parts.intake.contested()
        await world.passes(24 * 3600)
    assert told(world, "пользуется другой процесс") == 1
    await world.parts.intake.in_peace()
    await world.parts.intake.contested()
    await world.works()
    assert told(world, "пользуется другой процесс") == 2


async def test_health_tells_of_another_poller_and_stays_ready(world: World) -> None:
    intake = world.parts.intake
    vitals = Vitals(store=world.store, intake=intake, team=Team(language="en"), troubles=world.parts.troubles)
    intake.spoke()
    await intake.contested()
    assert (await vitals.intake()).status == "degraded"
    await intake.in_peace()
    assert (await vitals.intake()).status == "healthy"


class Quiet(Bot):
    """A server that has nothing new."""

    async def __call__(self, *_: Any, **__: Any) -> Any:
        return []


@pytest.mark.parametrize(("peace_s", "lasts"), [(0.0, False), (3600.0, True)])
async def test_a_while_without_conflicts_ends_the_trouble_even_of_an_earlier_life(
    world: World, peace_s: float, *, lasts: bool
) -> None:
    await world.parts.intake.contested()
    polling = Polling(bot=Quiet("1:" + "a" * 35), intake=world.parts.intake, long_poll_s=0, peace_s=peace_s)
    turns = iter([True, False])

    async def leads() -> bool:
        return next(turns)

    await polling.run(leads)
    await world.passes(1)
    await world.parts.intake.contested()
    await world.works()
    assert told(world, "пользуется другой процесс") == (1 if lasts else 2)


async def test_a_bot_told_to_stop_while_it_asks_whether_it_leads_polls_no_more(world: World) -> None:
    class Counting(Quiet):
        polls = 0

        async def __call__(self, *_: Any, **__: Any) -> Any:
            self.polls += 1
            return []

    bot = Counting("1:" + "a" * 35)
    polling = Polling(bot=bot, intake=world.parts.intake, long_poll_s=0)

    async def leads() -> bool:
        polling.stop()
        return True

    await polling.run(leads)
    assert bot.polls == 0
