"""Whether answers are slowed while the bot learns: the same questions, alone and beside a rehearsal in its process."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.classifier.floors import Floors
from benchmarks.classifier.public import Lines
from benchmarks.classifier.strangers import NOTHING
from benchmarks.learning.stream import begun
from benchmarks.shipped import CONFIGURED
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.local.apart import apart
from services.classify.verdict import Question
from services.evaluation.rehearsal import Job, rehearse
from storage.labels import Label

BUSINESS: Final = "powerplay11"
EACH: Final = 8
LABELS: Final = 200
WARM: Final = 300
ALONE: Final = 1000
APART_S: Final = 0.005
"""Between two questions: 200 a second and more are another bench."""
SLOWER: Final = 2.0
"""The middle question may take so many times as long."""


@dataclass
class Asker:
    """Asks one question after the other, and notes how long each took."""

    local: LocalClassifier
    lines: Lines
    _next: int = 0

    async def asks(self, goes_on: Callable[[int], bool]) -> list[float]:
        took: list[float] = []
        while goes_on(len(took)):
            text = f"{self.lines[self._next % len(self.lines)][0]} {self._next}"  # new each time: what was read is kept
            began = time.perf_counter()
            await self.local.classify(Question(text=text, language="en"))
            took.append(1000 * (time.perf_counter() - began))
            self._next += 1
            await asyncio.sleep(APART_S)
        return took


def beside(folder: Path, floors: Floors) -> None:
    """Print how long an answer takes, alone and beside what learns."""
    pack, lines = begun(folder, BUSINESS, EACH)
    with tempfile.TemporaryDirectory() as made:
        saved = Path(made) / "m.npz"
        encoder = Encoder()
        model = Model.train(pack, encoder, saved)
        model.save(saved)
        labels = tuple(itertools.starmap(_label, enumerate(lines[:LABELS], 1)))
        job = Job(pack=pack, counted=(), fresh=labels, policy=CONFIGURED, saved=saved, meanings=True)
        alone, busy, trained_s = asyncio.run(_both(Asker(local=LocalClassifier(model), lines=lines[LABELS:]), job))
    quiet, loud = np.percentile(alone, (50, 99)), np.percentile(busy, (50, 99))
    print(f"\nan answer alone: p50 {quiet[0]:.1f} ms, p99 {quiet[1]:.1f} ms; ", end="")
    print(f"beside a retraining: p50 {loud[0]:.1f} ms, p99 {loud[1]:.1f} ms ", end="")
    print(f"({loud[0] / quiet[0]:.2f} and {loud[1] / quiet[1]:.2f} times as long; {len(busy)} asked)")
    print(f"its training: {trained_s:.2f} s of the clock; {LABELS} labels")
    floors.hold("answers beside a retraining", not_slowed=float(loud[0] <= SLOWER * quiet[0]))


async def _both(asker: Asker, job: Job) -> tuple[list[float], list[float], float]:
    """Return how long answers took alone, and beside what learns, and how long its training took."""
    await asker.asks(lambda count: count < WARM)
    alone = await asker.asks(lambda count: count < ALONE)
    learning = asyncio.create_task(apart(rehearse, job))
    busy = await asker.asks(lambda _: not learning.done())
    return alone, busy, (await learning).trained_s


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
