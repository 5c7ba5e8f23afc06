"""Who may ask: turns, memory, breaker, budget; and a thousand at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from services.classify.llm import LlmClassifier, LlmSettings, LlmUnavailable, Provider
from services.classify.llm.breaker import Breaker
from services.classify.llm.budget import Budget
from services.classify.llm.memory import Memory
from services.classify.llm.prices import Prices, Usage, cost, prices_of, table
from services.classify.verdict import NOTHING, Verdict
from storage.records import Pack
from tests.llm.asking import ask, until
from tests.llm.fake_openai import Act, FakeOpenAI, fails, says, verdict

Provided = Callable[..., Provider]


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 23, 0, tzinfo=UTC) + timedelta(seconds=self.seconds)


async def reason_of(llm: LlmClassifier, text: str) -> str | None:
    try:
        await llm.classify(ask(text))
    except LlmUnavailable as failure:
        return failure.reason
    return None


# --- breaker -------------------------------------------------------------------------------------------------------


def test_the_breaker_opens_probes_and_closes() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, cool_down_s=30, clock=clock)
    states = [str(breaker.state)]

    def fail(times: int) -> None:
        for _ in range(times):
            breaker.failed()
        states.append(breaker.state)

    def enter() -> bool:
        states.append(breaker.state)
        return breaker.enter()

    fail(2)
    breaker.succeeded()
    fail(2)
    fail(1)
    assert not enter()
    clock.seconds = 30
    assert (enter(), enter()) == (True, False)
    fail(1)
    clock.seconds = 60
    assert enter()
    breaker.left()
    assert enter()
    breaker.succeeded()
    assert enter()
    assert states == [*["closed"] * 3, "open", "open", *["half_open"] * 2, "open", *["half_open"] * 2, "closed"]


async def test_a_failing_server_is_left_alone(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    clock = Clock()
    provider = provided(settings, born={"clock": clock}, failures_to_open=2)
    llm = LlmClassifier(pack=pack, provider=provider)
    server.usual = fails(500)
    assert [await reason_of(llm, f"{n}") for n in range(4)] == ["server_error"] * 2 + ["circuit_open"] * 2
    assert len(server.asked) == 4
    assert not llm.has_room
    pulse = await provider.pulse()
    assert (pulse.reason, pulse.cause, pulse.breaker) == ("circuit_open", "server_error", "open")
    server.usual = says(verdict())
    clock.seconds = 31
    assert await reason_of(llm, "back") is None
    assert (await provider.pulse()).status == "healthy"
    assert llm.has_room


async def test_refusals_do_not_open_it(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = says(None, refusal="no")
    assert {await reason_of(llm, f"{n}") for n in range(12)} == {"refused"}


@pytest.mark.parametrize(
    ("act", "reason"),
    [(says("Sure! Refund."), "off_schema"), (says(verdict()[:20], finish_reason="length"), "truncated")],
)
async def test_nonsense_opens_it(server: FakeOpenAI, llm: LlmClassifier, act: Act, reason: str) -> None:
    server.usual = act
    assert [await reason_of(llm, f"{n}") for n in range(7)] == [reason] * 5 + ["circuit_open"] * 2


async def test_a_refusal_hides_no_run_of_failures(server: FakeOpenAI, provider: Provider, llm: LlmClassifier) -> None:
    no = says(None, refusal="no")
    server.script.extend([fails(418)] * 4 + [no, fails(418)])
    assert [await reason_of(llm, f"{n}") for n in range(7)] == [
        *["rejected"] * 4,
        "refused",
        "rejected",
        "circuit_open",
    ]
    assert (await provider.pulse()).cause == "rejected"


async def test_a_refusal_neither_closes_it_nor_blocks_the_next_probe(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    clock = Clock()
    provider = provided(settings, born={"clock": clock}, failures_to_open=1)
    llm = LlmClassifier(pack=pack, provider=provider)
    server.script.extend([fails(418), says(None, refusal="no")])
    assert await reason_of(llm, "one") == "rejected"
    clock.seconds = 31
    assert await reason_of(llm, "two") == "refused"
    assert (await provider.pulse()).breaker == "half_open"
    assert await reason_of(llm, "three") is None
    assert (await provider.pulse()).breaker == "closed"


async def test_each_missing_verdict_is_logged_without_the_words(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = fails(401)
    with capture_logs() as events:
        for words in ("мой номер +79123456789", "another"):
            await reason_of(llm, words)
    told = [event for event in events if event["event"] == "llm.unavailable"]
    assert told == [
        {"event": "llm.unavailable", "log_level": "info", "reason": reason}
        for reason in ("unauthorized", "circuit_open")
    ]


async def test_a_wrong_key_opens_it_at_once(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.usual = fails(401)
    assert [await reason_of(llm, f"{n}") for n in range(3)] == ["unauthorized", "circuit_open", "circuit_open"]


async def test_those_who_wait_leave_when_it_opens(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.usual = server.gated
    provider = provided(settings, max_concurrency=2, timeout_s=0.05, failures_to_open=2)
    llm = LlmClassifier(pack=pack, provider=provider)
    reasons = await asyncio.gather(*(reason_of(llm, f"{n}") for n in range(50)))
    assert 2 <= reasons.count("timeout") <= 3  # the turn of the first to fail may be taken before the second fails
    assert reasons.count("timeout") + reasons.count("circuit_open") == 50


# --- turns ---------------------------------------------------------------------------------------------------------


async def test_a_crowd_is_served_a_few_at_a_time_and_waiting_is_no_timeout(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    llm = LlmClassifier(pack=pack, provider=provided(settings, max_concurrency=8))
    said = await asyncio.gather(*(llm.classify(ask(f"верните {n}")) for n in range(200)))
    assert all(isinstance(one, Verdict) for one in said)
    assert server.most_at_once <= 8
    assert len(server.asked) == 200


async def test_a_wait_without_end_has_one(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.usual = server.gated
    llm = LlmClassifier(pack=pack, provider=provided(settings, max_concurrency=1, queue_s=0.02))
    first = asyncio.create_task(llm.classify(ask("first")))
    await until(lambda: bool(server.asked))
    assert await reason_of(llm, "second") == "crowded"
    assert not llm.has_room
    server.opened.set()
    assert (await first).scenario == "REFUND"


async def test_a_queue_without_end_has_one(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.usual = server.gated
    llm = LlmClassifier(pack=pack, provider=provided(settings, max_concurrency=1))
    waiting = [asyncio.create_task(reason_of(llm, f"{n}")) for n in range(70)]
    await until(lambda: sum(task.done() for task in waiting) == 5)
    server.opened.set()
    reasons = await asyncio.gather(*waiting)
    assert reasons.count("crowded") == 5
    assert reasons.count(None) == 65


async def test_nobody_joins_a_queue_that_is_too_slow(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    clock = Clock()
    llm = LlmClassifier(pack=pack, provider=provided(settings, born={"clock": clock}, max_concurrency=2, queue_s=25.0))
    server.script.extend([server.gated] * 2)
    slow = [asyncio.create_task(reason_of(llm, f"slow {n}")) for n in range(2)]
    await until(lambda: len(server.asked) == 2)
    clock.seconds = 7.0
    server.opened.set()
    assert await asyncio.gather(*slow) == [None, None]

    server.opened.clear()
    server.usual = server.gated
    crowd = [asyncio.create_task(reason_of(llm, f"{n}")) for n in range(20)]
    await until(lambda: any(task.done() for task in crowd))
    server.opened.set()
    reasons = await asyncio.gather(*crowd)
    assert reasons.count(None) == 2 + 8  # an eighth has 7 before it, 24.5 s; a ninth would have 28 s
    assert reasons.count("crowded") == 10
    assert await reason_of(llm, "now the queue is empty") is None


# --- memory --------------------------------------------------------------------------------------------------------


async def test_the_same_words_are_paid_once(server: FakeOpenAI, provider: Provider, llm: LlmClassifier) -> None:
    first = await llm.classify(ask("мой номер +79123456789"))
    again = await llm.classify(ask("мой номер +79990000000"))
    assert (again.scenario, again.spent) == (first.scenario, NOTHING)
    assert len(server.asked) == 1
    await llm.classify(ask("мой номер", "ru", "другой разговор"))
    assert len(server.asked) == 2
    assert provider.tally.figures()["remembered"] == 1


async def test_another_pack_is_another_question(server: FakeOpenAI, provider: Provider, pack: Pack) -> None:
    newer = Pack(scenarios=pack.scenarios[:10], background=pack.background, version="newer")
    for one in (pack, newer, pack):
        await LlmClassifier(pack=one, provider=provider).classify(ask("мой номер"))
    assert len(server.asked) == 2


async def test_the_same_words_at_once_are_asked_once(
    server: FakeOpenAI, provider: Provider, llm: LlmClassifier
) -> None:
    said = await asyncio.gather(*(llm.classify(ask("спам")) for _ in range(20)))
    assert len(server.asked) == 1
    assert sum(one.spent.cost_usd > 0 for one in said) == 1
    assert provider.tally.remembered == 19


async def test_failures_are_not_remembered(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.script.append(says("garbage"))
    assert await reason_of(llm, "x") == "off_schema"
    assert await reason_of(llm, "x") is None


async def test_memory_is_bounded_and_keeps_what_is_used() -> None:
    memory: Memory[int, int] = Memory(3)

    async def answer(number: int) -> int:
        return number

    for number in (1, 2, 3, 1, 4):
        if memory.get(number) is None:
            await memory.ask(number, lambda number=number: answer(number))  # type: ignore[misc]  # binds the loop's
    assert [number for number in range(5) if memory.get(number) is not None] == [1, 3, 4]


async def test_one_who_leaves_does_not_take_the_answer_along() -> None:
    memory: Memory[str, str] = Memory(3)
    ready = asyncio.Event()
    asked = 0

    async def answer() -> str:
        nonlocal asked
        asked += 1
        await ready.wait()
        return "yes"

    first, second = (asyncio.create_task(memory.ask("q", answer)) for _ in range(2))
    await until(lambda: asked == 1)
    first.cancel()
    await until(first.done)
    ready.set()
    assert await second == "yes"
    assert asked == 1


async def test_an_answer_nobody_waits_for_is_given_up() -> None:
    memory: Memory[str, str] = Memory(3)
    given_up = asyncio.Event()

    async def answer() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()
        return "never"

    alone = asyncio.create_task(memory.ask("q", answer))
    await until(lambda: memory.is_asked("q"))
    await asyncio.sleep(0)
    alone.cancel()
    await given_up.wait()
    assert not memory.is_asked("q")


# --- money ---------------------------------------------------------------------------------------------------------


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
