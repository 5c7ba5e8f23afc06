"""What a group has been told in the last minute, and what may still be told: decisions about its budget are made here.

Telegram takes 20 calls a minute in one group, counting messages, edits and new topics together, and refuses the next.
We count them for 61 seconds, so that neither clocks nor slow networks bring a refusal. Of these some are kept back for
what is more urgent: whoever presses a button, and whatever is critical, finds a free call at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from services.queues.outbox import CARD, DESK, ICON, LINE, LIST, OF_PRESSES, PRESSED, SETTLED, TOUCH, URGENT, WORK

CALLS: Final = 20
SECONDS: Final = 61.0
MOST: Final = {
    PRESSED: CALLS,
    SETTLED: CALLS,
    LIST: 17,
    URGENT: 15,
    WORK: 13,
    CARD: 12,
    LINE: 11,
    TOUCH: 9,
    DESK: 7,
    ICON: 7,
}
"""So many calls may have been made in the window for one more of this rank.

A crowd's first calls all leave the window a minute later, so beyond what is urgent three are kept for buttons, and two
for pages of the list: with one call kept, the second press in that minute was shown after 21 s.
"""
KEPT: Final = {PRESSED: 3, LIST: 2}
"""Of the calls kept for buttons and pages, those that have been made for them are not kept once more."""
FOR_LINES: Final = 7
"""Once buttons have had those that were kept for them, so many calls are kept for what customers say, fewer as lines
have had theirs: however many buttons are pressed, a line finds a free call. Of thirty presses a minute some wait."""
ICONS_MOST: Final = 3
"""So many calls of a window show states as icons, none in a crowd. They take nothing from what `MOST` grants others."""
FOR_MENUS: Final = 2
"""So many of those are kept in any case; and as many from cards that only show what was done, once two were shown."""
LAST: Final = 1
"""So many are kept for what is critical, from then on."""
ALBUMS_MOST: Final = MOST[LIST]
"""The same with all pictures of an album."""
READING_MOST: Final = 4
"""The same for cards and what is less urgent while a crowd is being read: who is critical among them is not known yet.
With five calls spent before, ten critical cards still fit."""
AT_ONCE: Final = 2
"""In a crowd, so many calls of a window go out as they come. More keep their distance: the window frees steadily."""
CALM_AT_ONCE: Final = 8
"""The same where few wait: one customer's pictures are no crowd."""
CALM_REST_S: Final = 2.0
"""And so many seconds apart from then on."""
CROWD: Final = 5
"""More lanes than this waiting are more than the group can be told at once."""
COMING: Final = 20
"""So many conversations with something unread may become a crowd in a moment."""
COMING_S: Final = 2.0
"""For so long what was seen of them is believed: they are read within seconds."""
INSTANT_S: Final = 1e-6
"""What numbers with a point may be wrong by."""
TOPIC: Final = 2
"""Calls for a card in a topic of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """The calls of one window, and how many lanes wait for the group."""

    ages: tuple[float, ...] = ()
    """Seconds since each call began, the oldest first."""
    ranks: tuple[int, ...] = ()
    """What each was made for, as far as this process has made it: those of others are not known here."""
    waiting: int = 0
    coming: int = 0
    """Conversations in which something has come in and is not read yet."""
    seconds: float = SECONDS
    """How long a call counts."""

    @property
    def used(self) -> int:
        return len(self.ages)

    @property
    def pressed(self) -> int:
        """How many of the calls were made for buttons: they do not count against what `MOST` grants to others."""
        return sum(self.ranks.count(rank) for rank in OF_PRESSES)

    @property
    def of_others(self) -> int:
        """How many were not, nor for icons."""
        return self.used - self.pressed - self.icons

    @property
    def icons(self) -> int:
        """How many were made for icons."""
        return self.ranks.count(ICON)

    @property
    def crowded(self) -> bool:
        return self.waiting > CROWD or self.coming > COMING

    @property
    def calm(self) -> bool:
        """Whether a card can have its topic at once."""
        return not self.crowded and self.has_topic_room(CARD)

    def has_topic_room(self, rank: int) -> bool:
        """Whether a topic and a card fit."""
        return self._fits(rank, TOPIC)

    @property
    def at_once(self) -> int:
        """How many calls of a window go out as they come."""
        return AT_ONCE if self.crowded else CALM_AT_ONCE

    @property
    def relaxed(self) -> bool:
        """Whether there is no need to keep distance."""
        return self.of_others < self.at_once

    def has_room(self, rank: int, count: int = 1) -> bool:
        """Whether so many more calls of a rank are within the budget.

        An album counts as its pictures: only what buttons may need is kept back from them, or they would hardly fit.
        """
        return self._fits(rank, 1) if count == 1 else self.used + count <= ALBUMS_MOST

    def _fits(self, rank: int, count: int) -> bool:
        kept = max(0, KEPT[PRESSED] - self.pressed)
        room = CALLS - self.used - count
        if rank in OF_PRESSES:
            return room >= (0 if kept else self._kept_from(rank))
        if rank == ICON and (self.crowded or self.icons >= ICONS_MOST):
            return False
        if rank >= TOUCH:
            return self.used - self.icons + count <= self._most(rank)
        return self.of_others + count <= self._most(rank) and room >= (kept if rank < WORK else max(kept, LAST))

    def _kept_from(self, rank: int) -> int:
        """Return how many calls are kept from one more button."""
        menus = FOR_MENUS if rank == SETTLED and self.ranks.count(SETTLED) >= FOR_MENUS else 0
        return menus + LAST + max(FOR_MENUS, min(FOR_LINES, MOST[LINE] - self.of_others))

    def _most(self, rank: int) -> int:
        """Return how many calls may have been made with one more of a rank."""
        if rank >= CARD and self.coming > COMING:
            return min(MOST[rank], READING_MOST)
        return MOST[rank] + (min(self.ranks.count(LIST), KEPT[LIST]) if rank == URGENT else 0)

    def rest(self, rank: int, count: int = 1) -> float:
        """Return the seconds until so many more calls of a rank are within the budget; 0: now."""
        moments = (self.seconds - age for age in self.ages)
        return next((at for at in (0.0, *moments) if self.later(at + INSTANT_S).has_room(rank, count)), self.seconds)

    def room(self, count: int) -> int:
        """Return how many of so many pictures fit at once; a few at a time where there is not room for all."""
        return max(1, min(count, ALBUMS_MOST - self.used))

    def may(self, rank: int) -> bool:
        """Whether it is the turn of a rank: within its budget, and not too close behind the call before."""
        if not self.has_room(rank):
            return False
        if rank <= WORK or self.relaxed or (rank == CARD and not self.crowded):
            return True
        before = next((age for age, rank in self._newest_first() if rank not in (*OF_PRESSES, ICON)), self.seconds)
        return before >= (self.seconds / MOST[CARD] if self.crowded else CALM_REST_S)

    def _newest_first(self) -> Iterator[tuple[float, int]]:
        ranks = self.ranks + (LINE,) * (self.used - len(self.ranks))
        return zip(reversed(self.ages), reversed(ranks), strict=True)

    def rank_most(self) -> int:
        """Return the least urgent rank whose turn it is; -1 when nothing may go."""
        if not self.ages and not self.crowded:
            return max(MOST)  # nothing was said lately: asked at every look for work, so not worked out for each rank
        return max((rank for rank in MOST if self.may(rank)), default=-1)

    def later(self, by: float) -> Minute:
        """Return how the window looks some seconds later, if nothing is said meanwhile."""
        ages = tuple(age + by for age in self.ages if age + by < self.seconds)
        ranks = self.ranks[len(self.ages) - len(ages) :]
        waiting, coming = self.waiting if ages else 0, self.coming if by < COMING_S else 0
        return replace(self, ages=ages, ranks=ranks, waiting=waiting, coming=coming)
