"""`python -m benchmarks.classifier.few [DATA]`: packs of few phrases, real messages, with and without the encoder.

Eight phrases an intent, drawn three times from what two businesses had collected; mixed sizes, where two intents have
all of their phrases; averages.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier import public
from benchmarks.classifier.public import Lines, PublicSet
from benchmarks.classifier.strangers import NOTHING
from services.classify.local import Encoder, Model
from services.classify.local.calibration import Doubles
from services.evaluation import measures

EACH: Final = 8
DRAWS: Final = 3
LARGE: Final = 2
SURE: Final = (0.8, 0.9)
HEAD: Final = (
    f"{'pack':<24} {'by':<6} {'acc':>6} {'auroc':>6} {'ece':>6} {'at .8':>6} {'right':>6} {'at .9':>6} {'right':>6}"
)


def few(data: Path | None = None) -> None:
    encoder = Encoder()
    print(HEAD)
    for name, train, test in _businesses(public.folder(data)):
        for label, large in ((f"{name}, {EACH} each", 0), (f"{name}, {LARGE} large", LARGE)):
            found: dict[str, list[list[float]]] = {"words": [], "both": []}
            for draw in range(DRAWS):
                pack = PublicSet(name=name, language="en", train=_drawn(train, draw, large), test=test).pack()
                model = Model.train(pack, encoder)
                found["words"].append(_figures(Model(model.knowledge), test))
                found["both"].append(_figures(model, test))
            for by, figures in found.items():
                print(f"{label:<24} {by:<6} {' '.join(f'{figure:>6.3f}' for figure in np.nanmean(figures, axis=0))}")


def _businesses(folder: Path) -> Iterator[tuple[str, Lines, Lines]]:
    """Return what to learn from and what to be judged by; the test of one is not published, so a third of it serves."""
    train, test = (_table(folder / f"hint3_sofmattress_{part}.csv") for part in ("train", "test"))
    yield "sofmattress", train, test
    lines = list(_table(folder / "hint3_curekart_train.csv"))
    random.Random(0).shuffle(lines)  # noqa: S311 - a draw that can be repeated, not a secret
    third = len(lines) // 3
    yield "curekart", tuple(one for one in lines[third:] if one[1] != NOTHING), tuple(lines[:third])


def _drawn(train: Lines, draw: int, large: int) -> Lines:
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
    return [float(right[served].mean()), auroc or np.nan, ece or np.nan, *_answered(sure, right)]


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
