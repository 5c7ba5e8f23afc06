"""The start warns of an operators' group that strangers can enter."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from structlog.testing import capture_logs

from bot.openness import warn_of_openings
from playground import defaults
from playground.server import Playground
from services.delivery.messenger import Messenger
from services.delivery.operator_group import Group
from storage.store import Store
from tests.walk.conftest import opened


async def test_the_start_warns(sqlite_url: str, home: Path) -> None:
    playground = Playground()
    playground.add_operator("Olga", user_id=defaults.ADMIN_ID)
    playground.add_group().make_public("our_team")
    with capture_logs() as events:
        async with opened(sqlite_url, playground=playground, SUPPORT_OPERATORS__CHAT_ID=str(defaults.GROUP_ID)):
            await playground.wait_for(lambda: [one for one in events if one["event"] == "operators.group_open"])
    [event] = [one for one in events if one["event"] == "operators.group_open"]
    assert (event["log_level"], "@our_team" in event["why"]) == ("warning", True)
    assert "private" in event["hint"]


@pytest.mark.parametrize(("linked", "told"), [(-1001, ["operators.group_open"]), (None, [])])
async def test_each_kind_of_group(linked: int | None, told: list[str]) -> None:
    playground = Playground()
    playground.add_group().link_channel(linked)
    assert await events_of(playground) == told


async def test_a_group_that_cannot_be_seen_stops_nothing() -> None:
    playground = Playground()
    playground.add_group().kick_bot()
    assert "operators.group_open" not in await events_of(playground)


def _group(chat_id: int | None) -> Group:
    return Group(store=cast("Store", None), messenger=cast("Messenger", None), chat_id=chat_id)


async def events_of(playground: Playground) -> list[str]:
    async with playground.serve() as url:
        bot = Bot(playground.token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        with capture_logs() as events:
            await warn_of_openings(bot, [_group(defaults.GROUP_ID), _group(None)])
        await bot.session.close()
    return [event["event"] for event in events]
