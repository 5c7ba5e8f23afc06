"""With a key: the model is asked about what the local engine is not sure of; missing it costs a handover at worst."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.llm.fake_openai import KEY, FakeOpenAI, fails, says, verdict
from tests.packs import SHOP
from tests.walk.conftest import House, opened

UNSURE = "как у вас насчет коробочки той самой зеленой"
SURE = "где моя посылка, когда доставят заказ?"


@pytest.fixture
async def server() -> AsyncIterator[FakeOpenAI]:
    fake = FakeOpenAI()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def advised(server: FakeOpenAI, sqlite_url: str, home: Path) -> AsyncIterator[House]:
    """A bot with a model behind it."""
    async with opened(
        sqlite_url, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.url, SUPPORT_CLASSIFIER__AUDIT_SHARE="0"
    ) as house:
        yield house


async def test_the_sure_is_answered_without_the_model_and_the_rest_with_it(advised: House, server: FakeOpenAI) -> None:
    advised.anna.send(SURE)
    await advised.answer(advised.anna)
    assert not server.asked
    server.usual = says(verdict("PRICING", 0.97))
    question = advised.anna.send(UNSURE)
    answer = await advised.answer(advised.anna, question)
    assert len(server.asked) == 1
    assert answer.buttons
    async with aiohttp.ClientSession() as session, session.get(f"{advised.http}/health/openai") as health:
        assert (await health.json())["openai_api"] == "ok"
    async with aiohttp.ClientSession() as session, session.get(f"{advised.http}/metrics") as metrics:
        assert "support_bot_cascade_model_total 1.0" in await metrics.text()


async def test_a_model_that_fails_leaves_a_handover_at_worst(advised: House, server: FakeOpenAI) -> None:
    server.usual = fails(500)
    advised.anna.send(UNSURE)
    assert "обращение №1" in (await advised.answer(advised.anna)).text


@pytest.mark.long
async def test_eval_measures_the_cascade_too(server: FakeOpenAI, home: Path) -> None:
    server.usual = says(verdict("DELIVERY", 0.97))
    lines = [
        {"text": SURE, "lang": "ru", "scenario": "DELIVERY"},
        {"text": UNSURE, "lang": "ru", "scenario": "DELIVERY"},
    ]
    (home / "lines.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    environment = os.environ | {
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": server.url,
        "SUPPORT_SCENARIOS__PATH": str(SHOP),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "eval", "lines.jsonl", "--json", env=environment, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    figures = json.loads(out)
    assert (figures["n"], figures["llm_calls"]) == (2, 1)


async def test_health_names_the_reason_in_peoples_words(advised: House, server: FakeOpenAI) -> None:
    server.usual = fails(402, message="Insufficient Balance")
    await advised.answer(advised.anna, advised.anna.send(UNSURE))
    async with aiohttp.ClientSession() as session, session.get(f"{advised.http}/health/openai") as health:
        told = await health.json()
    assert (told["status"], told["cause"]) == ("degraded", "no_credit")
    assert "деньги" in told["detail"]
    advised.olga.write(advised.group, "/health")
    report = await advised.in_group("OpenAI")
    assert "кончились деньги" in report.text
