"""What Prometheus reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from handlers.http.metrics import ENGINES
from services.classify.cascade import CascadeTally, Joining
from services.classify.llm import LlmSettings, Provider
from services.classify.llm.audits import Audits
from tests.http.conftest import without
from tests.llm.fake_openai import KEY, FakeOpenAI, fails, says, verdict
from tests.walk.conftest import House, opened


@pytest.fixture
async def house(database_url: str, home: object) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


@pytest.fixture
async def server() -> AsyncIterator[FakeOpenAI]:
    fake = FakeOpenAI()
    await fake.start()
    yield fake
    await fake.stop()


async def families(house: House, http: ClientSession) -> dict[str, Metric]:
    async with http.get(f"{house.http}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = await answer.text()
    return {family.name: family for family in text_string_to_metric_families(text)}


async def scraped(house: House, http: ClientSession) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in (await families(house, http)).values()
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
    async with asyncio.timeout(90):  # what was told a second ago is told again
        while (figures := await scraped(house, http))["support_bot_messages_total", "customer"] != 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert sum(value for name, value in figures.items() if name[0] == "support_bot_open_tickets") == 1


async def test_a_broken_database_is_a_figure_too(house: House, http: ClientSession) -> None:
    house.anna.send("/start")
    await house.answer(house.anna)
    async with without(house.database_url, "notebook"):
        figures = await scraped(house, http)
    assert figures["support_bot_health", "database"] == 0
    assert not any("messages" in name[0] for name in figures)


async def test_the_engines_are_counted_each_with_its_own_words(
    sqlite_url: str, home: object, server: FakeOpenAI, http: ClientSession
) -> None:
    async with opened(
        sqlite_url, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.url, SUPPORT_CLASSIFIER__MODE="llm"
    ) as house:
        server.script.extend([says(verdict("DELIVERY", 0.97)), fails(418)])
        for text in ("где моя посылка, когда доставят заказ?", "а как у вас насчет коробочки зеленой"):
            await house.answer(house.anna, house.anna.send(text))
        read = await families(house, http)
        figures = await scraped(house, http)
    engines = {name.removeprefix("support_bot_"): family for name, family in read.items() if "_llm_" in name}
    assert {family.type for family in engines.values()} == {"counter"}
    assert len({family.documentation for family in engines.values()}) == len(engines)
    assert engines["llm_calls"].documentation.startswith(ENGINES["llm_calls"])
    assert figures["support_bot_llm_calls_total",] == 2
    assert figures["support_bot_llm_failures_total", "rejected"] == 1
    assert figures["support_bot_cascade_model_total",] == 1
    assert figures["support_bot_cascade_fallbacks_total",] == 1


async def test_every_counter_of_the_engines_is_explained() -> None:
    provider = Provider(LlmSettings(api_key=KEY))
    joining = Joining(provider=provider, mode="cascade", trust=0.8, audits=Audits(), tally=CascadeTally())
    await provider.aclose()
    assert {*joining.figures(), "llm_failures"} == {*ENGINES}
