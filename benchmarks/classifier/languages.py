"""The starter pack, which is Russian and English, asked in five other languages by a hand that saw no phrase."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.classifier.floors import Floors

if TYPE_CHECKING:
    from services.classify.local import LocalClassifier

FILE: Final = Path(__file__).with_name("messages") / "languages.jsonl"
NOTHING: Final = "OTHER"
HEAD: Final = f"\n{'language':<10} {'lines':>5} {'acc':>6} {'auroc':>6} {'sent':>6} {'right':>6}"


def languages(local: LocalClassifier, answer_at: float, floors: Floors) -> None:
    """Print how many are recognised, and how many of those that would be answered are right."""
    from services.evaluation import measures

    lines = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    best = [local.verdict(line["text"]).nearest[0] for line in lines]
    sure = np.array([guess.confidence for guess in best])
    right = np.array([guess.scenario == line["scenario"] for guess, line in zip(best, lines, strict=True)])
    served = np.array([line["scenario"] != NOTHING for line in lines])
    of = np.array([line["language"] for line in lines])
    print(HEAD)
    for name in (*dict.fromkeys(of.tolist()), "all"):
        here = np.full(len(of), fill_value=True) if name == "all" else of == name
        auroc = measures.auroc(sure[here & served], sure[here & ~served]) or 0.0
        sent = here & (sure >= answer_at)
        precision = float(right[sent].mean()) if sent.any() else 0.0
        accuracy, share = float(right[here & served].mean()), float(sent.sum() / here.sum())
        print(f"{name:<10} {here.sum():>5} {accuracy:>6.3f} {auroc:>6.3f} {share:>6.3f} {precision:>6.3f}")
        floors.hold(f"languages: {name}", accuracy=accuracy, auroc=auroc, sent=share, right=precision)
