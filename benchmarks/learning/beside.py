"""Whether answers are slowed while the bot learns: the same questions, alone and beside a rehearsal in its process.

Other programs come and go within a minute, so the rehearsal is halted every other second: what answers alone is asked
then, on the same machine. Once more where other programs keep each core three times over. The last figures are those
of a new model that takes over.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.classifier.floors import Floors
from benchmarks.classifier.public import Lines
from benchmarks.classifier.strangers import NOTHING
from benchmarks.learning.stream import begun
from benchmarks.shipped import CONFIGURED
from bot.engines import Engines
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.local.apart import apart
from services.classify.verdict import Question
from services.evaluation.rehearsal import Job, rehearse
from services.scenarios.packs import read_pack
from storage.labels import Label
from storage.store import Store

BUSINESS: Final = "powerplay11"
EACH: Final = 8
LABELS: Final = 200
WARM: Final = 300
APART_S: Final = 0.005
"""Between two questions: 200 a second and more are another bench."""
WINDOW_S: Final = 1.0
"""So long the rehearsal goes on, and so long it stands still."""
MOST_S: Final = 60.0
BUSY: Final = 3
"""Programs of others on each core, on a busy machine."""
TAKEOVERS: Final = 20
SLOWER: Final = 2.0
"""The middle question may take so many times as long, and the slowest of a hundred."""
STARTER: Final = Path("scenarios")
LOOP_S: Final = 0.001
Times = list[float]


@dataclass
class Asker:
    """Asks one question after the other, and notes how long each took."""

    local: LocalClassifier
    lines: Lines
    _next: int = 0

    async def asks(self, goes_on: Callable[[int], bool]) -> Times:
        took: Times = []
        while goes_on(len(took)):
            text = f"{self.lines[self._next % len(self.lines)][0]} {self._next}"  # new each time: what was read is kept
            began = time.perf_counter()
            await self.local.classify(Question(text=text, language="en"))
            took.append(1000 * (time.perf_counter() - began))
            self._next += 1
            await asyncio.sleep(APART_S)
        return took

    async def asks_for(self, seconds: float, other: asyncio.Future[Any]) -> Times:
        ends = time.perf_counter() + seconds
        return await self.asks(lambda _: time.perf_counter() < ends and not other.done())


def beside(folder: Path, floors: Floors) -> None:
    """Print how long an answer takes, alone and beside what learns."""
    pack, lines = begun(folder, BUSINESS, EACH)
    labels = tuple(itertools.starmap(_label, enumerate(lines[:LABELS], 1)))
    with tempfile.TemporaryDirectory() as made:
        saved = Path(made) / "m.npz"
        model = Model.train(pack, Encoder(), saved)
        model.save(saved)
        job = Job(pack=pack, counted=(), fresh=labels, policy=CONFIGURED, saved=saved, meanings=True)
        for programs in (0, BUSY * (os.cpu_count() or 1)):
            with _others(programs):
                alone, busy = asyncio.run(_both(Asker(local=LocalClassifier(model), lines=lines[LABELS:]), job))
            name = f"answers beside a retraining{', on a busy machine' if programs else ''}"
            _print(name, alone, busy)
            slower = np.percentile(busy, (50, 99)) / np.percentile(alone, (50, 99))
            floors.hold(name, not_slowed=float(slower.max() <= SLOWER))
        _print("the event loop while a new model takes over", *asyncio.run(_taking_over(Path(made))))


def _print(name: str, alone: Times, busy: Times) -> None:
    quiet, loud = np.percentile(alone, (50, 99)), np.percentile(busy, (50, 99))
    print(f"\n{name}: p50 {loud[0]:.1f} ms, p99 {loud[1]:.1f} ms, at most {max(busy):.0f} ms ({len(busy)})")
    print(f"alone in between: p50 {quiet[0]:.1f} ms, p99 {quiet[1]:.1f} ms, at most {max(alone):.0f} ms ({len(alone)})")


@contextmanager
def _others(count: int) -> Iterator[None]:
    """Keep the cores busy with programs that never wait."""
    running = [subprocess.Popen((sys.executable, "-c", "while True: pass")) for _ in range(count)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


async def _both(asker: Asker, job: Job) -> tuple[Times, Times]:
    """Return how long answers took alone, and beside what learns: by turns, until it is done or that is enough."""
    await asker.asks(lambda count: count < WARM)
    learning = asyncio.ensure_future(apart(rehearse, job))
    busy = await asker.asks_for(WINDOW_S, learning)  # with the start of the process
    alone: Times = []
    for _ in range(round(MOST_S / WINDOW_S / 2)):
        _signal(signal.SIGSTOP)
        alone += await asker.asks_for(WINDOW_S, learning)
        _signal(signal.SIGCONT)
        busy += await asker.asks_for(WINDOW_S, learning)
        if learning.done():
            break
    _signal(signal.SIGKILL)
    await asyncio.gather(learning, return_exceptions=True)
    return alone, busy


def _signal(number: signal.Signals) -> None:
    for one in multiprocessing.active_children():
        if one.pid is not None:
            os.kill(one.pid, number)


async def _taking_over(made: Path) -> tuple[Times, Times]:
    """Return for how long the event loop was held up: idle, and while a process takes a new model of the starter pack.

    Only what lasts longer than a turn of the loop is of interest, so that is taken off.
    """
    pack, saved, encoder = read_pack(STARTER), made / "starter.npz", Encoder()
    Model.train(pack, encoder, saved).save(saved)
    async with Store(f"sqlite+aiosqlite:///{made}/support.db") as store:
        engines = Engines(
            saved=saved, language="ru", joining=None, store=store, policy=lambda: CONFIGURED, encoder=encoder
        )
        gc.freeze()  # as the bot does when it starts
        alone = await _held_up(asyncio.sleep(1))
        taking = [await _held_up(engines.teach(pack)) for _ in range(TAKEOVERS)]
        await engines.close()
    return alone, list(itertools.chain.from_iterable(taking))


async def _held_up(work: Coroutine[Any, Any, object]) -> Times:
    doing = asyncio.ensure_future(work)
    held: Times = []
    while not doing.done():
        began = time.perf_counter()
        await asyncio.sleep(LOOP_S)
        held.append(max(1000 * (time.perf_counter() - began - LOOP_S), 0.0))
    await doing
    return held


def _label(number: int, line: tuple[str, str]) -> Label:
    text, intent = line
    return Label(
        id=number,
        source="correct",
        scenario=None if intent == NOTHING else intent,
        answer=None,
        language="en",
        text=text,
        ticket_id=None,
        message_id=number,
        operator_id=1,
        operator_name=None,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
