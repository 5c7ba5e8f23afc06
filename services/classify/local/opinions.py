"""From what was read of a message to an opinion on it: what it is about, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.classify.local.blending import (
    ANSWER,
    ANSWER_BY_WORDS,
    SCENARIO_BY_WORDS,
    answer_signs_by_words,
    answers,
    scenario_curve,
    scenario_signs_by_words,
    scenarios,
)
from services.classify.local.calibration import Doubles
from services.classify.local.knowledge import Knowledge
from services.classify.local.meaning import Meant
from services.classify.local.opinion import Opinion, Phrase
from services.classify.local.questions import Asked, nearest_question
from services.classify.local.reading import Chosen, Reading
from services.classify.local.rows import Floats
from services.classify.verdict import Guess

SURE: Final = 0.97
SURE_ANSWER: Final = 0.95
"""Trust in the words, for scenario and answer, from which nobody asks what they mean. From .85 and .8 a fourth fewer
would ask, and of what strangers are answered .85 instead of .88 was right: the words are bold about them."""
HOPELESS: Final = 0.05
FAMILIAR: Final = 0.6
"""Below that trust no scenario fits, if so many of the words are known, in a language that the scenarios have."""
BESIDE: Final = 0.6
"""An answer of few phrases may be meant where one of these is so near by words, beside the nearest of all. In packs
with an owner's questions 2,164 messages were settled otherwise, and the nearest question changed the verdict of 12: it
was .97 as near, or nearer than all."""
LIKELY: Final = 0.5
FAINT: Final = 0.1
SHOWN: Final = 3
GUESSES: Final = 5
VOTERS: Final = 5
NEAR: Final = 0.5
"""As near as half of the nearest has a vote on the language."""
TELLING: Final = 0.25
"""So near must the nearest be for a text of one word; for a longer one, less by the root of its words. What is not so
near tells of no language: it shares a few letters with this phrase or that."""
NONE: Final = Opinion(
    guesses=(), confidence=0.0, in_scope=False, answer=None, answers=(), language=None, nearest_phrases=(), against=None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What speaks for each class, and how much to believe the best one."""

    chances: Doubles
    """Of the scenarios; the last is none of them."""
    trust: float
    choice: Chosen | None
    """Among the answers of the best scenario."""

    @property
    def sure(self) -> float:
        """How sure it is of a text."""
        if self.choice is None:
            return self.trust
        return self.trust * self.choice.trust if self.choice.chances[:-1].max() > self.choice.chances[-1] else 0.0


def settled(knowledge: Knowledge, reading: Reading) -> bool:
    """Whether the words leave no doubt, about scenario and answer or that it is neither: nobody asks what they mean."""
    if not knowledge.topics:
        return True
    if knowledge.ranges.sparse or _may_be_young(knowledge, reading):
        return False
    if hopeless(reading):
        return _language(knowledge, reading) in knowledge.ranges.languages
    return reading.trust >= SURE and (reading.chosen is None or reading.chosen.trust >= SURE_ANSWER)


def hopeless(reading: Reading) -> bool:
    """Whether the words are plain, and no scenario fits: people answer, and only how soon is left to ask."""
    return reading.trust < HOPELESS and bool(reading.vector.known[0] >= FAMILIAR)


def _may_be_young(knowledge: Knowledge, reading: Reading) -> bool:
    """Whether an answer of few phrases may be meant, which only what the text means can tell."""
    young = reading.near[knowledge.ranges.young]
    return bool(len(young)) and bool(young.max() >= BESIDE * reading.near.max())


def by_words(knowledge: Knowledge, reading: Reading) -> Opinion:
    """Judge by the words alone, where there is no encoder."""
    if not knowledge.topics:
        return NONE
    return _opinion(knowledge, reading, View(chances=reading.chances, trust=reading.trust, choice=reading.chosen))


def beyond_doubt(knowledge: Knowledge, reading: Reading) -> Opinion:
    """Judge by the words of a text that is `settled`."""
    if not knowledge.topics:
        return NONE
    trust, choice = SCENARIO_BY_WORDS.chance(scenario_signs_by_words(reading)), reading.chosen
    if choice is not None:
        signs = answer_signs_by_words(choice, reading)
        choice = replace(choice, trust=float(ANSWER_BY_WORDS.chance(signs)))
    return _opinion(knowledge, reading, View(chances=reading.chances, trust=float(trust), choice=choice))


def by_both(knowledge: Knowledge, reading: Reading, meaning: Meant) -> Opinion:
    """Judge by the words and by what the text means to each answer."""
    if not knowledge.topics:
        return NONE
    chances, signs = scenarios(knowledge, reading, meaning)
    choice, answer_signs = answers(knowledge, reading, meaning, int(chances[:-1].argmax()))
    if choice is not None and answer_signs is not None:
        choice = replace(choice, trust=float(ANSWER.chance(answer_signs)))
    trust = float(scenario_curve(knowledge).chance(signs))
    view, asked = View(chances=chances, trust=trust, choice=choice), nearest_question(knowledge.ranges, meaning.near)
    if asked is not None and asked.trust >= LIKELY and asked.trust > view.sure:
        view = _asking(knowledge, view, asked)
    return _opinion(knowledge, reading, view)


def _asking(knowledge: Knowledge, view: View, asked: Asked) -> View:
    """Return the view of who believes the nearest question: what it leaves is shared as the heads see it."""
    answers = len(knowledge.topics[asked.label].answers) + 1
    known = view.choice if view.choice is not None and view.choice.label == asked.label else None
    within = known.chances if known is not None else np.full(answers, 1 / answers)
    trust = max(asked.trust, view.trust) if known is not None else asked.trust
    choice = Chosen(label=asked.label, chances=_leaning(within, asked.answer, asked.trust), trust=asked.trust / trust)
    return View(chances=_leaning(view.chances, asked.label, asked.trust), trust=trust, choice=choice)


def _leaning(chances: Doubles, place: int, trust: float) -> Doubles:
    leaning = (1 - trust) * chances
    leaning[place] += trust
    return leaning


def _opinion(knowledge: Knowledge, reading: Reading, view: View) -> Opinion:
    similarities = reading.similarities
    shown = similarities / max(knowledge.indexed(reading.vector), FAINT)
    order = np.argsort(-view.chances, kind="stable")
    best, second = _rivals(order, knowledge.classes)
    answer, ranked = _answers(knowledge, best, view)
    return Opinion(
        guesses=_guesses(knowledge, view.chances, view.trust),
        answer=answer,
        answers=ranked,
        confidence=view.trust,
        in_scope=bool(view.chances[-1] < view.chances[best]) or view.trust >= LIKELY,
        language=_language(knowledge, reading),
        nearest_phrases=_phrases(knowledge, shown, best),
        against=next(iter(_phrases(knowledge, shown, second, most=1)), None),
    )


def _answers(knowledge: Knowledge, label: int, view: View) -> tuple[str | None, tuple[Guess, ...]]:
    """Return the answer that is asked for, if it is a single one, and all of the scenario, best first."""
    if view.choice is None:
        return None, ()
    chances = view.choice.chances
    guesses = _shared(knowledge.topics[label].answers, chances, view.choice.trust, view.trust)
    return (guesses[0].scenario if chances[:-1].max() > chances[-1] else None), guesses


def _rivals(order: NDArray[np.integer], classes: int) -> tuple[int, int]:
    """Return the best class in scope, and what comes nearest to it, the background included."""
    ranked = order.tolist()
    best = next(label for label in ranked if label != classes - 1)
    return best, next(label for label in ranked if label != best)


def _guesses(knowledge: Knowledge, chances: Doubles, trust: float) -> tuple[Guess, ...]:
    return _shared([topic.key for topic in knowledge.topics], chances, trust, most=GUESSES)


def _shared(
    keys: Sequence[str], chances: Doubles, trust: float, of: float = 1.0, *, most: int | None = None
) -> tuple[Guess, ...]:
    """Share what the first guess leaves among the others as the head saw them, never above the first.

    The last of the chances is that of none of them; `of` is the chance that there is anything to share.
    """
    served = chances[:-1].tolist()
    top = max(served)
    scale = min(trust / max(top, 1e-9), (1 - trust) / max(1 - top, 1e-9))
    first, *ranked = sorted(range(len(served)), key=lambda label: -served[label])[:most]
    rest = (Guess(scenario=keys[label], confidence=served[label] * scale * of) for label in ranked)
    return Guess(scenario=keys[first], confidence=trust * of), *rest


def _phrases(knowledge: Knowledge, similarities: Floats, label: int, most: int = SHOWN) -> tuple[Phrase, ...]:
    """Return the nearest phrases of a class, nearest first."""
    first, end = knowledge.ranges.scenarios[label : label + 2].tolist()
    here = similarities[first:end]
    nearest = (-here).argsort(kind="stable")[:most].tolist()
    found = ((knowledge.training_phrases[first + place], min(float(here[place]), 1.0)) for place in nearest)
    return tuple(
        Phrase(text=phrase.text, scenario=knowledge.name(phrase.label), similarity=similarity)
        for phrase, similarity in found
        if similarity > 0
    )


def _language(knowledge: Knowledge, reading: Reading) -> str | None:
    """Ask the nearest phrases; None where nothing tells ("asdf")."""
    similarities = np.where(knowledge.mute, 0, reading.similarities)
    if similarities.max(initial=0) * reading.words**0.5 < TELLING:
        return None
    near = (similarities >= NEAR * similarities.max()).nonzero()[0]
    nearest = near[(-similarities[near]).argsort(kind="stable")[:VOTERS]].tolist()
    votes: dict[str, float] = {}
    for place in nearest:
        language = knowledge.training_phrases[place].language
        votes[language] = votes.get(language, 0.0) + float(similarities[place]) ** 2
    return max(votes, key=lambda language: votes[language])
