"""What is new reaches every page: from other replicas too, and also what the database shows late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from aiogram import Bot
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from bot.menu import Menu
from bot.settings import load
from bot.team import team_of
from handlers.telegram.courier import Courier
from services.dashboard.newsroom import LOOK_S, Bulletin, Newsroom
from services.delivery.operator_groups import Groups
from services.messages.effects import ShowCard
from services.queues.outbox import Outgoing
from storage.store import Store
from storage.tables import outbox
from tests.lines.world import TOKEN, Deaf

WITHIN_S: Final = 2 * LOOK_S


@pytest.fixture
async def replica(postgresql_url: str) -> AsyncIterator[Store]:
    async with Store(postgresql_url) as store, store.working():
        yield store


async def changed(store: Store, ticket: int) -> None:
    await store.write(lambda unit: Outgoing(unit, f"web:{ticket}").put(ShowCard(ticket_id=ticket)))


async def told(news: AsyncIterator[Bulletin], ticket: int) -> None:
    async with asyncio.timeout(WITHIN_S):
        while ticket not in (await anext(news)).tickets:
            pass


async def test_what_another_replica_changes_is_told_here(postgresql_url: str, replica: Store) -> None:
    async with Store(postgresql_url) as other, aclosing(Newsroom(store=replica).follow(None)) as news:
        assert (await anext(news)).everything
        await changed(other, 7)
        await told(news, 7)


async def test_a_row_that_shows_after_one_with_a_higher_number_is_told_too(postgresql_url: str, replica: Store) -> None:
    engine = create_async_engine(postgresql_url)
    async with engine.connect() as slow, aclosing(Newsroom(store=replica).follow(None)) as news:
        await anext(news)
        await slow.execute(insert(outbox).values(_row(1)))
        await changed(replica, 2)
        await told(news, 2)
        await slow.commit()
        await told(news, 1)
    await engine.dispose()


def _row(ticket: int) -> dict[str, Any]:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return {"key": "slow", "lane": f"t:{ticket}", "rank": 0, "payload": "{}", "state": 1, "created_at": at}


async def test_everybody_is_told_and_nobody_looks_when_nobody_reads(store: Store) -> None:
    newsroom = Newsroom(store=store)
    async with aclosing(newsroom.follow(None)) as one, aclosing(newsroom.follow(None)) as two:
        await anext(one)
        await anext(two)
        await changed(store, 3)
        await told(one, 3)
        await told(two, 3)
    looking = newsroom._looking
    assert looking is not None
    async with asyncio.timeout(WITHIN_S + LOOK_S):
        await looking


async def test_pages_are_let_go_as_the_process_ends(store: Store) -> None:
    newsroom = Newsroom(store=store)
    async with aclosing(newsroom.follow(None)) as news:
        await anext(news)
        newsroom.close()
        async with asyncio.timeout(90):
            assert [one async for one in news if not one.empty] == []


class Wire(Deaf):
    """Notes what is called."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[Any] = []

    async def make_request(self, *asked: Any, **_: Any) -> Any:
        self.called.append(asked[1])
        return True


@pytest.mark.parametrize(("url", "opens"), [("https://desk.example/x", ["https://desk.example/x/dashboard"]), ("", [])])
async def test_the_button_beside_an_admins_composer_opens_it(store: Store, url: str, opens: list[str]) -> None:
    wire = Wire()
    env = {"BOT_TOKEN": TOKEN, "SUPPORT_TELEGRAM__ADMIN_IDS": "501", "SUPPORT_HTTP__PUBLIC_URL": url}
    bot, settings = Bot(token=TOKEN, session=wire), load(env=env)
    groups = Groups(store=store, messenger=Courier(bot), chat_id=None)
    await Menu(bot, settings, team_of(settings), groups).look()
    buttons = [one for one in wire.called if one.__api_method__ == "setChatMenuButton"]
    assert [(one.chat_id, one.menu_button.web_app.url) for one in buttons] == [(501, one) for one in opens]
