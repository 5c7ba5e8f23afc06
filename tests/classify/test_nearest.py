"""The nearest phrases beside the regression: what is asked rarely, what weighs less, what has no phrase at all."""

from __future__ import annotations

import numpy as np

from services.classify.local.axes import FILE, KEPT, found, reduced
from services.classify.local.encoder import WIDTH
from services.classify.local.meaning import Meaning, taught
from services.classify.local.rows import Floats
from services.classify.local.training_phrases import ClassRanges, Topic, TrainingPhrase

TOPICS = (Topic(key="A"), Topic(key="B"), Topic(key="C"))


def directions(count: int) -> Floats:
    """Return vectors of the encoder that lie far apart, and wholly along the axes."""
    return np.asarray(np.load(FILE)[1 : count + 1], np.float32)


def learned(training_phrases: tuple[TrainingPhrase, ...], vectors: Floats) -> Meaning:
    return taught(vectors, training_phrases, ClassRanges.of(TOPICS, training_phrases))


def phrase(label: int, weight: float = 1.0) -> TrainingPhrase:
    return TrainingPhrase(text=f"{label} {weight}", language="en", label=label, weight=weight)


def test_the_axes_keep_most_of_what_a_vector_says() -> None:
    vectors = np.random.default_rng(0).normal(size=(600, KEPT)).astype(np.float32) @ directions(KEPT)
    centre = np.load(FILE)[0].astype(np.float32)
    lost = 1 - np.linalg.norm(reduced(vectors + centre), axis=1) / np.linalg.norm(vectors, axis=1)
    assert np.abs(lost).max() < 0.01
    again = found(vectors)
    assert again.shape == (KEPT + 1, WIDTH)
    np.testing.assert_allclose(again[1:] @ again[1:].T, np.eye(KEPT), atol=0.02)


def test_a_phrase_unlike_the_others_of_its_class_is_still_found() -> None:
    usual, other, rare = directions(3)
    training_phrases = (*(phrase(0) for _ in range(40)), phrase(0), *(phrase(1) for _ in range(40)))
    vectors = np.array([*([usual] * 40), rare, *([other] * 40)])
    meaning = learned(training_phrases, vectors)
    meant = meaning.of(rare + 0.3 * other)
    assert meant.chances.argmax() == 0
    assert meant.near[0] > meant.near[1]


def test_a_phrase_that_weighs_less_is_less_near() -> None:
    usual, other = directions(2)
    between = usual + other
    alike, doubted = (learned((phrase(0), phrase(1, weight)), np.array([usual, other])) for weight in (1.0, 0.25))
    assert doubted.of(between).near[1] < alike.of(between).near[1]
    assert doubted.of(between).near[0] == alike.of(between).near[0]


def test_what_has_no_phrase_is_never_meant() -> None:
    usual, other = directions(2)
    meant = learned((phrase(0), phrase(1)), np.array([usual, other])).of(usual)
    empty = 2
    assert meant.near[empty] == -1
    assert meant.chances.argmin() in {empty, empty + 1}
    assert np.isclose(meant.chances.sum(), 1)
