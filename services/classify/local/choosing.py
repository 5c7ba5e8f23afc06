"""Training of the choices: a head for each scenario, and one curve that says how much to believe them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classify.local import heads
from services.classify.local.calibration import SIGNS, Doubles, Sharpness, Trust, signs
from services.classify.local.choices import Choice
from services.classify.local.rows import Floats, Ints, Rows
from services.classify.local.training_phrases import ClassRanges

Places = NDArray[np.integer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Phrases to calibrate on, in folds that are left out together, and what speaks for them besides scores."""

    folds: Sequence[Places]
    near: Floats
    """How near the nearest other phrase of each answer is: `[phrase, answer]`, the answers as in `ClassRanges`."""
    known: Doubles
    """Shares of known terms: `[phrase, block]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """How a choice did on phrases that it had not seen."""

    signs: Doubles
    right: NDArray[np.bool_]


def choices(
    rows: Rows, answers: Ints, ranges: ClassRanges, probe: Probe, heft: Floats
) -> tuple[tuple[Choice | None, ...], Trust]:
    """Learn one for each scenario that has answers and phrases, and the chance that the best answer is right."""
    found = list(_learned(rows, answers, ranges, probe, heft))
    trials = [trial for _, trial in filter(None, found)]
    return tuple(one and one[0] for one in found), _trust(trials)


def _learned(
    rows: Rows, answers: Ints, ranges: ClassRanges, probe: Probe, heft: Floats
) -> Iterator[tuple[Choice, _Trial] | None]:
    place = np.full(len(rows), -1)
    place[np.concatenate(probe.folds)] = np.arange(len(probe.near))
    for label in range(len(ranges.scenarios) - 2):
        own = np.arange(*ranges.scenarios[label : label + 2])
        here = slice(*ranges.first[label : label + 2])
        if here.stop - here.start == 1 or not len(own):
            yield None
            continue
        folds = [fold[np.isin(fold, own)] - own[0] for fold in probe.folds]
        choice, asked, chances = _choice(rows.take(own), answers[own], here.stop - here.start, folds, heft[own])
        seen = place[own[asked]]
        shown = signs(chances, probe.near[seen, here].astype(float), probe.known[seen])
        yield choice, _Trial(signs=shown, right=chances[:, :-1].argmax(axis=1) == answers[own[asked]])


def _choice(
    rows: Rows, answers: Ints, classes: int, folds: Sequence[Places], heft: Floats
) -> tuple[Choice, Places, Doubles]:
    """Return it, the rows that it was tried on, and what it made of them unseen."""
    columns = np.unique(rows.columns)
    head = heads.trained(rows.narrowed(columns), answers, classes, folds, heft)
    asked, scores = np.concatenate(folds), head.unseen.astype(float)
    sharpness = Sharpness.fit(scores, answers[asked], np.ones(len(asked)))
    choice = Choice(columns=columns, weights=head.weights, bias=head.bias, sharpness=sharpness)
    return choice, asked, sharpness.chances(scores)


def _trust(trials: Sequence[_Trial]) -> Trust:
    if not sum(len(trial.right) for trial in trials):
        return Trust.fit(np.zeros((1, SIGNS)), np.array([False]), np.ones(1))
    right = np.concatenate([trial.right for trial in trials])
    return Trust.fit(np.vstack([trial.signs for trial in trials]), right, np.ones(len(right)))
