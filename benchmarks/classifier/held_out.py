"""The starter pack on messages that were written without looking at it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Final

from benchmarks.classifier.measuring import peak_mb, resident_mb

MESSAGES: Final = Path(__file__).with_name("held_out.jsonl")
SCENARIOS: Final = Path(__file__).parents[2] / "scenarios"


def held_out(answer_at: float, clarify_at: float) -> None:
    from services.classify.local import LocalClassifier, Model
    from services.evaluation import evaluate, read_examples, report, table
    from services.packs import read_pack

    pack = read_pack(SCENARIOS)
    before, began = resident_mb(), time.perf_counter()
    model = Model.train(pack)
    trained = time.perf_counter() - began
    outcomes = asyncio.run(evaluate(read_examples(MESSAGES), LocalClassifier(model)))
    print(f"Starter pack on {MESSAGES.name}: trained in {trained:.2f} s, ", end="")
    print(f"keeps {resident_mb() - before:.0f} MB, peak {peak_mb() - before:.0f} MB")
    print(table(report(outcomes, answer_at=answer_at, clarify_at=clarify_at)))
