"""Whether a new model may take over: what was right and sure must not become wrong, nor answers less often right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.classify.examples import Place
from services.classify.verdict import UNKNOWN
from services.evaluation import wilson

LOST_MOST: Final = 0.1
"""Share of what was right and sure that may become unsure: people get it then, and nobody reads a wrong answer."""

HALF: Final = 0.5
"""Who is right less often than this on what it is sure of does not speak before an admin has read the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message, and what people have said that it is about."""

    text: str
    truth: Place
    label_id: int | None = None
    """None: a phrase of the pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A message that was answered rightly, and would not be any more."""

    asked: Asked
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of messages that a model had not seen: how many it is sure of, and how often it is right then."""

    asked: int = 0
    sure: int = 0
    right: int = 0

    @property
    def wrong(self) -> int:
        return self.sure - self.right

    def plus(self, other: Tally) -> Tally:
        return Tally(asked=self.asked + other.asked, sure=self.sure + other.sure, right=self.right + other.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a new model makes of messages whose answers are known, beside the one that it would replace."""

    changes: tuple[Change, ...]
    """Right and sure before, and now sure of something else."""
    proven: int
    """How many were right and sure."""
    lost: int
    """Of these, how many nobody is sure of any more."""
    before: Tally
    after: Tally

    @property
    def takes_over(self) -> bool:
        """Whether nothing proven gets worse, beyond what chance does, and what is new is not mostly wrong."""
        kept = not self.changes and self.lost <= LOST_MOST * self.proven
        return kept and not self._less_precise() and not self._mostly_wrong()

    def _less_precise(self) -> bool:
        """Whether the new one is less often right than the old one, though chance is given to both."""
        at_most = wilson.upper(self.after.right, self.after.sure)
        return at_most < wilson.lower(self.before.right, self.before.sure)

    def _mostly_wrong(self) -> bool:
        """Whether the new one is plainly wrong more often than right, and says more that is wrong than the old one."""
        return self.after.wrong > self.before.wrong and wilson.upper(self.after.right, self.after.sure) < HALF


def compared(
    asked: Sequence[Asked], before: Sequence[Place | None], after: Sequence[Place | None]
) -> tuple[tuple[Change, ...], int, int]:
    """Return what became wrong, how many were right and sure before, and how many of these became unsure."""
    proven = [
        (one, now) for one, then, now in zip(asked, before, after, strict=True) if then is not None and fits(one, then)
    ]
    wrong = tuple(Change(asked=one, after=now) for one, now in proven if now is not None and not fits(one, now))
    return wrong, len(proven), sum(now is None for _, now in proven)


def tally(asked: Sequence[Asked], said: Sequence[Place | None]) -> Tally:
    answered = [fits(one, now) for one, now in zip(asked, said, strict=True) if now is not None and now[0] != UNKNOWN]
    return Tally(asked=len(asked), sure=len(answered), right=sum(answered))


def fits(asked: Asked, said: Place) -> bool:
    """Whether it is the same; a truth without one of the answers is met by any of them."""
    return asked.truth[0] == said[0] and asked.truth[1] in (None, said[1])
