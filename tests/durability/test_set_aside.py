"""What cannot be handled is set aside and shown to people with its words; everything around it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.store import Store
from storage.units import Unit
from tests.walk.conftest import House, opened

CURSED = "проклятое слово"
REFUSE = {
    "sqlite": (
        f"""CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN NEW.text = '{CURSED}'
            BEGIN SELECT RAISE(ABORT, 'refused'); END""",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$",
        f"""CREATE TRIGGER refuse BEFORE INSERT ON messages FOR EACH ROW
            WHEN (NEW.text = '{CURSED}') EXECUTE FUNCTION refuse()""",
    ),
}
ALLOW = {"sqlite": ("DROP TRIGGER IF EXISTS refuse",), "postgresql": ("DROP FUNCTION IF EXISTS refuse CASCADE",)}
"""A database that refuses one text: no part of the bot is replaced, and its handler fails all the same."""


@asynccontextmanager
async def refusing(url: str) -> AsyncIterator[None]:
    await _tell(url, REFUSE)
    try:
        yield
    finally:
        await _tell(url, ALLOW)


async def _tell(url: str, what: Mapping[str, tuple[str, ...]]) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in what[make_url(url).get_backend_name()]:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def house(database_url: str, home: Path, brisk: None) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


async def test_an_undecodable_update_stops_nothing_and_its_words_are_shown(house: House) -> None:
    house.anna.send("где мой заказ? когда доставка?")
    broken = {"message_id": 5, "date": "вчера", "text": "важные слова", "from": house.anna.user.as_json()}
    house.playground.inject_update({"message": broken})
    house.playground.inject_update({"message": broken | {"chat": house.anna.chat.as_json()}})
    house.playground.inject_update({"message": "это не сообщение"})
    house.anna.send("сколько стоит подписка в месяц?")

    await house.playground.wait_for(lambda: len(house.anna.replies) == 2)
    [notice] = await house.playground.wait_for(lambda: [m for m in house.group.from_bot if "сообщений: 3" in m.text])
    assert notice.text.count("важные слова") == 2
    assert "Анна" in notice.text
    assert "support-bot inbox retry" in notice.text
    assert "message_id" not in notice.text
    assert len(house.group.from_bot) == 1


async def test_an_update_whose_handler_fails_is_set_aside_and_played_again_on_demand(house: House) -> None:
    async with refusing(house.database_url):
        house.john.send("where is my parcel? when will it be delivered?")
        house.john.send(CURSED)
        house.john.send("how do I invite a friend and get the referral bonus?")
        house.anna.send("где мой заказ? когда доставка?")
        await house.answer(house.anna)
        shown = await house.in_group(CURSED)
        assert "support-bot inbox retry" in shown.text
        await house.playground.wait_for(lambda: len(house.john.replies) == 2)
    async with Store(house.database_url) as store:

        def act(unit: Unit) -> None:
            assert unit.inbox.retry() == 1

        await store.write(act)
    await house.playground.wait_for(lambda: len(house.john.replies) == 3)
    async with Store(house.database_url) as store:

        def look(unit: Unit) -> None:
            assert unit.inbox.count_quarantined() == 0
            assert unit.inbox.backlog() == (0, None)

        await store.read(look)
