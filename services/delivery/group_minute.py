"""What a group has been told in the last minute, and what may still be told: all judgement about its budget is here.

Telegram takes 20 calls a minute in one group, counting messages, edits and new topics together, and refuses the next.
We count them for 61 seconds, so that neither clocks nor slow networks bring a refusal. Of these some are kept back for
what is more urgent: whoever presses a button, and whatever is critical, finds a free call at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from services.queues.outbox import CARD, DESK, LINE, LIST, PRESSED, TOUCH, URGENT, WORK

CALLS: Final = 20
SECONDS: Final = 61.0
MOST: Final = {PRESSED: CALLS, LIST: 17, URGENT: 15, WORK: 13, CARD: 12, LINE: 11, TOUCH: 9, DESK: 7}
"""So many calls may have been made in the window for one more of this rank.

A crowd's first calls all leave the window a minute later, so beyond what is urgent three are kept for buttons, and two
for pages of the list: with one call kept, the second press in that minute was shown after 21 s.
"""
KEPT: Final = {PRESSED: 3, LIST: 2}
"""Of the calls kept for buttons and pages, those that have been made for them are not kept once more."""
ALBUMS_MOST: Final = MOST[LIST]
"""The same with all pictures of an album."""
READING_MOST: Final = 4
"""The same for cards and what is less urgent while a crowd is being read: who is critical among them is not known yet.
With five calls spent before, ten critical cards still fit."""
AT_ONCE: Final = 2
"""In a crowd, so many calls of a window go out as they come. More keep their distance: the window frees steadily."""
CALM_AT_ONCE: Final = 8
"""The same where few wait: one customer's pictures are no crowd."""
CROWD: Final = 5
"""More lanes than this waiting are more than the group can be told at once."""
COMING: Final = 20
"""So many conversations with something unread may become a crowd in a moment."""
COMING_S: Final = 2.0
"""For so long what was seen of them is believed: they are read within seconds."""
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
    pressed: int = 0
    """Calls among them for buttons, as far as this process has made them."""
    listed: int = 0
    """The same for pages of the list."""
    seconds: float = SECONDS
    """How long a call counts."""

    @property
    def used(self) -> int:
        return len(self.ages)

    @property
    def crowded(self) -> bool:
        return self.waiting > CROWD or self.coming > COMING

    @property
    def calm(self) -> bool:
        """Whether a card can have its topic at once."""
        return not self.crowded and self.has_topic_room(CARD)

    def has_topic_room(self, rank: int) -> bool:
        """Whether a topic and a card fit."""
        return self.used + TOPIC <= self.most(rank)

    @property
    def at_once(self) -> int:
        """How many calls of a window go out as they come."""
        return AT_ONCE if self.crowded else CALM_AT_ONCE

    @property
    def relaxed(self) -> bool:
        """Whether there is no need to keep distance."""
        return self.used < self.at_once

    def most(self, rank: int) -> int:
        """Return how many calls may have been made for one more of a rank."""
        if rank >= CARD and self.coming > COMING:
            return min(MOST[rank], READING_MOST)
        pressed, listed = min(self.pressed, KEPT[PRESSED]), min(self.listed, KEPT[LIST])
        return MOST[rank] + (pressed if rank in (LIST, URGENT) else 0) + (listed if rank == URGENT else 0)

    def rest(self, rank: int, count: int = 1) -> float:
        """Return the seconds until one more call of a rank is within the budget; 0: now.

        An album counts as its pictures: only what buttons may need is kept back from them, or they would hardly fit.
        """
        over = self.used + 1 - self.most(rank) if count == 1 else self.used + count - ALBUMS_MOST
        return max(0.0, self.seconds - self.ages[over - 1]) if over > 0 else 0.0

    def room(self, count: int) -> int:
        """Return how many of so many pictures fit at once; a few at a time where there is not room for all."""
        return max(1, min(count, ALBUMS_MOST - self.used))

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
        waiting, coming = self.waiting if ages else 0, self.coming if by < COMING_S else 0
        return replace(self, ages=ages, waiting=waiting, coming=coming)
