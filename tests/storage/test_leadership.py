"""One process polls at a time, and what it stores is stored in its own term."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.queues.alerts import Alerts
from services.queues.intake import Arrival, Intake
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage import leadership
from storage.leadership import Leadership
from storage.store import Store

ARRIVALS = (Arrival(key="tg:1", lane="p:1", payload="{}", answers=None),)


async def taken_over(url: str) -> None:
    """Do what another process does when a leader has been silent for too long."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE leadership SET beat_at = now() - interval '1 minute'"))
    await engine.dispose()


async def test_the_next_one_leads_at_once_when_the_leader_has_gone(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "SILENT", timedelta(hours=1))
    never = asyncio.Event()
    async with Store(postgresql_url) as one, Store(postgresql_url) as other:
        async with one.leading(never) as first:
            assert await first.held()
        async with asyncio.timeout(90), other.leading(never) as second:
            assert await second.held()
            assert (second.term or 0) > (first.term or 0)


async def test_a_leader_that_lives_is_not_passed_over(postgresql_url: str) -> None:
    never = asyncio.Event()
    async with Store(postgresql_url) as one, Store(postgresql_url) as other, one.leading(never) as first:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2.5), other.leading(never):
                pass
        assert await first.held()


async def test_who_has_been_silent_for_too_long_stores_nothing_more(postgresql_url: str) -> None:
    never = asyncio.Event()
    async with Store(postgresql_url) as one, Store(postgresql_url) as other, one.leading(never) as first:
        silent = intake(one)
        assert await silent.accept(ARRIVALS, term=first.term)
        await taken_over(postgresql_url)
        async with asyncio.timeout(90), other.leading(never) as second:
            more = (Arrival(key="tg:2", lane="p:1", payload="{}", answers=None),)
            assert not await silent.accept(more, term=first.term)
            assert await lost(first)
            assert await intake(other).accept(more, term=second.term)
            assert await second.held()


async def lost(leading: Leadership) -> bool:
    async with asyncio.timeout(90):
        while await leading.held():  # noqa: ASYNC110  # it learns that when it next shows that it lives
            await asyncio.sleep(0.1)
    return True


def intake(store: Store) -> Intake:
    return Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
