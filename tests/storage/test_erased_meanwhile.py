"""A customer is erased while another process adds something of theirs."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from services.desk.audit import SHELL
from services.privacy.erasure import erase
from storage import engines
from storage.address import Address
from storage.records import Customer
from storage.store import Store
from storage.units import Unit

_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


async def a_line(store: Store) -> tuple[Customer, int]:
    def act(unit: Unit) -> tuple[Customer, int]:
        anna = unit.customers.add(
            Address("telegram", "1"), first_name="Анна", last_name="", username=None, language="ru"
        )
        return anna, unit.messages.add(key="k", customer_id=anna.id, author="customer", text="где заказ").id

    return await store.write(act)


async def test_what_is_indexed_in_that_moment_goes_too(postgresql_url: str) -> None:
    engine = engines.postgresql(postgresql_url, pool_size=2, max_overflow=0)
    async with Store(postgresql_url) as store, engine.connect() as indexing, engine.connect() as watching:
        anna, line = await a_line(store)
        indexed = text("INSERT INTO search (message_id, stems) VALUES (:line, 'заказ')")
        await indexing.execute(indexed, {"line": line})
        erasing = asyncio.create_task(erase(store, anna, by=SHELL))
        async with asyncio.timeout(90):
            while not await watching.scalar(_WAITS):
                await watching.rollback()  # the next look is a new one
        await indexing.commit()
        await erasing
        assert not await store.read(lambda unit: unit.personal_data.rows(anna.id)["search"])
        assert await watching.scalar(text("SELECT count(*) FROM search")) == 0
    await engine.dispose()


async def test_who_indexes_what_is_being_erased_waits_and_leaves_it_out(postgresql_url: str) -> None:
    engine = engines.postgresql(postgresql_url, pool_size=2, max_overflow=0)
    async with Store(postgresql_url) as store, engine.connect() as erasing, engine.connect() as watching:
        _, line = await a_line(store)
        await erasing.execute(text("DELETE FROM messages WHERE id = :line"), {"line": line})
        indexing = asyncio.create_task(store.write(lambda unit: unit.search.add([(line, "заказ")])))
        async with asyncio.timeout(90):
            while not await watching.scalar(_WAITS):
                await watching.rollback()
        await erasing.commit()
        await indexing
        assert await watching.scalar(text("SELECT count(*) FROM search")) == 0
    await engine.dispose()
