"""`python -m benchmarks.classifier.few [DATA]`: packs of few phrases, and of one language, on messages of customers.

- Eight phrases an intent, drawn three times from what two businesses had collected; averages.
- The same where two intents have all of their phrases: large ones must not swamp small ones.
- Six scenarios of the starter pack with eight phrases each; eight of them, of which two have all.
- The starter pack's Russian phrases, asked in English.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier import public
from benchmarks.classifier.floors import Floors
from benchmarks.classifier.held_out import SCENARIOS, messages
from benchmarks.classifier.public import Lines, PublicSet
from benchmarks.classifier.strangers import NOTHING
from benchmarks.progress import doing
from benchmarks.shipped import ANSWER_AT
from services.classify.local import Encoder, Model
from services.classify.local.calibration import Doubles
from services.evaluation import measures
from services.scenarios.packs import read_pack
from storage.records import Pack

EACH: Final = 8
DRAWS: Final = 3
LARGE: Final = 2
SMALL: Final = 6
SURE: Final = (ANSWER_AT, 0.9)
OTHER: Final = {"GREETING", "THANKS", "HUMAN_OPERATOR"}
"""Scenarios that every pack needs few phrases for: no part of the packs that are cut out of the starter pack."""
HEAD: Final = (
    f"\n{'pack':<24} {'by':<6} {'acc':>6} {'auroc':>6} {'ece':>6} {'sent':>6} {'right':>6} {'at .9':>6} {'right':>6}"
)
FIGURES: Final = ("accuracy", "auroc", "ece", "sent", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Packs of one kind, each with what it is asked."""

    name: str
    packs: Sequence[tuple[Pack, Lines]]


def few(data: Path | None = None, floors: Floors | None = None) -> None:
    """Print the figures by words alone, and by words and meaning; the latter are held to their floors."""
    encoder = Encoder()
    print(HEAD)
    for trial in (*_businesses(public.folder(data)), *_starter()):
        found: dict[str, list[list[float]]] = {"words": [], "both": []}
        for draw, (pack, test) in enumerate(trial.packs, 1):
            doing(f"{trial.name}, draw {draw} of {len(trial.packs)}")
            model = Model.train(pack, encoder)
            found["words"].append(_figures(Model(model.knowledge), test))
            found["both"].append(_figures(model, test))
        doing("")
        means = {by: np.ma.masked_invalid(figures).mean(axis=0).filled(np.nan) for by, figures in found.items()}
        for by, figures in means.items():
            cells = (f"{'–':>6}" if np.isnan(figure) else f"{figure:>6.3f}" for figure in figures)
            print(f"{trial.name:<24} {by:<6} {' '.join(cells)}", flush=True)
        if floors is not None:
            floors.hold(f"few: {trial.name}", **dict(zip(FIGURES, map(float, means["both"]), strict=False)))


def _businesses(folder: Path) -> Iterator[Trial]:
    """Return what to learn from and what to be judged by; the test of one is not published, so a third of it serves."""
    lines = list(_table(folder / "hint3_curekart_train.csv"))
    random.Random(0).shuffle(lines)  # noqa: S311 - a draw that can be repeated, not a secret
    third = len(lines) // 3
    businesses = {
        "sofmattress": tuple(_table(folder / f"hint3_sofmattress_{part}.csv") for part in ("train", "test")),
        "curekart": (tuple(one for one in lines[third:] if one[1] != NOTHING), tuple(lines[:third])),
    }
    for name, (train, test) in businesses.items():
        for label, large in ((f"{name}, {EACH} each", 0), (f"{name}, {LARGE} large", LARGE)):
            yield Trial(name=label, packs=[(_pack(_drawn(train, draw, large)), test) for draw in range(DRAWS)])


def _starter() -> Iterator[Trial]:
    by_scenario = _phrases()
    asked = [(one.text, one.scenario, one.lang) for one in messages()]
    for name, large in ((f"starter, {SMALL} × {EACH}", 0), (f"starter, {LARGE} large", LARGE)):
        packs = []
        for draw in range(DRAWS):
            keys = random.Random(draw).sample(sorted(set(by_scenario) - OTHER), SMALL + large)  # noqa: S311 - as above
            train = [(text, key) for key in keys for text, _ in by_scenario[key]]
            test = tuple((text, key if key in keys else NOTHING) for text, key, _ in asked)
            packs.append((_pack(_drawn(train, draw, large)), test))
        yield Trial(name=name, packs=packs)
    russian = [(text, key) for key, phrases in by_scenario.items() for text, language in phrases if language == "ru"]
    english = tuple((text, key if key in by_scenario else NOTHING) for text, key, lang in asked if lang == "en")
    yield Trial(name="Russian asked in English", packs=[(_pack(russian, "ru"), english)])


def _phrases() -> dict[str, list[tuple[str, str]]]:
    """Return the starter pack's phrases with their languages, whatever answer they are of."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for scenario in read_pack(SCENARIOS).scenarios:
        for _, part in scenario.parts:
            for language, texts in sorted(part.examples.items()):
                found[scenario.key] += [(text, language) for text in texts]
    return dict(found)


def _pack(train: Sequence[tuple[str, str]], language: str = "en") -> Pack:
    return PublicSet(name="few", language=language, train=tuple(train), test=()).pack()


def _drawn(train: Sequence[tuple[str, str]], draw: int, large: int) -> Lines:
    """Draw so many phrases an intent; of the largest few all."""
    by_intent: defaultdict[str, list[str]] = defaultdict(list)
    for text, intent in train:
        by_intent[intent].append(text)
    dice = random.Random(draw)  # noqa: S311 - a draw that can be repeated, not a secret
    whole = sorted(by_intent, key=lambda intent: -len(by_intent[intent]))[:large]
    drawn = {
        intent: texts if intent in whole else dice.sample(texts, min(EACH, len(texts)))
        for intent, texts in sorted(by_intent.items())
    }
    return tuple((text, intent) for intent, texts in drawn.items() for text in texts)


def _figures(model: Model, test: Lines) -> list[float]:
    best = [model.judge(text).guesses[0] for text, _ in test]
    sure = np.array([guess.confidence for guess in best])
    right = np.array([guess.scenario == intent for guess, (_, intent) in zip(best, test, strict=True)])
    served = np.array([intent != NOTHING for _, intent in test])
    auroc, ece = measures.auroc(sure[served], sure[~served]), measures.calibration_error(sure, right)
    return [
        float(right[served].mean()),
        np.nan if auroc is None else auroc,
        np.nan if ece is None else ece,
        *_answered(sure, right),
    ]


def _answered(sure: Doubles, right: NDArray[np.bool_]) -> Sequence[float]:
    answered = [sure >= threshold for threshold in SURE]
    return [
        figure
        for some in answered
        for figure in (float(some.mean()), float(right[some].mean()) if some.any() else np.nan)
    ]


def _table(path: Path) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["sentence"], row["label"]) for row in csv.DictReader(file))


if __name__ == "__main__":
    few(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
