"""How the engine is, cheaply."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, get_args

import pytest

from services.classify.llm import LlmClassifier, LlmSettings, Provider, Reason
from services.texts import label, text_key
from tests.llm.asking import ask
from tests.llm.fake_openai import Act, FakeOpenAI, answers, fails, reset

Provided = Callable[..., Provider]


async def test_well(server: FakeOpenAI, provider: Provider) -> None:
    pulse = await provider.pulse()
    assert pulse.status == "healthy"
    assert pulse.facts() == {
        "openai_api": "ok",
        "model": "gpt-4o-mini",
        "breaker": "closed",
        "spent_today_usd": 0.0,
    }
    assert not server.asked


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (answers({}), None),
        (fails(404), None),
        (fails(405), None),
        (fails(404, "model_not_found"), "rejected"),
        (fails(401), "unauthorized"),
        (fails(429), "rate_limited"),
        (fails(500), "server_error"),
        (reset, "connection"),
    ],
)
async def test_each_answer(server: FakeOpenAI, provider: Provider, act: Act, reason: str | None) -> None:
    server.models = act
    pulse = await provider.pulse()
    assert pulse.reason == reason
    assert pulse.facts()["openai_api"] == ("ok" if reason is None else "error")


async def test_a_hanging_server(server: FakeOpenAI, provided: Provided, settings: LlmSettings) -> None:
    server.models = server.gated
    assert (await provided(settings, timeout_s=0.05).pulse()).reason == "timeout"


async def test_a_look_holds_for_a_while(server: FakeOpenAI, provided: Provided, settings: LlmSettings) -> None:
    seconds = [0.0]
    provider = provided(settings, born={"clock": lambda: seconds[0]}, pulse_s=15.0)
    await asyncio.gather(*(provider.pulse() for _ in range(10)))
    assert server.looks == 1
    seconds[0] = 15.0
    await provider.pulse()
    assert server.looks == 2


async def test_a_call_that_went_well_is_a_look(server: FakeOpenAI, provider: Provider, llm: LlmClassifier) -> None:
    await llm.classify(ask())
    assert (await provider.pulse()).status == "healthy"
    assert server.looks == 0


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_can_be_told(reason: Reason, language: str) -> None:
    assert len(label(text_key("model", reason), language)) > 10


async def test_a_price_that_is_not_known_is_told(provided: Provided, settings: LlmSettings) -> None:
    facts: Any = (await provided(settings, model="home/made").pulse()).facts()
    assert facts["note"] == "price unknown"


async def test_an_empty_purse_is_told_without_a_look(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings
) -> None:
    pulse = await provided(settings, daily_budget_usd=1.0, born=None).pulse()
    assert pulse.status == "healthy"
    spent = await provided(settings, daily_budget_usd=1.0, born={"spent_today_usd": 1.0}).pulse()
    assert (spent.status, spent.reason) == ("degraded", "over_budget")
    assert server.looks == 1
