"""From phrases to knowledge: heads, then how much to believe each, then how much to believe them all."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local import heads
from services.classify.local.blend import SIGNS, Blend, Doubles, Trust, signs
from services.classify.local.features import Vocabulary, document
from services.classify.local.knowledge import Knowledge, borders, closest, cosines, lessons
from services.classify.local.rows import Floats, Ints, Rows
from storage.records import Pack

DUAL_UP_TO: Final = 4000
"""Phrases up to which all pairs are held in memory (64 MB); more, or many classes, go to the linear machine."""
FEW_CLASSES: Final = 40
PROBES: Final = 1000
BACKGROUND_SHARE: Final = 0.2
"""Of the messages a service gets, those that no scenario serves: about a fifth."""
NOTHING_SHARE: Final = 0.02
"""Weight of made-up messages without one known term: without background lines only they teach doubt."""


def learn(pack: Pack) -> Knowledge:
    """Train on a pack of any size; CPU only, no randomness that is not seeded."""
    known = lessons(pack)
    labels, classes = np.array([lesson.label for lesson in known], np.int32), len(pack.scenarios) + 1
    documents = [document(lesson.text) for lesson in known]
    vocabulary = Vocabulary.learn(documents)
    vectors = [vocabulary.weigh(terms, own=True) for terms in documents]
    rows = Rows.of([(vector.columns, vector.values) for vector in vectors], vocabulary.width)
    shelves = borders(known, classes)
    probe, near, trained = _heads(rows, labels, shelves)
    scores = np.stack([*(head.unseen for head in trained), near], axis=1).astype(float)
    weights = _weights(labels[probe], classes)
    blend = Blend.fit(scores, labels[probe], weights)
    shares = np.array([vectors[index].known for index in probe]).reshape(-1, 2)
    bias = np.concatenate([head.bias for head in trained])
    return Knowledge(
        pack_version=pack.version,
        keys=tuple(scenario.key for scenario in pack.scenarios),
        lessons=known,
        borders=shelves,
        vocabulary=vocabulary,
        weights=np.concatenate([head.weights for head in trained], axis=1),
        bias=bias,
        postings=rows.transposed(),
        blend=blend,
        trust=_trust(blend, scores, near, shares, labels[probe], weights=weights, bias=bias),
    )


def _heads(
    rows: Rows, labels: Ints, shelves: NDArray[np.int64]
) -> tuple[NDArray[np.integer], Floats, list[heads.Head]]:
    classes = len(shelves) - 1
    if len(rows) <= DUAL_UP_TO and classes <= FEW_CLASSES:
        probe = np.arange(len(rows))
        gram = rows.gram()
        near = gram - 2 * np.eye(len(rows), dtype=np.float32)
        first = heads.ridge(rows, labels, classes, gram)
    else:
        probe = np.sort(np.random.default_rng(0).permutation(len(rows))[: min(PROBES, len(rows) // 5)])
        postings = rows.transposed()
        near = np.array([cosines(postings, *rows.row(int(index))) for index in probe])
        near[np.arange(len(probe)), probe] = -1
        first = heads.machine(rows, labels, classes, probe)
    return probe, closest(near, shelves), [first, heads.bayes(rows, labels, classes, probe)]


def _weights(labels: Ints, classes: int) -> Doubles:
    """Weigh classes alike, and the background as often as it comes in life; the sum is the number of rows."""
    counts = np.bincount(labels, minlength=classes)
    served = int(np.count_nonzero(counts[:-1]))
    shares = np.full(classes, (1 - BACKGROUND_SHARE) / max(served, 1))
    shares[-1] = BACKGROUND_SHARE
    weights = shares[labels] / np.maximum(counts[labels], 1)
    return np.asarray(weights / max(weights.sum(), 1e-9) * len(labels))


def _trust(
    blend: Blend, scores: Doubles, near: Floats, known: Doubles, labels: Ints, *, weights: Doubles, bias: Floats
) -> Trust:
    classes = near.shape[1]
    if classes == 1:
        return Trust.fit(np.zeros((1, SIGNS)), np.array([False]), np.ones(1))
    nothing = np.concatenate((bias, np.zeros(classes))).reshape(1, -1, classes).astype(float)
    chances = blend.chances(np.concatenate((scores, nothing)))
    shown = signs(chances, np.concatenate((near, np.zeros((1, classes)))), np.concatenate((known, np.zeros((1, 2)))))
    right = np.append(chances[:-1, :-1].argmax(axis=1) == labels, False)
    return Trust.fit(shown, right, np.append(weights, NOTHING_SHARE * max(len(labels), 10)))
