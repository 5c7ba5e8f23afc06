"""Labels that are reported and not obeyed: they say otherwise than a phrase of the pack, or too many come from one.

Somebody corrects what the bot was sure of now and then, and it learns from that. Who does so by the dozen has a grudge,
or has misunderstood what the answers are: then people decide. A dozen is one, too, that comes a few at a time: what was
obeyed counts until an admin has accepted a version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.classify.examples import Place, words
from services.learning.evidence import place, plain
from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from storage.labels import Label

MANY: Final = 10
SHARE: Final = 0.3
"""So many labels against what the bot is sure of, and such a share of all that came from there, are no accident."""
AGAINST: Final = 0.5
"""So many against one answer, and such a share of all that speak for it or against it, are none either.

Of operators who are right, 1 to 4 % of the labels are against what the bot is sure of, and fewer than ten of a thousand
against one answer (three streams of `benchmarks/learning` that begin from nothing).
"""
Sure = Callable[[str], Place | None]
"""What the bot is sure that words are about; None: it is not sure of anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What speaks against what the bot is sure of."""

    held: tuple[Label, ...] = ()
    """What must wait for an admin."""
    against: Mapping[int, str] = field(default_factory=dict)
    """By the number of each new label that is doubtful: the scenario that the bot is sure of instead."""


def contradicting(
    fresh: Sequence[Label],
    phrases: Mapping[str, Place],
    sure: Sure,
    *,
    obeyed: Sequence[Label] = (),
    doubted: Mapping[int, str] | None = None,
) -> Doubts:
    """Return which labels must wait for an admin; what one has confirmed waits no longer.

    `phrases`: what those of the pack say, by their words. `obeyed`: the labels that were learned from since an admin
    has last accepted what was learned; `doubted`: which of them were against what the bot was sure of then.
    """
    asked = [*_asked(fresh)]
    written = {label.id for label in asked if _otherwise(place(label), phrases.get(words(plain(label))))}
    against = dict(_against(asked, phrases, sure))
    held = written | {label.id for label in asked if label.id in against and label.source in OF_CUSTOMERS}
    known = [*_asked(obeyed), *asked]
    held |= _too_many(known, {**(doubted or {}), **against}, {label.id for label in asked})
    return Doubts(held=tuple(label for label in known if label.id in held), against=against)


def _asked(labels: Iterable[Label]) -> Iterator[Label]:
    return (label for label in labels if WEIGHTS[label.source] > 0 and label.confirmed_by is None)


def _against(asked: Sequence[Label], phrases: Mapping[str, Place], sure: Sure) -> Iterator[tuple[int, str]]:
    for label in asked:
        for known in (phrases.get(words(plain(label))), sure(plain(label))):
            if known is not None and _otherwise(place(label), known):
                yield label.id, known[0]
                break


def _too_many(known: Sequence[Label], against: Mapping[int, str], fresh: set[int]) -> set[int]:
    """Return the numbers of those that are too many of one author, of all, or against one answer.

    Of an author everything new waits; of what was obeyed already, only what is against something.
    """
    doubtful = [label for label in known if label.id in against]
    held: set[int] = set()
    said, doubts = Counter(map(_author, known)), Counter(map(_author, doubtful))
    authors = {author for author, some in doubts.items() if some >= MANY and some >= SHARE * said[author]}
    held |= {one.id for one in known if _author(one) in authors and (one.id in fresh or one.id in against)}
    if len(doubtful) >= MANY and len(doubtful) >= SHARE * len(known):
        held |= {label.id for label in doubtful}
    speaking, contested = Counter(place(label)[0] for label in known), Counter(against[one.id] for one in doubtful)
    answers = {key for key, some in contested.items() if some >= MANY and some >= AGAINST * (some + speaking[key])}
    return held | {label.id for label in doubtful if against[label.id] in answers}


def _author(label: Label) -> int | None:
    """Return whose word it is; the customers are one."""
    return None if label.source in OF_CUSTOMERS else label.operator_id


def _otherwise(said: Place, known: Place | None) -> bool:
    """Whether words cannot be about both; a scenario without one of its answers contradicts none of them."""
    if known is None:
        return False
    return said[0] != known[0] or (said[1] is not None and known[1] is not None and said[1] != known[1])
