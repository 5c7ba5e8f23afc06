"""What is new reaches every page: from other replicas too, and also what the database shows late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from services.dashboard.live_updates import LiveUpdate, LiveUpdates
from services.messages.addresses import on_telegram
from services.messages.effects import ShowCard
from services.messages.incoming import Operator
from services.queues.outbox import Outgoing
from storage.store import Store
from storage.tables import outbox

WITHIN_S: Final = 90.0


@pytest.fixture
async def replica(postgresql_url: str) -> AsyncIterator[Store]:
    async with Store(postgresql_url) as store, store.working():
        yield store


async def changed(store: Store, ticket: int) -> None:
    await store.write(lambda unit: Outgoing(unit, f"web:{ticket}").put(ShowCard(ticket_id=ticket)))


async def told(news: AsyncIterator[LiveUpdate], ticket: int) -> None:
    async with asyncio.timeout(WITHIN_S):
        while ticket not in (await anext(news)).tickets:
            pass


async def test_what_another_replica_changes_is_told_here(postgresql_url: str, replica: Store) -> None:
    async with Store(postgresql_url) as other, aclosing(LiveUpdates(store=replica).follow(None)) as news:
        assert (await anext(news)).everything
        await changed(other, 7)
        await told(news, 7)


async def test_who_writes_is_told_to_the_pages_of_other_replicas(postgresql_url: str, replica: Store) -> None:
    async with Store(postgresql_url) as other, other.working():
        here, there = LiveUpdates(store=replica), LiveUpdates(store=other)
        async with aclosing(here.follow(None, 601)) as own, aclosing(there.follow(None, 502)) as news:
            await anext(own)
            await anext(news)
            async with asyncio.timeout(WITHIN_S):
                while not (replica.notifications.connected and other.notifications.connected):  # noqa: ASYNC110  # as it starts
                    await asyncio.sleep(0.01)
                here.typed(7, Operator(id=601, name="Мария"))
                told = await anext(news)
            assert told.typing == {(7, "Мария")}


async def test_a_row_that_shows_after_one_with_a_higher_number_is_told_too(postgresql_url: str, replica: Store) -> None:
    engine = create_async_engine(postgresql_url)
    async with engine.connect() as slow, aclosing(LiveUpdates(store=replica).follow(None)) as news:
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


async def test_a_line_that_puts_nothing_into_a_queue_is_told_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short lines wait for the next one before the bot does anything: people see them without that."""
    monkeypatch.setattr("services.dashboard.live_updates.LOOK_S", 600.0)
    live_updates = LiveUpdates(store=store)
    customer = await store.write(
        lambda unit: unit.customers.add(on_telegram(7), first_name="Анна", last_name="", username=None, language="ru")
    )
    async with aclosing(live_updates.follow(None)) as news, asyncio.timeout(90):
        await anext(news)
        await store.write(
            lambda unit: unit.messages.add(key="tg:1", customer_id=customer.id, author="customer", text="вы тут?")
        )
        while customer.id not in (await anext(news)).customers:
            pass


async def test_everybody_is_told_and_nobody_looks_when_nobody_reads(store: Store) -> None:
    live_updates = LiveUpdates(store=store)
    async with aclosing(live_updates.follow(None)) as one, aclosing(live_updates.follow(None)) as two:
        await anext(one)
        await anext(two)
        await changed(store, 3)
        await told(one, 3)
        await told(two, 3)
    looking = live_updates._looking
    assert looking is not None
    async with asyncio.timeout(WITHIN_S):
        await looking


async def test_pages_are_let_go_as_the_process_ends(store: Store) -> None:
    live_updates = LiveUpdates(store=store)
    async with aclosing(live_updates.follow(None)) as news:
        await anext(news)
        live_updates.close()
        async with asyncio.timeout(WITHIN_S):
            assert [one async for one in news if not one.empty] == []
