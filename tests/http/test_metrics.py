"""What Prometheus reads."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from tests.http.conftest import without
from tests.walk.conftest import House, opened


@pytest.fixture
async def house(database_url: str, home: object) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


async def scraped(house: House, http: ClientSession) -> dict[tuple[str, ...], float]:
    async with http.get(f"{house.http}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = await answer.text()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_what_happens_is_counted(house: House, http: ClientSession) -> None:
    house.anna.send("где моя посылка, когда доставят заказ?")
    await house.answer(house.anna)
    figures = await scraped(house, http)
    assert figures["support_bot_messages_total", "customer"] == 1
    assert figures["support_bot_messages_total", "bot"] == 1
    assert figures["support_bot_verdicts_total", "local"] == 1
    assert figures["support_bot_verdicts_cost_usd_total", "local"] == 0
    assert figures["support_bot_queue_quarantined", "inbox"] == 0
    assert figures["support_bot_duplicates_possible_total",] == 0
    assert figures["support_bot_health", "database"] == 1
    assert ("support_bot_health", "openai") not in figures
    assert figures["process_resident_memory_bytes",] > 0

    house.anna.send("/operator")
    await house.in_group("Анна")
    figures = await scraped(house, http)
    assert figures["support_bot_messages_total", "customer"] == 2
    assert sum(value for name, value in figures.items() if name[0] == "support_bot_open_tickets") == 1


async def test_a_broken_database_is_a_figure_too(house: House, http: ClientSession) -> None:
    house.anna.send("/start")
    await house.answer(house.anna)
    async with without(house.database_url, "notebook"):
        figures = await scraped(house, http)
    assert figures["support_bot_health", "database"] == 0
    assert not any("messages" in name[0] for name in figures)
