"""Labels that are reported and not obeyed: they say otherwise than a phrase of the pack, or too many come from one.

Somebody corrects what the bot was sure of now and then, and it learns from that. Who does so by the dozen has a grudge,
or has misunderstood what the answers are: then people decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from services.classify.examples import Place, words
from services.learning.evidence import place, plain
from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from storage.labels import Label

MANY: Final = 10
SHARE: Final = 0.3
"""So many labels against what the bot is sure of, and such a share of all that came from there, are no accident."""
Sure = Callable[[str], Place | None]
"""What the bot is sure that words are about; None: it is not sure of anything."""


def contradicting(fresh: Sequence[Label], phrases: Mapping[str, Place], sure: Sure) -> tuple[Label, ...]:
    """Return which new labels must wait for an admin; what one has confirmed waits no longer.

    `phrases`: what those of the pack say, by their words.
    """
    asked = [label for label in fresh if WEIGHTS[label.source] > 0 and label.confirmed_by is None]
    written = [label for label in asked if _otherwise(place(label), phrases.get(words(plain(label))))]
    doubtful = [label for label in asked if label in written or _otherwise(place(label), sure(plain(label)))]
    held = {label.id for label in written}
    held |= {label.id for label in doubtful if label.source in OF_CUSTOMERS}
    for author in _masses(asked, doubtful):
        held |= {label.id for label in asked if _author(label) == author}
    if len(doubtful) >= MANY and len(doubtful) >= SHARE * len(asked):
        held |= {label.id for label in doubtful}
    return tuple(label for label in asked if label.id in held)


def _masses(asked: Sequence[Label], doubtful: Sequence[Label]) -> list[int | None]:
    """Return the authors of whom too much is doubtful; the customers are one."""
    by_author: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for label in asked:
        by_author[_author(label)][0] += 1
    for label in doubtful:
        by_author[_author(label)][1] += 1
    return [author for author, (all_, some) in by_author.items() if some >= MANY and some >= SHARE * all_]


def _author(label: Label) -> int | None:
    return None if label.source in OF_CUSTOMERS else label.operator_id


def _otherwise(said: Place, known: Place | None) -> bool:
    """Whether words cannot be about both; a scenario without one of its answers contradicts none of them."""
    if known is None:
        return False
    return said[0] != known[0] or (said[1] is not None and known[1] is not None and said[1] != known[1])
