"""A question that has waited for long is answered with a word about the delay."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from playground.server import Playground
from tests.clocks import WallClock
from tests.walk.conftest import House, opened

SHORT = "где моя посылка?"
LONG = "добрый вечер, подскажите пожалуйста, где сейчас моя посылка и когда доставят мой заказ?"
LATE = "Простите, что отвечаем не сразу"
PAUSE = {"SUPPORT_CLASSIFIER__PAUSE_S": "0.3"}


def written(house: House, text: str, *, minutes_ago: float) -> None:
    """Let an update come in that has waited at Telegram, as one does while the bot is down."""
    said = house.anna.send("…")
    house.playground.world.updates.drop(house.playground.world.updates.next_id - 1)
    message = {
        "message_id": said.id + 1,
        "date": int(time.time() - minutes_ago * 60),
        "chat": house.anna.chat.as_json(),
        "from": house.anna.user.as_json(),
        "text": text,
    }
    house.playground.inject_update({"message": message})


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize(("minutes", "late"), [(5, False), (90, True)])
async def test_an_answer_says_so_when_it_is_late(
    database_url: str, home: Path, text: str, minutes: int, *, late: bool
) -> None:
    playground = Playground()
    async with opened(database_url, playground=playground, **PAUSE) as house:  # type: ignore[arg-type]  # settings
        written(house, text, minutes_ago=minutes)
        answer = (await playground.wait_for(lambda: house.anna.replies))[0]
        assert answer.text.startswith(LATE) is late
        assert "посылк" in answer.text.removeprefix(LATE)
        assert answer.buttons


async def test_people_are_called_with_a_word_about_the_delay_too(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url, SUPPORT_LIMITS__LATE_AFTER_MIN="1") as house:
        written(house, "/operator", minutes_ago=2)
        answer = (await house.playground.wait_for(lambda: house.anna.replies))[0]
        assert answer.text.startswith(LATE)
        assert "№1" in answer.text


async def test_a_clock_set_ahead_apologises_to_nobody(sqlite_url: str, home: Path) -> None:
    clock = WallClock()
    async with opened(sqlite_url, clock=clock) as house:
        await house.answer(house.anna, house.anna.send("/start"))
        clock.off = timedelta(hours=3)
        answer = await house.answer(house.anna, house.anna.send(LONG))
        assert LATE not in answer.text
