"""Urgent by meaning: messages by a hand that saw neither the patterns nor what was learned."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from benchmarks.classifier.urgent import FILE
from services.classify.local import Encoder, LocalClassifier, Model, axes
from services.classify.local.pressing import REASONS, Pressing, pressing, save
from services.classify.matters import Matters
from services.classify.sureness import Policy
from services.classify.urgency import of_words
from services.classify.verdict import UNKNOWN, Question, Verdict

EVERY: Final = 4


@pytest.fixture(scope="module")
def starter(trained_model: Path, encoder: Encoder) -> LocalClassifier:
    model = Model.load(trained_model, encoder)
    assert model is not None
    return LocalClassifier(model)


def said(*, urgent: bool) -> list[str]:
    lines: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [line["text"] for line in lines if bool(line["reason"]) is urgent][::EVERY]


@pytest.mark.long
def test_most_of_what_is_urgent_is_found_and_little_else(starter: LocalClassifier) -> None:
    urgent, calm = said(urgent=True), said(urgent=False)
    words = sum(of_words(text) != "low" for text in urgent)
    found = sum(starter.verdict(text).urgency is not None or of_words(text) != "low" for text in urgent)
    raised = sum(starter.verdict(text).urgency is not None for text in calm)
    assert words < len(urgent) / 2 < len(urgent) * 0.75 < found
    assert raised < len(calm) * 0.12


def test_it_says_why_and_is_never_critical(starter: LocalClassifier) -> None:
    verdict = starter.verdict("My daughter's face has swollen up since the treatment at your salon, she is seven")
    assert (verdict.urgency, verdict.presses) == ("high", "health")


def test_what_is_plain_is_not_looked_at(starter: LocalClassifier) -> None:
    verdict = starter.verdict("сколько стоит доставка")
    assert (verdict.urgency, verdict.presses) == (None, None)


def test_where_there_is_no_encoder_words_alone_press(trained_model: Path) -> None:
    model = Model.load(trained_model)
    assert model is not None
    assert LocalClassifier(model).verdict("my scalp is burning since the bleach yesterday").urgency is None


async def test_one_urgent_sentence_makes_a_message_urgent() -> None:
    calm = Verdict(scenario="DELIVERY", confidence=0.95, reasoning="", engine="local", version="1")
    hurt = replace(calm, scenario=UNKNOWN, confidence=0.1, urgency="high", presses="health")

    class Engine:
        async def classify(self, question: Question) -> Verdict:
            return hurt if question.text == "I fainted in your gym." else calm

    matters = Matters(Engine(), policy=lambda: Policy(answer_at=0.8, clarify_at=0.5))
    verdict = await matters.classify(Question(text="I fainted in your gym. Where is my parcel?", language="en"))
    assert (verdict.urgency, verdict.presses) == ("high", "health")


def test_what_was_learned_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "pressing.npz"
    columns = len(REASONS) + 1
    known = Pressing(weights=np.ones((axes.KEPT, columns), np.float32), bias=np.arange(columns, dtype=np.float32))
    save(known, file)
    found = pressing(file)
    assert found is not None
    assert np.array_equal(found.bias, known.bias)
    assert found.reason(np.zeros(512, np.float32)) is None


def test_a_damaged_file_presses_nothing(tmp_path: Path) -> None:
    (tmp_path / "pressing.npz").write_bytes(b"PK\x03\x04 no archive")
    assert pressing(tmp_path / "pressing.npz") is None
    assert pressing(tmp_path / "none.npz") is None
