"""Vectors that come with the program: a first start encodes nothing that others have encoded before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from services.classify.local import Encoder, axes
from services.classify.local.apprentice import AT_ONCE
from services.classify.local.remembered import vectors_of
from services.classify.local.rows import Floats
from services.classify.local.shipped import STEP, key_of, save, shipped
from services.classify.local.training_phrases import training_phrases
from services.scenarios.packs import read_pack
from tests.house.papers import REPOSITORY


class Counting(Encoder):
    """Notes what it is asked for, and knows only one vector."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> Floats | None:
        self.asked += texts
        return np.full((len(texts), 512), 0.5, np.float32)


def starter() -> list[str]:
    return [phrase.text for phrase in training_phrases(read_pack(REPOSITORY / "scenarios"))]


def test_the_phrases_of_the_starter_pack_are_in_it() -> None:
    known = shipped()
    missing = {text for text in starter() if key_of(text) not in known}
    assert len(missing) <= AT_ONCE, "run `python -m benchmarks.classifier.phrases`"
    assert len(known) - len(starter()) <= AT_ONCE, "run `python -m benchmarks.classifier.phrases`"


def test_they_are_what_the_encoder_makes_of_the_phrases(encoder: Encoder) -> None:
    known = shipped()
    texts = [text for text in starter() if key_of(text) in known][::2000]
    found = encoder.vectors(texts)
    assert found is not None
    here, kept = axes.reduced(found), axes.reduced(np.array([known[key_of(text)] for text in texts], np.float32))
    apart = np.linalg.norm(here - kept, axis=1) / np.linalg.norm(here, axis=1)
    assert apart.max() < 0.07, apart


def test_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    texts, encoder = [*starter()[:50], "a phrase of nobody else"], Counting()
    assert vectors_of(texts, encoder, tmp_path / "model.npz", most=0) is None
    rows = vectors_of(texts, encoder, tmp_path / "model.npz", most=1)
    assert rows is not None
    assert len(rows) == len(texts)
    assert encoder.asked == texts[-1:]
    again = vectors_of(texts, encoder, tmp_path / "model.npz", most=0)
    assert again is not None
    assert np.array_equal(rows, again)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(0, 0.04, (3, 512)).astype(np.float32)
    save(["один", "two", "three"], vectors, tmp_path / "phrases.npz")
    found = shipped(tmp_path / "phrases.npz")
    assert set(found) == {key_of(text) for text in ("один", "two", "three")}
    beside = axes.reduced(np.asarray(found[key_of("two")], np.float32)) - axes.reduced(vectors[1])
    assert np.abs(beside).max() < STEP


def test_what_a_step_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="127 steps"):
        save(["far"], np.full((1, 512), 9.0, np.float32), tmp_path / "phrases.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive"])
def test_a_damaged_file_ships_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "phrases.npz"
    file.write_bytes(content)
    assert shipped(file) == {}
    assert shipped(tmp_path / "none.npz") == {}


def test_vectors_along_other_axes_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(["two"], np.zeros((1, 512), np.float32), tmp_path / "phrases.npz")
    other = tmp_path / "axes.npy"
    other.write_bytes(b"others")
    monkeypatch.setattr(axes, "FILE", other)
    assert shipped(tmp_path / "phrases.npz") == {}
