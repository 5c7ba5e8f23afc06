"""`python -m benchmarks.classifier.blend [DATA]`: the numbers of `services/classify/local/blending.py`, fitted anew.

Each set is judged by numbers that were fitted on the others: messages by other hands than the phrases, and real ones of
other businesses. The pack's own phrases take no part.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier import public
from benchmarks.classifier.held_out import LOOKED_AT, SCENARIOS, UNSEEN, messages
from benchmarks.classifier.strangers import Line, strangers
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.local.blending import SCENARIO, blended, signs_of
from services.classify.local.calibration import Doubles, sigmoid
from services.evaluation import measures
from services.scenarios.packs import read_pack

LEAST: Final = {"banking77": 0.2, "clinc150": 0.2, "hwu_ru": 0.1}
"""Weights of sets that are nearly all out of scope: no business has such customers."""
LEAN: Final = 1.0
ROUNDS: Final = 60
SENT_AT: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    signs: Doubles
    right: NDArray[np.bool_]
    weight: float

    def each(self) -> Doubles:
        """Weigh a set by the root of its size: a large one says more, but not all."""
        return np.full(len(self.right), self.weight / max(len(self.right), 1) ** 0.5)


def blend(data: Path | None = None) -> None:
    model = Model.train(read_pack(SCENARIOS), Encoder())
    hands = {
        hand: tuple(Line(text=one.text, fits=(one.scenario,)) for one in messages([hand]))
        for hand in (*LOOKED_AT, *UNSEEN)
    }
    sets = hands | strangers(public.folder(data))
    seen = {name: _seen(model, lines, LEAST.get(name, 1.0)) for name, lines in sets.items()}
    print(f"{'set':<12} {'lines':>5} {'right':>6} {'ece':>6} {'at .8':>6} {'right':>6}")
    for name, here in seen.items():
        print(_line(name, here, fitted({other: found for other, found in seen.items() if other != name})))
    print("all of them:", fitted(seen).round(2), "in use:", SCENARIO.weights)


def fitted(seen: Mapping[str, Seen]) -> Doubles:
    """Fit a logistic curve by Newton's method: the constant, and a weight for each sign."""
    signs = np.vstack([here.signs for here in seen.values()])
    right = np.concatenate([here.right for here in seen.values()])
    weights = np.concatenate([here.each() for here in seen.values()])
    weights = weights / weights.mean()
    inputs, found = np.column_stack((np.ones(len(signs)), signs)), np.zeros(signs.shape[1] + 1)
    lean = np.diag([0.0] + [LEAN] * signs.shape[1])
    for _ in range(ROUNDS):
        chance = sigmoid(inputs @ found)
        slope = inputs.T @ (weights * (chance - right)) + lean @ found
        curve = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + lean
        found = found - np.clip(np.linalg.solve(curve, slope), -2, 2)
    return found


def _seen(model: Model, lines: Sequence[Line], weight: float) -> Seen:
    known, encoder, meaning = model.knowledge, model.encoder, model.knowledge.meaning
    assert encoder is not None
    assert meaning is not None
    readings = [LocalClassifier(model).read(line.text) for line in lines]
    vectors = encoder.vectors([reading.text for reading in readings])
    assert vectors is not None
    signs, right = [], []
    for line, reading, vector in zip(lines, readings, vectors, strict=True):
        meant = np.add.reduceat(meaning.chances(vector), known.shelves.first[:-1])
        share = reading.vector.known[0]
        joined = blended(reading.chances, meant, reading.trust, share, SCENARIO).chances
        signs.append(signs_of(joined, reading.chances, meant, reading.trust, share))
        best = known.topics[int(joined[:-1].argmax())].key
        right.append(best in {fits.partition("/")[0] for fits in line.fits})
    return Seen(signs=np.array(signs), right=np.array(right), weight=weight)


def _line(name: str, seen: Seen, found: Doubles) -> str:
    sure = sigmoid(found[0] + seen.signs @ found[1:])
    sent = sure >= SENT_AT
    precision = f"{seen.right[sent].mean():>6.3f}" if sent.any() else f"{'–':>6}"
    ece = measures.calibration_error(sure, seen.right)
    return f"{name:<12} {len(sure):>5} {seen.right.mean():>6.3f} {ece:>6.3f} {sent.mean():>6.3f} {precision}"


if __name__ == "__main__":
    blend(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
