"""`python -m benchmarks.classifier.axes`: `services/classify/local/axes.npy`, found anew in the starter pack."""

from __future__ import annotations

import numpy as np

from benchmarks.classifier.held_out import SCENARIOS
from services.classify.local import Encoder
from services.classify.local.axes import FILE, found
from services.classify.local.training_phrases import training_phrases
from services.scenarios.packs import read_pack


def axes() -> None:
    vectors = Encoder().vectors([phrase.text for phrase in training_phrases(read_pack(SCENARIOS))])
    assert vectors is not None
    np.save(FILE, found(vectors))
    print(f"{FILE.name}: {len(vectors)} phrases")


if __name__ == "__main__":
    axes()
