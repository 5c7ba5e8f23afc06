"""What a group has been told in the last minute, and what may still be told: all judgement about its budget is here.

Telegram takes 20 calls a minute in one group, counting messages, edits and new topics together, and refuses the next.
We count 19 in 61 seconds, so that neither clocks nor slow networks bring a refusal. Of these some are kept back for
what is more urgent: whoever presses a button, and whatever is critical, finds a free call at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.queues.outbox import CARD, LINE, LIST, PRESSED, TOUCH, URGENT, WORK

CALLS: Final = 19
SECONDS: Final = 61.0
MOST: Final = {PRESSED: CALLS, LIST: 18, URGENT: 14, WORK: 13, CARD: 12, LINE: 11, TOUCH: 9}
"""So many calls may have been made in the window for one more of this rank.

A crowd's first calls all leave the window a minute later, so beyond what is urgent three are kept for buttons, and two
for pages of the list: with one call kept, the second press in that minute was shown after 21 s.
"""
AT_ONCE: Final = 2
"""In a crowd, so many calls of a window go out as they come. More keep their distance: the window frees steadily."""
CALM_AT_ONCE: Final = 8
"""The same where few wait: one customer's pictures are no crowd."""
CROWD: Final = 5
"""More lanes than this waiting are more than the group can be told at once."""
COMING: Final = 20
"""So many conversations with something unread may become a crowd in a moment."""
TOPIC: Final = 2
"""Calls for a card in a topic of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """The calls of one window, and how many lanes wait for the group."""

    ages: tuple[float, ...] = ()
    """Seconds since each call began, the oldest first."""
    waiting: int = 0
    coming: int = 0
    """Conversations in which something has come in and is not read yet."""
    seconds: float = SECONDS
    """How long a call counts."""

    @property
    def used(self) -> int:
        return len(self.ages)

    @property
    def crowded(self) -> bool:
        return self.waiting > CROWD

    @property
    def calm(self) -> bool:
        """Whether a card can have its topic at once."""
        return not self.crowded and self.coming <= COMING and self.used + TOPIC <= MOST[CARD]

    @property
    def at_once(self) -> int:
        """How many calls of a window go out as they come."""
        return AT_ONCE if self.crowded else CALM_AT_ONCE

    @property
    def relaxed(self) -> bool:
        """Whether there is no need to keep distance."""
        return self.used < self.at_once

    def rest(self, rank: int, count: int = 1) -> float:
        """Return the seconds until one more call of a rank is within the budget; 0: now.

        An album counts as its pictures: what is kept back is not kept back from them, or they would hardly ever fit.
        """
        over = max(self.used + 1 - MOST[rank], self.used + count - CALLS)
        return max(0.0, self.seconds - self.ages[over - 1]) if over > 0 else 0.0

    def room(self, count: int) -> int:
        """Return how many of so many pictures fit at once; a few at a time where there is not room for all."""
        return max(1, min(count, CALLS - self.used))

    def may(self, rank: int) -> bool:
        """Whether it is the turn of a rank: within its budget, and not too close behind the call before."""
        if self.rest(rank) > 0:
            return False
        if rank <= WORK or self.relaxed or (rank == CARD and not self.crowded):
            return True
        return self.ages[-1] >= self.seconds / MOST[CARD]

    def rank_most(self) -> int:
        """Return the least urgent rank whose turn it is; -1 when nothing may go."""
        return max((rank for rank in MOST if self.may(rank)), default=-1)

    def later(self, by: float) -> Minute:
        """Return how the window looks some seconds later, if nothing is said meanwhile."""
        ages = tuple(age + by for age in self.ages if age + by < self.seconds)
        return Minute(ages=ages, waiting=self.waiting if ages else 0, seconds=self.seconds)
