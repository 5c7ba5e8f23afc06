"""What the cascade promises with a model that is right 92 times in 100."""

from __future__ import annotations

import pytest

from benchmarks.classifier.held_out import UNSEEN, messages
from benchmarks.llm.simulation import Errors, figures
from services.classify.local import LocalClassifier, Model
from storage.records import Pack


@pytest.fixture(scope="module")
def local(pack: Pack) -> LocalClassifier:
    return LocalClassifier(Model.train(pack))


@pytest.mark.parametrize("errors", ["random", "alike"])
@pytest.mark.long
def test_right_and_cheap(local: LocalClassifier, errors: Errors) -> None:
    found = figures(messages(UNSEEN), local, errors=errors, rounds=2)
    assert found.accuracy >= 0.95
    assert found.calls <= 0.40
    assert found.answered >= 0.60
