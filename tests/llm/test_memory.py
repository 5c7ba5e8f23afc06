"""The same words are asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.classify.llm import LlmClassifier, Provider
from services.classify.llm.cache import Memory
from services.classify.verdict import NOTHING
from storage.records import Pack
from tests.llm.asking import ask, reason_of, until
from tests.llm.fake_openai import FakeOpenAI, says

Provided = Callable[..., Provider]


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
