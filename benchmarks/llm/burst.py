"""A thousand questions at once against a server that takes a second for each."""

from __future__ import annotations

import asyncio
import resource
import time
from typing import Final

from benchmarks.classifier.measuring import resident_mb
from benchmarks.llm.server import server
from tests.packs import SHOP

QUESTIONS: Final = 1000
BURSTS: Final = 3
GOAL_S: Final = 20.0


def burst() -> None:
    with server(answers_in_s=1.0) as url:
        asyncio.run(_bursts(url))


async def _bursts(url: str) -> None:
    from services.classify.llm import LlmClassifier, LlmSettings, Provider
    from services.scenarios.packs import read_pack

    provider = Provider(LlmSettings(api_key="none", base_url=url, max_concurrency=64))
    llm = LlmClassifier(pack=read_pack(SHOP), provider=provider)
    print(f"\n{QUESTIONS} questions at once, a second each, 64 at a time (goal {GOAL_S:.0f} s)")
    print("burst   answered   seconds   slowest s   CPU ms each   memory MB")
    for number in range(1, BURSTS + 1):
        cpu, began = _cpu_s(), time.perf_counter()
        times = await asyncio.gather(*(_timed(llm.classify, f"{number} {n} верните") for n in range(QUESTIONS)))
        took = time.perf_counter() - began
        answered = sum(seconds is not None for seconds in times)
        slowest = max((seconds for seconds in times if seconds is not None), default=0.0)
        each_ms = (_cpu_s() - cpu) * 1000 / QUESTIONS
        print(f"{number:>5}{answered:>11}{took:>10.1f}{slowest:>12.1f}{each_ms:>14.2f}{resident_mb():>12.0f}")
    await provider.aclose()


async def _timed(classify: object, text: str) -> float | None:
    from services.classify.llm import LlmUnavailable
    from services.classify.verdict import Question

    began = time.perf_counter()
    try:
        await classify(Question(text=text, language="ru"))  # type: ignore[operator]
    except LlmUnavailable:
        return None
    return time.perf_counter() - began


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
