"""A failing server is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from services.classify.llm import LlmClassifier, LlmSettings, Provider
from services.classify.llm.breaker import Breaker
from storage.records import Pack
from tests.llm.asking import Clock, reason_of
from tests.llm.fake_openai import Act, FakeOpenAI, fails, says, verdict

Provided = Callable[..., Provider]


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
    assert await reason_of(llm, "first") is None  # a server that has never answered is asked in other ways too
    server.usual = fails(500)
    assert [await reason_of(llm, f"{n}") for n in range(4)] == ["server_error"] * 2 + ["circuit_open"] * 2
    assert len(server.asked) == 1 + 4
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
