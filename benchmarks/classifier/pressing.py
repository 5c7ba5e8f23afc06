"""`python -m benchmarks.classifier.pressing`: `services/classify/local/pressing.npz`, learned anew.

Prints what it would find of lines that it has not learned, a fifth at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from services.classify.local import Encoder, axes
from services.classify.local.pressing import AT, FILE, REASONS, Pressing, save
from services.classify.local.rows import Floats
from services.classify.local.shipped import shipped
from services.classify.local.wordings import wordings
from services.classify.urgency import UrgencyReason

PHRASES: Final = Path(__file__).with_name("pressing.jsonl")
STRENGTH: Final = 10.0
"""Of the regression: the inverse of its regularisation."""
HEFT: Final = 0.3
"""What the phrases of the starter pack weigh together, in lines for each line."""
FOLDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message that presses, or that is calm though it sounds alike: `reason` is None."""

    text: str
    reason: UrgencyReason | None


def lines() -> list[Line]:
    said = (json.loads(line) for line in PHRASES.read_text("utf-8").splitlines())
    return [Line(text=one["text"], reason=one["reason"]) for one in said]


def vectors_of(texts: Sequence[str], encoder: Encoder) -> Floats:
    """Return what the engine looks at: the mean of three ways to write each."""
    rows = []
    for text in texts:
        found = encoder.vectors(wordings(text))
        assert found is not None
        rows.append(found.mean(axis=0))
    return np.array(rows, np.float32)


def learned(vectors: Floats, known: Sequence[Line], calm: Floats) -> Pressing:
    """Learn from lines, and from phrases that are calm."""
    places = [REASONS.index(line.reason) if line.reason else len(REASONS) for line in known]
    inputs = axes.reduced(np.vstack((vectors, calm)))
    targets = np.r_[places, np.full(len(calm), len(REASONS))]
    weights = np.r_[np.ones(len(known)), np.full(len(calm), HEFT * len(known) / len(calm))]
    found = LogisticRegression(C=STRENGTH, max_iter=2000).fit(inputs, targets, sample_weight=weights)
    return Pressing(weights=found.coef_.T, bias=found.intercept_)


def show(name: str, known: Sequence[Line], told: Floats) -> None:
    """Print how many of each reason are found, and how many that are calm are taken for urgent."""
    press = 1 - told[:, -1] >= AT
    found, count = Counter[str](), Counter[str]()
    for line, yes in zip(known, press.tolist(), strict=True):
        count[line.reason or "calm"] += 1
        found[line.reason or "calm"] += yes
    urgent = [reason for reason in REASONS if count[reason]]
    share = sum(found[reason] for reason in urgent) / sum(count[reason] for reason in urgent)
    each = ", ".join(f"{reason} {found[reason]}/{count[reason]}" for reason in urgent)
    print(f"{name}: {share:.0%} of the urgent found ({each}); {found['calm']} of {count['calm']} calm ones too")


def main(file: Path = FILE) -> None:
    known, encoder = lines(), Encoder()
    vectors = vectors_of([line.text for line in known], encoder)
    calm = np.array(list(shipped().values()), np.float32)
    order = np.random.default_rng(0).permutation(len(known))
    told = np.zeros((len(known), len(REASONS) + 1), np.float32)
    for part in np.array_split(order, FOLDS):
        rest = np.setdiff1d(order, part)
        model = learned(vectors[rest], [known[place] for place in rest], calm)
        told[part] = model.chances(vectors[part])
    show("lines that were left out", known, told)
    model = learned(vectors, known, calm)
    silent = float((1 - model.chances(calm)[:, -1] >= AT).mean())
    print(f"of the phrases of the starter pack {silent:.1%} press")
    save(model, file)


if __name__ == "__main__":
    main()
