"""`python -m benchmarks.classifier.scarce [DATA]`: how much to believe a pack of few phrases, fitted anew.

Packs of eight phrases an intent, out of three businesses and three public sets, of which other intents are asked in
vain. Each business is judged by numbers fitted on all the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier import public
from benchmarks.classifier.blend import fitted_curve
from benchmarks.classifier.public import PublicSet
from benchmarks.classifier.questions import businesses, few_of
from benchmarks.progress import doing
from benchmarks.shipped import ANSWER_AT
from services.classify.local import Encoder, Model, blending
from services.classify.local.calibration import Doubles, sigmoid
from services.classify.local.wordings import wordings
from services.evaluation import measures

EACH: Final = 8
DRAWS: Final = 3
SURE: Final = (ANSWER_AT, 0.9)
HEAD: Final = f"{'business':<12} {'acc':>6} {'auroc':>6} {'ece':>6}" + "".join(
    f"{f'at {at}':>9} {'right':>6}" for at in SURE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A pack of a business, asked all that its customers asked: one row for each message."""

    business: str
    signs: Doubles
    right: NDArray[np.bool_]
    served: NDArray[np.bool_]


def scarce(data: Path | None = None) -> None:
    """Print what each business reaches by numbers fitted on the others, and the numbers fitted on all."""
    encoder = Encoder()
    tried = list(_tried(encoder, public.folder(data)))
    doing("")
    print(HEAD)
    for business in dict.fromkeys(one.business for one in tried):
        curve = _fitted([one for one in tried if one.business != business])
        print(_row(business, [one for one in tried if one.business == business], curve))
    print(f"SCENARIO_SPARSE: {_fitted(tried).round(2).tolist()}, in use {blending.SCENARIO_SPARSE.weights.tolist()}")


def _tried(encoder: Encoder, folder: Path) -> Iterator[Tried]:
    for one in businesses(folder):
        for draw in range(DRAWS):
            doing(f"{one.name}, draw {draw + 1} of {DRAWS}")
            model = Model.train(replace(one, train=few_of(one.train, EACH, draw)).pack(), encoder)
            if model.knowledge.ranges.sparse:
                yield _asked(model, encoder, one)


def _asked(model: Model, encoder: Encoder, business: PublicSet) -> Tried:
    known, signs, right = model.knowledge, [], []
    keys = [topic.key for topic in known.topics]
    assert known.meaning is not None
    for text, intent in business.test:
        reading = model.read(text)
        vectors = encoder.vectors(wordings(reading.text))
        assert vectors is not None
        chances, shown = blending.scenarios(known, reading, known.meaning.of(vectors.mean(axis=0)))
        signs.append(shown)
        right.append(keys[int(chances[:-1].argmax())] == intent)
    served = np.array([intent in keys for _, intent in business.test])
    return Tried(business=business.name, signs=np.array(signs), right=np.array(right), served=served)


def _fitted(tried: Sequence[Tried]) -> Doubles:
    """Fit a curve; a pack counts by the root of how much it was asked."""
    return fitted_curve(
        (signs, bool(right), len(one.right) ** -0.5)
        for one in tried
        for signs, right in zip(one.signs, one.right, strict=True)
    )


def _row(business: str, tried: Sequence[Tried], curve: Doubles) -> str:
    sure = np.concatenate([sigmoid(curve[0] + one.signs @ curve[1:]) for one in tried])
    right, served = (np.concatenate([getattr(one, which) for one in tried]) for which in ("right", "served"))
    answered = [sure >= at for at in SURE]
    figures = (
        right[served].mean(),
        measures.auroc(sure[served], sure[~served]),
        measures.calibration_error(sure, right),
    )
    cells = " ".join(f"{'–':>6}" if figure is None else f"{figure:>6.3f}" for figure in figures)
    return f"{business:<12} {cells}" + "".join(
        f"{some.mean():>9.3f} {right[some].mean() if some.any() else np.nan:>6.3f}" for some in answered
    )


if __name__ == "__main__":
    scarce(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
