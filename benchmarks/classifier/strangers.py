"""The starter pack on what customers of other businesses wrote: public sets, their intents read as our scenarios."""

from __future__ import annotations

import csv
import json
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.progress import doing

if TYPE_CHECKING:
    from benchmarks.classifier.floors import Floors
    from services.classify.local import LocalClassifier
    from services.classify.verdict import Verdict

LABELS: Final = Path(__file__).with_name("strangers.toml")
NOTHING: Final = "NO_NODES_DETECTED"
UNKNOWN: Final = ("UNKNOWN",)
REAL: Final = ("sofmattress", "powerplay11", "curekart")
"""What customers typed; the other sets were written to order."""
FIGURES: Final = ("ours", "accuracy", "auroc", "ece", "sent", "right")
DRAWN: Final = 1000
"""Lines of the large sets, drawn the same way every time."""
HEAD: Final = (
    f"{'messages of':<12} {'lines':>5} {'ours':>5} {'acc':>6} {'auroc':>6} {'ece':>6} {'sent':>6} {'right':>6}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text: str
    fits: tuple[str, ...]
    """`SCENARIO`, `SCENARIO/ANSWER`, or `UNKNOWN` where silence is right too."""

    def right(self, verdict: Verdict) -> bool:
        """Whether the text that this verdict sends answers the message."""
        named = {verdict.nearest[0].scenario} if verdict.nearest else set()
        if verdict.answer:
            named |= {f"{scenario}/{verdict.answer}" for scenario in named}
        elif verdict.answers:  # no single answer: a choice is offered, and any answer of the scenario may be meant
            named |= {f"{scenario}/{guess.scenario}" for scenario in set(named) for guess in verdict.answers}
        return not named.isdisjoint(self.fits)


def strangers(folder: Path) -> dict[str, tuple[Line, ...]]:
    """Read the sets. Raises `OSError` where a file is missing."""
    labels = tomllib.loads(LABELS.read_text("utf-8"))
    oos = json.loads((folder / "clinc150_data_full.json").read_text("utf-8"))
    found = {
        "sofmattress": _table(folder / "hint3_sofmattress_test.csv", "sentence", "label"),
        "powerplay11": _table(folder / "hint3_powerplay11_test.csv", "sentence", "label"),
        "curekart": _table(folder / "hint3_curekart_train.csv", "sentence", "label"),
        "banking77": _drawn(_table(folder / "banking77_test.csv", "text", "category")),
        "clinc150": _drawn([(text, intent) for text, intent in [*oos["test"], *oos["oos_test"]]]),
        "hwu_ru": _drawn(_table(folder / "hwu_ru_test.csv", "text", "label")),
    }
    return {name: tuple(_labelled(lines, labels[name])) for name, lines in found.items()}


def compare(local: LocalClassifier, sets: dict[str, tuple[Line, ...]], answer_at: float, floors: Floors) -> None:
    """Print how many of each set's messages get a text, and how many of these texts fit."""
    print(f"\nReal messages of other businesses, their intents read as ours:\n{HEAD}")
    told: dict[str, list[Verdict]] = {}
    for name, lines in sets.items():
        doing(f"messages of {name}")
        told[name] = [local.verdict(line.text) for line in lines]
        doing("")
        print(_row(name, lines, told[name], answer_at, floors))
    together = [line for name in REAL for line in sets[name]]
    print(_row("the first 3", together, [verdict for name in REAL for verdict in told[name]], answer_at, floors))


def sure(verdict: Verdict) -> float:
    """Return the confidence that the text which would be sent is right."""
    if verdict.scenario == "UNKNOWN":
        return min(verdict.confidence, 0.5)
    return verdict.answer_confidence if verdict.answers else verdict.confidence


def _row(name: str, lines: Sequence[Line], verdicts: Sequence[Verdict], answer_at: float, floors: Floors) -> str:
    from services.evaluation import measures

    scores = np.array([sure(verdict) for verdict in verdicts])
    right = np.array([line.right(verdict) for line, verdict in zip(lines, verdicts, strict=True)])
    ours = np.array(["UNKNOWN" not in line.fits for line in lines])
    none = np.array([line.fits == UNKNOWN for line in lines])
    sent = scores >= answer_at
    figures = (
        ours.mean(),
        right[ours].mean() if ours.any() else None,
        measures.auroc(scores[ours], scores[none]),
        measures.calibration_error(scores, right),
        sent.mean(),
        right[sent].mean() if sent.any() else None,
    )
    named = dict(zip(FIGURES, figures, strict=True))
    floors.hold(f"strangers: {name}", **{key: float(figure) for key, figure in named.items() if figure is not None})
    cells = " ".join(f"{'–':>6}" if figure is None else f"{figure:>6.3f}" for figure in figures)
    return f"{name:<12} {len(lines):>5} {cells}"


def _labelled(lines: Sequence[tuple[str, str]], labels: dict[str, Any]) -> Iterator[Line]:
    read = set(labels["labelled"]["lines"]) if "labelled" in labels else None
    number = 0
    for text, intent in lines:
        if intent != NOTHING:
            yield Line(text=text, fits=(*labels.get(intent, UNKNOWN), *_also(text, intent, labels.get("also", ()))))
            continue
        if read is None or number in read:
            yield Line(text=text, fits=tuple(labels["lines"].get(str(number), UNKNOWN)))
        number += 1


def _also(text: str, intent: str, rules: Sequence[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        if rule["intent"] == intent and re.search(rf"\b(?:{rule['words']})\b", text, re.IGNORECASE):
            yield from rule["fits"]


def _drawn(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return random.Random(0).sample(lines, DRAWN)  # noqa: S311 - a draw that can be repeated, not a secret


def _table(path: Path, text: str, intent: str) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[text], row[intent]) for row in csv.DictReader(file)]
