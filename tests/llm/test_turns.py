"""Who may ask: a few at a time, and waiting has an end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.classify.llm import LlmClassifier, LlmSettings, Provider
from services.classify.verdict import Verdict
from storage.records import Pack
from tests.llm.asking import Clock, ask, reason_of, until
from tests.llm.fake_openai import FakeOpenAI

Provided = Callable[..., Provider]


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
