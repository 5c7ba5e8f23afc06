"""From labels to phrases: what all that was said of the same words comes to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from services.classify.examples import Place, words
from services.classify.verdict import UNKNOWN
from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from storage.labels import Label
from storage.learned import LearnedPhrase

ENOUGH: Final = 0.4
"""What customers must say together, each of them once, before it teaches anything: one pick, or two who were helped."""
CUSTOMERS_MOST: Final = 0.6
LONGEST: Final = 400
"""Characters above which words are a story, and no phrase."""
_MASKS: Final = re.compile(r"\[[A-Z_ ]+\]")


def plain(label: Label) -> str:
    """Return the words of a label without the marks of what is hidden, which no customer writes."""
    return " ".join(_MASKS.sub(" ", label.text).split())


def place(label: Label) -> Place:
    """Return what a label says, as the pack's phrases are known by heart."""
    return (label.scenario, label.answer) if label.scenario is not None else (UNKNOWN, None)


def phrases_of(labels: Iterable[Label]) -> tuple[LearnedPhrase, ...]:
    """Return what labels teach, in the order of their words: one phrase for all that say the same."""
    alike: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if (key := words(plain(label))) and len(key) <= LONGEST:
            alike[key].append(label)
    found = (_learned(of) for _, of in sorted(alike.items()))
    return tuple(phrase for phrase in found if phrase is not None)


def _learned(labels: Sequence[Label]) -> LearnedPhrase | None:
    """Weigh what was said of the same words: an operator beats all customers, and their last word a tie."""
    theirs = _sums((label, WEIGHTS[label.source]) for label in labels if label.source not in OF_CUSTOMERS)
    best = _best(theirs)
    if best is None:
        denied = {said for said, weight in theirs.items() if weight < 0}
        sums = {said: weight for said, weight in _by_customers(labels).items() if said not in denied}
        best = _best(sums)
        if best is None or best[1] < ENOUGH:
            return None
        best = best[0], min(best[1], CUSTOMERS_MOST)
    (scenario, answer), weight = best
    last = next(label for label in reversed(labels) if place(label) == (scenario, answer))
    return LearnedPhrase(
        text=plain(last),
        language=last.language,
        scenario=None if scenario == UNKNOWN else scenario,
        answer=answer,
        weight=round(min(weight, 1.0), 2),
    )


def _by_customers(labels: Sequence[Label]) -> Mapping[Place, float]:
    """Count each customer once for each thing they say, however often they press."""
    once = {(label.customer_id, place(label)): label for label in labels if label.source in OF_CUSTOMERS}
    return _sums((label, WEIGHTS[label.source]) for label in once.values())


def _sums(weighed: Iterable[tuple[Label, float]]) -> dict[Place, float]:
    """Add up what is said, that which was said last at the end."""
    sums: dict[Place, float] = {}
    for label, weight in weighed:
        said = place(label)
        sums[said] = sums.pop(said, 0.0) + weight
    return sums


def _best(sums: Mapping[Place, float]) -> tuple[Place, float] | None:
    """Return what weighs most; of equals, what was said last."""
    most = max(sums.values(), default=0.0)
    heaviest = [said for said, weight in sums.items() if weight == most]
    return (heaviest[-1], most) if most > 0 else None
