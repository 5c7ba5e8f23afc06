"""A process that stands still in the middle of a transaction does not hold its locks for ever."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import engines


def _engine(url: str) -> AsyncEngine:
    return engines.postgresql(url, pool_size=1, max_overflow=0)


async def test_a_session_between_the_messages_of_a_statement_is_ended_with_its_locks(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _engine(postgresql_url)
    monkeypatch.setattr(engines, "UNIT_MS", 300)
    frozen = _engine(postgresql_url)
    update = text("INSERT INTO notebook (name, text) VALUES ('a', 'b') ON CONFLICT (name) DO NOTHING")
    async with frozen.connect() as holder:
        await holder.execute(update)
        raw = await holder.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.prepare("SELECT 17")  # parsed, and not executed: PostgreSQL waits for the rest
        async with asyncio.timeout(60), other.begin() as waiting:
            assert (await waiting.execute(update)).rowcount == 1, "what the other had begun is undone"
            await waiting.rollback()
        await holder.invalidate()
    await frozen.dispose()
    await other.dispose()
