"""An owner's questions: an answer of few phrases is found by the nearest of them, whatever else the pack has.

Beside scenarios of hundreds of phrases and thousands of lines of background, one question an answer teaches no head
anything. What it means is known all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from services.classify.local.calibration import Trust
from services.classify.local.rows import Floats
from services.classify.local.training_phrases import ClassRanges

CURVE: Final = Trust(centre=np.zeros(3), spread=np.ones(3), weights=np.array([-3.8, 13.8, -9.7, -1.95]))
"""How much to believe the nearest question: the constant, how near it is, how near that of another answer, how near
the background. Measured on one to eight phrases an answer of businesses and public sets, beside the starter pack's own
background (`benchmarks/classifier/questions.py`). The constant is lower by .8 than what was found: then .92 is right of
what one question answers, though every second message asks for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The answer whose question is nearest."""

    label: int
    answer: int
    trust: float


def nearest_question(ranges: ClassRanges, near: Floats) -> Asked | None:
    """Return the answer of few phrases that is asked for; None where the pack has none, or one with more is nearer.

    `near`: how near the nearest phrase of each place is.
    """
    if not ranges.young.any():
        return None
    answers = np.where(ranges.answering, near, 0).clip(0)
    place = int(answers.argmax())
    if not ranges.young[place]:
        return None
    label = int(np.searchsorted(ranges.first, place, side="right")) - 1
    signs = np.array([answers[place], np.delete(answers, place).max(initial=0), max(float(near[-1]), 0.0)])
    return Asked(label=label, answer=place - int(ranges.first[label]), trust=float(CURVE.chance(signs)))
