"""From phrases to knowledge: heads, then how much to believe each, then how much to believe them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local import heads
from services.classify.local.calibration import SIGNS, Doubles, Sharpness, Trust, signs
from services.classify.local.choosing import Probe, choices
from services.classify.local.corpus import read
from services.classify.local.encoder import Encoder
from services.classify.local.everyday import supplemented
from services.classify.local.knowledge import Knowledge, closest, cosines, mute
from services.classify.local.meaning import taught as taught_meaning
from services.classify.local.remembered import vectors_of
from services.classify.local.rows import Floats, Ints, Rows
from services.classify.local.training_phrases import ClassRanges, TrainingPhrase, topics, training_phrases, version
from services.classify.local.wordings import wordings
from storage.records import Pack

MANY: Final = 2000
"""Phrases above which one fold of them must do: training stays within seconds."""
FOLDS: Final = 4
PROBES: Final = 1600
COMMON: Final = 0.05
"""Share of the phrases that hold a term from which it does not help to find the nearest ones."""
FEW: Final = 20
BACKGROUND_SHARE: Final = 0.2
"""Share of all messages that no scenario serves."""
NOTHING_SHARE: Final = 0.02
"""Weight of made-up messages without one known term: without background lines only they teach doubt."""


def learn(pack: Pack) -> Knowledge:
    """Learn the words of a pack of any size; CPU only, no randomness that is not seeded."""
    subjects, taught = topics(pack), training_phrases(pack)
    known = supplemented(taught, len(subjects))
    labels, classes = np.array([phrase.label for phrase in known], np.int32), len(subjects) + 1
    corpus = read([phrase.text for phrase in known])
    rows = corpus.rows
    ranges = ClassRanges.of(subjects, known)
    folds = _folds(len(known))
    probe = np.concatenate(folds)
    postings = _postings(rows)
    near = _nearest_others(rows, postings, ranges, probe)
    heft = np.array([phrase.weight for phrase in known], np.float32)
    head = heads.trained(rows, labels, classes, folds, heft)
    scores, weights = head.unseen.astype(float), _weights(labels[probe], classes)
    sharpness = Sharpness.fit(scores, labels[probe], weights)
    chances = sharpness.chances(np.vstack((scores, head.bias)))
    trust = _trust(chances, closest(near, ranges.first), corpus.known[probe], labels[probe], weights)
    answers = np.array([phrase.answer for phrase in known], np.int32)
    chosen, choice_trust = choices(
        rows, answers, ranges, Probe(folds=folds, near=near, known=corpus.known[probe]), heft
    )
    return Knowledge(
        version=version(subjects, taught),
        topics=subjects,
        training_phrases=known,
        ranges=ranges,
        vocabulary=corpus.vocabulary,
        spellings=corpus.spellings,
        weights=head.weights,
        bias=head.bias,
        postings=postings,
        sharpness=sharpness,
        trust=trust.for_messages() if known == taught else trust,  # borrowed doubt is no ground for boldness
        choices=chosen,
        choice_trust=choice_trust,
        meaning=None,
        mute=mute(corpus.vocabulary, postings, ranges),
    )


def encode(pack: Pack, encoder: Encoder, path: Path) -> None:
    """Keep beside `path` what the encoder makes of a pack's phrases."""
    subjects = topics(pack)
    known = supplemented(training_phrases(pack), len(subjects))
    if known:
        vectors_of(list(chain(*_written(known, ClassRanges.of(subjects, known)))), encoder, path)


def deepened(knowledge: Knowledge, encoder: Encoder, path: Path | None = None, most: int | None = None) -> Knowledge:
    """Learn what the same phrases mean: what the encoder makes of them is kept beside `path`.

    Where it cannot be loaded, or has to encode more than `most` of them, the knowledge stays as it is.
    """
    written = _written(knowledge.training_phrases, knowledge.ranges)
    found = vectors_of(list(chain(*written)), encoder, path, most) if written else None
    if found is None:
        return knowledge
    ends = np.cumsum([len(ways) for ways in written])
    vectors = np.array([ways.mean(axis=0) for ways in np.split(found, ends[:-1])])
    return replace(knowledge, meaning=taught_meaning(vectors, knowledge.training_phrases, knowledge.ranges))


def _written(known: Sequence[TrainingPhrase], ranges: ClassRanges) -> list[Sequence[str]]:
    """Return the ways of writing each phrase: three of a phrase where there are few, as of a message."""
    several = ranges.scenarios[-2] if ranges.sparse else 0
    return [wordings(one.text) if place < several else (one.text,) for place, one in enumerate(known)]


def _folds(phrases: int) -> list[NDArray[np.int64]]:
    """Return the rows to calibrate on, in parts that are left out together."""
    order = np.random.default_rng(0).permutation(phrases)
    return [order[: min(PROBES, phrases // 5)]] if phrases > MANY else np.array_split(order[:PROBES], FOLDS)


def _postings(rows: Rows) -> Rows:
    """Note which rows hold a column, except those which very many hold: they say little, and cost most of the time."""
    frequent = np.bincount(rows.columns, minlength=rows.width) > max(len(rows) * COMMON, FEW)
    return rows.without(frequent).transposed()


def _nearest_others(rows: Rows, postings: Rows, ranges: ClassRanges, probe: NDArray[np.integer]) -> Floats:
    """Return how near the nearest phrase of each answer is to the probe rows, themselves aside: `[probe, answer]`."""
    near = np.zeros((len(probe), len(ranges.answers) - 1), np.float32)
    for place, index in enumerate(probe.tolist()):
        similarities = cosines(postings, *rows.row(index))
        similarities[index] = -1
        near[place] = closest(similarities, ranges.answers)
    return near


def _weights(labels: Ints, classes: int) -> Doubles:
    """Weigh classes alike, and the background as often as it comes in life; the sum is the number of rows."""
    counts = np.bincount(labels, minlength=classes)
    served = int(np.count_nonzero(counts[:-1]))
    shares = np.full(classes, (1 - BACKGROUND_SHARE) / max(served, 1))
    shares[-1] = BACKGROUND_SHARE
    weights = shares[labels] / np.maximum(counts[labels], 1)
    return np.asarray(weights / max(weights.sum(), 1e-9) * len(labels))


def _trust(chances: Doubles, near: Floats, known: Doubles, labels: Ints, weights: Doubles) -> Trust:
    """Fit on the probe rows, and on one more without a known term: the last of the chances."""
    classes = chances.shape[1]
    if classes == 1:
        return Trust.fit(np.zeros((1, SIGNS)), np.array([False]), np.ones(1))
    shown = signs(chances, np.vstack((near, np.zeros(classes))), np.vstack((known, np.zeros(2))))
    right = np.append(chances[:-1, :-1].argmax(axis=1) == labels, False)
    return Trust.fit(shown, right, np.append(weights, NOTHING_SHARE * max(len(labels), 10)))
