"""`python -m benchmarks.classifier.phrases`: `services/classify/local/phrases.npz`, what the shipped phrases mean.

Due when the tests say that too many phrases are not in it; `axes`, where it is run, comes first.
"""

from __future__ import annotations

from benchmarks.classifier.held_out import SCENARIOS
from services.classify.local import Encoder
from services.classify.local.shipped import FILE, save
from services.classify.local.training_phrases import training_phrases
from services.scenarios.packs import read_pack


def phrases() -> None:
    texts = list(dict.fromkeys(phrase.text for phrase in training_phrases(read_pack(SCENARIOS))))
    vectors = Encoder().vectors(texts)
    assert vectors is not None
    save(texts, vectors)
    print(f"{FILE.name}: {len(texts)} phrases, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    phrases()
