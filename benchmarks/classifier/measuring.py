"""One engine on one set, each in a process of its own, so that memory and import time are its own too."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.classifier.public import PublicSet

Judge = Callable[[str], tuple[str, float]]
"""From a text to the best in-scope intent and its confidence."""
Trainer = Callable[[PublicSet], Judge]
TIMED: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    accuracy: float
    """Over the in-scope lines, by the best in-scope intent."""
    auroc: float | None
    ece: float
    """Over the in-scope lines."""
    train_s: float
    p50_ms: float
    p99_ms: float
    memory_mb: float
    """What the process grew by from before the engine's import to after training and judging: what it keeps."""
    peak_mb: float


def measured(engine: Callable[[], Trainer], dataset: PublicSet) -> Figures:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(_measure, engine, dataset).result()


def _measure(engine: Callable[[], Trainer], dataset: PublicSet) -> Figures:
    before = resident_mb()
    began = time.perf_counter()
    judge = engine()(dataset)
    trained = time.perf_counter() - began
    times = sorted(_timed(judge, text) for text, _ in dataset.test[:TIMED])
    kept, peak = resident_mb() - before, peak_mb() - before
    inside = [judge(text) for text, _ in dataset.test]
    right = [best == intent for (best, _), (_, intent) in zip(inside, dataset.test, strict=True)]
    return Figures(
        accuracy=sum(right) / len(right),
        auroc=_auroc([score for _, score in inside], [judge(text)[1] for text in dataset.outside]),
        ece=_ece([score for _, score in inside], right),
        train_s=trained,
        p50_ms=times[len(times) // 2],
        p99_ms=times[len(times) * 99 // 100],
        memory_mb=kept,
        peak_mb=peak,
    )


def _timed(judge: Judge, text: str) -> float:
    began = time.perf_counter()
    judge(text)
    return (time.perf_counter() - began) * 1000


def _auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    import numpy as np

    from services.evaluation import measures

    return measures.auroc(np.array(inside), np.array(outside))


def _ece(scores: Sequence[float], right: Sequence[bool]) -> float:
    import numpy as np

    from services.evaluation import measures

    return measures.calibration_error(np.array(scores), np.array(right)) or 0.0


def resident_mb() -> float:
    """Return what the process holds now; where the system does not tell, the most it ever held."""
    return _status("VmRSS")


def peak_mb() -> float:
    """Return the most it ever held; `ru_maxrss` would remember the parent's memory too."""
    return _status("VmHWM")


def _status(field: str) -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith(field))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
