"""Somebody sets the clock of the machine: people notice nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from services.classify.urgency import ORDER
from services.desk.alarm_clock import AlarmClock
from services.desk.timetable import Timeouts
from services.health.checks import Waiting
from services.messages.ages import left_of
from services.texts.team import Team
from storage.store import Store
from tests.clocks import WallClock
from tests.durability.crowd import QUESTIONS
from tests.storage.test_queue_time import AS_WORDS, HOUR, JUMPS
from tests.walk.conftest import House, opened

SHORT = "где моя посылка?"
LONG = "добрый вечер, подскажите пожалуйста, где сейчас моя посылка и когда доставят мой заказ?"
AT_ONCE_S = 50
"""Far less than any of the jumps, and enough for a busy machine."""


@dataclass(kw_only=True)
class Town:
    """A house with a clock on its tower."""

    house: House
    clock: WallClock


@pytest.fixture
async def town(database_url: str, home: Path) -> AsyncIterator[Town]:
    clock = WallClock()
    async with opened(database_url, clock=clock, SUPPORT_CLASSIFIER__PAUSE_S="0.5") as house:
        yield Town(house=house, clock=clock)


@pytest.mark.parametrize("jump", JUMPS, ids=AS_WORDS)
async def test_a_clock_set_while_it_runs_delays_no_answer_no_card_and_no_pending_question(
    town: Town, jump: timedelta
) -> None:
    house = town.house
    house.anna.send(LONG)
    await house.answer(house.anna)
    pending = house.john.send("where is my parcel?")
    town.clock.off = jump
    await house.answer(house.john, pending, within_s=AT_ONCE_S)
    for line in (SHORT, LONG):
        await house.answer(house.anna, house.anna.send(line), within_s=AT_ONCE_S)
    house.john.send("/operator")
    card = await house.in_group("John", within_s=AT_ONCE_S)
    house.olga.write(house.group, "Здравствуйте!", reply_to=card)
    await house.playground.wait_for(lambda: [m for m in house.john.replies if m.text == "Здравствуйте!"], AT_ONCE_S)


async def test_lines_that_the_clock_puts_into_the_future_crowd_nobody_out(sqlite_url: str, home: Path) -> None:
    clock = WallClock()
    async with opened(sqlite_url, clock=clock, SUPPORT_LIMITS__CUSTOMER_PER_MINUTE="3") as house:
        for number, question in enumerate(QUESTIONS[:4]):
            await house.answer(house.anna, house.anna.send(question.format(number)))
        assert "быстрее" in house.anna.replies[-1].text
        clock.off = -HOUR
        last = house.anna.send(QUESTIONS[0].format(5))
        assert "быстрее" not in (await house.answer(house.anna, last, within_s=AT_ONCE_S)).text


async def test_health_knows_how_long_work_has_waited_whatever_the_clock_says(town: Town) -> None:
    town.house.anna.send(LONG)
    await town.house.answer(town.house.anna)
    for jump in (-HOUR, HOUR):
        town.clock.off = jump
        async with aiohttp.ClientSession() as client, client.get(f"{town.house.http}/health/full") as answer:
            checks = (await answer.json())["checks"]
        assert 0 <= checks["intake"]["silent_s"] < 60
        assert checks["intake"]["status"] == "healthy"
        assert all(checks[name]["oldest_s"] >= 0 for name in ("inbox", "outbox"))


def test_a_task_from_the_future_grows_old_all_the_same() -> None:
    now = WallClock()()
    waiting = Waiting()
    assert waiting.seconds(None, now) == 0
    assert waiting.seconds(now - timedelta(minutes=5), now) == 300
    first = waiting.seconds(now + HOUR, now)
    assert 0 <= first < waiting.seconds(now + HOUR, now) < 60


def test_a_pause_is_over_when_it_has_passed_or_seems_not_to_have_begun() -> None:
    now, pause = WallClock()(), timedelta(seconds=2)
    assert left_of(pause, now, now) == pause
    assert left_of(pause, now, now - timedelta(seconds=1.5)) == timedelta(seconds=0.5)
    assert not left_of(pause, now, now - pause)
    assert not left_of(pause, now, now + timedelta(seconds=1))


async def test_a_ticket_opened_in_the_future_reminds_of_itself_all_the_same(town: Town) -> None:
    town.house.anna.send("/operator")
    await town.house.in_group("Анна")
    async with Store(town.house.database_url, clock=WallClock(-HOUR)) as store:
        wait = timedelta(seconds=0.5)
        timeouts = Timeouts(remind=dict.fromkeys(ORDER, wait), close_after=timedelta(0))
        clock = AlarmClock(store=store, timeouts=timeouts, team=Team(language="ru"))
        assert await clock.look() == 0
        await asyncio.sleep(wait.total_seconds())
        assert await clock.look() == 1
