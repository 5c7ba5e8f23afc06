"""What the fast engine makes of a text, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.classify.local.calibration import Doubles, signs_of_one
from services.classify.local.choices import Choice
from services.classify.local.features import Vector
from services.classify.local.glossaries import translations
from services.classify.local.knowledge import Knowledge, closest
from services.classify.local.rows import Floats
from services.classify.local.spelling import latin_russian, other_layout

CLEAR: Final = 0.6
"""Share of known words above which nobody asks what else the letters could mean."""
STRANGE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the words say about the answers of one scenario, given that it is the right one."""

    label: int
    chances: Doubles
    """The last is none of them."""
    trust: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    text: str
    """As its meaning is to be found: without slips; in the other keyboard layout or out of Latin letters, where most of
    its words are known only so. A language that nobody taught stays as it is written."""
    vector: Vector
    similarities: Floats
    """To every phrase."""
    near: Floats
    """How near the nearest phrase of each answer is."""
    chances: Doubles
    """Of the classes, the background last."""
    trust: float
    """The chance that the best scenario is right, and the text in scope."""
    chosen: Chosen | None
    """For the best scenario; None where it has no answers to choose from."""

    @property
    def words(self) -> int:
        return len(self.text.split())


def read(knowledge: Knowledge, text: str) -> Reading:
    understood, vector = _understood(knowledge, text)
    similarities = knowledge.similarities(vector)
    near = closest(similarities, knowledge.ranges.answers)
    chances = knowledge.sharpness.chances(knowledge.linear(vector).astype(float))
    trust = 0.0
    if len(vector.columns) and knowledge.topics:
        served = closest(near, knowledge.ranges.first)
        trust = float(knowledge.trust.chance(signs_of_one(chances, served, vector.known)))
    return Reading(
        text=understood,
        vector=vector,
        similarities=similarities,
        near=near,
        chances=chances,
        trust=trust,
        chosen=chosen(knowledge, vector, near, int(chances[:-1].argmax())) if knowledge.topics else None,
    )


def chosen(knowledge: Knowledge, vector: Vector, near: Floats, label: int) -> Chosen | None:
    """Choose among the answers of a scenario by words."""
    choice: Choice | None = knowledge.choices[label]
    if choice is None:
        return None
    chances = choice.chances(vector)
    here = near[slice(*knowledge.ranges.first[label : label + 2])]
    trust = knowledge.choice_trust.chance(signs_of_one(chances, here, vector.known))
    return Chosen(label=label, chances=chances, trust=float(trust))


def _understood(knowledge: Knowledge, text: str) -> tuple[str, Vector]:
    """Read the text with its slips mended, unless its words are strange and make more sense otherwise."""
    mended = knowledge.spellings.mended(text, knowledge.vocabulary.words)
    vector = knowledge.vocabulary.read(mended)
    if vector.known[0] >= CLEAR:
        return mended, vector
    spelt = (other_layout(text), latin_russian(text), *translations(text))
    others = [(other, knowledge.vocabulary.read(other)) for other in spelt]
    best, read = max(others, key=lambda other: other[1].known)
    better = read.known[0] > max(vector.known[0], STRANGE) and read.known[1] >= vector.known[1]
    if not better:
        return mended, vector
    return (best if read.known[0] >= CLEAR else mended), read
