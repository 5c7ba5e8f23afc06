"""The day's budget, and what a call costs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from services.classify.llm import LlmClassifier, LlmSettings, Provider
from services.classify.llm.budget import Budget
from services.classify.llm.prices import Prices, Usage, cost, prices_of, table
from storage.records import Pack
from tests.llm.asking import Clock, reason_of
from tests.llm.fake_openai import FakeOpenAI

Provided = Callable[..., Provider]


async def test_above_the_budget_nobody_is_asked_until_tomorrow(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    clock = Clock()
    provider = provided(settings, born={"now": clock.now}, daily_budget_usd=0.0015)
    llm = LlmClassifier(pack=pack, provider=provider)
    reasons = [await reason_of(llm, f"{n}") for n in range(12)]
    paid = reasons.count(None)
    assert 3 <= paid < 10
    assert set(reasons[paid:]) == {"over_budget"}
    clock.seconds = 3600
    assert await reason_of(llm, "tomorrow") is None


async def test_many_at_once_do_not_overrun_the_budget(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    provider = provided(settings, daily_budget_usd=0.005)
    llm = LlmClassifier(pack=pack, provider=provider)
    await asyncio.gather(*(reason_of(llm, f"{n}") for n in range(100)))
    assert provider.tally.cost_usd <= 0.005


def test_a_budget_of_a_day() -> None:
    clock = Clock()
    budget = Budget(1.0, now=clock.now, spent=0.5)
    assert budget.reserve(0.4)
    assert not budget.reserve(0.2)
    budget.settle(0.4, 0.1)
    assert budget.reserve(0.3)
    budget.settle(0.3, 0.6)
    assert budget.exhausted
    assert budget.spent_today == pytest.approx(1.2)
    clock.seconds = 3600
    assert budget.spent_today == 0
    assert not budget.exhausted


async def test_a_day_that_has_no_room_for_a_call_is_over_and_told_once(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    clock = Clock()
    with capture_logs() as events:
        provider = provided(settings, born={"now": clock.now, "spent_today_usd": 0.99999}, daily_budget_usd=1.0)
        llm = LlmClassifier(pack=pack, provider=provider)
        assert [await reason_of(llm, f"{n}") for n in range(3)] == ["over_budget"] * 3
        pulse = await provider.pulse()
        assert (pulse.status, pulse.facts()["reason"]) == ("degraded", "over_budget")
        clock.seconds = 3600
        assert (await provider.pulse()).status == "healthy"
        assert await reason_of(llm, "tomorrow") is None
    told = [event for event in events if event["event"] == "llm.over_budget"]
    assert told == [{"event": "llm.over_budget", "log_level": "warning", "limit_usd": 1.0, "spent_usd": 0.99999}]


def test_money_that_is_only_reserved_ends_no_day() -> None:
    budget = Budget(1.0, spent=0.5)
    assert budget.reserve(0.4)
    assert not budget.reserve(0.2)
    budget.settle(0.4, 0.0)
    assert not budget.exhausted
    assert budget.reserve(0.2)


def test_each_day_that_is_over_is_told() -> None:
    clock = Clock()
    with capture_logs() as events:
        budget = Budget(1.0, now=clock.now, spent=2.0)
        clock.seconds = 3600
        assert not budget.exhausted
        assert budget.reserve(0.9)
        budget.settle(0.9, 1.1)
        budget.learn(1.2)
        assert not budget.reserve(0.0)
    assert [event["spent_usd"] for event in events] == [2.0, 1.1]


def test_budgets_at_the_ends() -> None:
    assert Budget(None).reserve(1e9)
    assert not Budget(0.0).reserve(0.0)


def test_a_budget_hears_what_others_spend() -> None:
    budget = Budget(1.0, spent=0.5)
    budget.learn(0.2)
    assert budget.spent_today == 0.5
    budget.learn(1.0)
    assert budget.exhausted


@pytest.mark.parametrize(
    ("model", "known_as"),
    [
        ("gpt-4o-mini", "gpt-4o-mini"),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("openai/gpt-4.1-nano", "gpt-4.1-nano"),
        ("GPT-4o", "gpt-4o"),
        ("gpt-4o-audio-preview", None),
        ("gpt-5-pro", None),
        ("gpt-4.5", None),
        ("llama3:8b", None),
        ("", None),
    ],
)
def test_prices_by_model(model: str, known_as: str | None) -> None:
    assert prices_of(model) == (table()[known_as] if known_as else None)


def test_what_is_cached_costs_less() -> None:
    prices = Prices(input=2.0, cached=1.0, output=8.0)
    assert cost(Usage(prompt=1000, cached=600, completion=100), prices) == pytest.approx(2200e-6)
    assert cost(Usage(prompt=1000), None) == 0
