"""When the group is told what: the worker asks before it claims, a delivery before it spends two calls on one thing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.delivery.group_budget import Budget
from services.delivery.group_minute import Minute
from services.delivery.operator_group import Group
from services.queues.outbox import PRESSED, URGENT, WORK
from services.queues.outcomes import Postpone
from services.queues.worker import Capacity
from storage.records import Task, Ticket

LINES_S: Final = 8.0
"""Between two messages with lines of one ticket, once the window fills: what is written meanwhile travels together."""
CALM_LINES_S: Final = 3.0
"""The same where no crowd waits, and this is no flood."""
AT_ONCE: Final = 3
"""Messages with lines of one ticket that follow each other at once in a calm group. A flood is joined from then on."""
LOOK_AGAIN_S: Final = 2.0
"""A lane rests no longer at a time: what is urgent may join it."""
LANES_MOST: Final = 1_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """When lines of a ticket went out last, and how many messages with such lines followed each other closely."""

    at: float
    in_a_row: int


class Pace:
    """Knows one group and its window."""

    def __init__(self, *, budget: Budget, group: Group, slots: int, clock: Clock = time.monotonic) -> None:
        """`slots`: how many lanes are worked on at the same time."""
        self._budget = budget
        self._group = group
        self._slots = slots
        self._clock = clock
        self._said: dict[str, _Said] = {}

    @property
    def minute(self) -> Minute:
        return self._budget.minute(self._group.chat_id)

    @property
    def full(self) -> bool:
        """Whether what is critical has no room as a card."""
        return self.minute.rest(URGENT) > 0

    def capacity(self, busy: int) -> Capacity:
        """Return what may be claimed. One slot is kept for what is urgent, so a slow call does not hold it up.

        Where calls keep their distance they are made one at a time, or those under way would not count yet.
        """
        minute, free = self.minute, self._slots - busy
        rank = minute.rank_most()
        if rank < PRESSED:
            return Capacity(most=0)
        if busy and (free <= 1 or not minute.relaxed):
            return Capacity(most=free, rank_most=min(rank, URGENT))
        return Capacity(most=max(1, min(free - 1, minute.at_once - minute.used)), rank_most=rank)

    def holds(self, rank: int) -> bool:
        """Whether what has a rank has to wait, because the likes of it have had their part of the window."""
        return not self.minute.has_room(rank)

    async def topic_now(self, chat_id: int, ticket: Ticket) -> bool:
        """Whether a ticket gets its topic together with its card: later, when there is hardly room for all cards."""
        minute = await self._budget.look(chat_id)
        return minute.calm or (ticket.status == "taken" and minute.has_topic_room(WORK))

    def wait_for_more(self, task: Task, *, joins: bool) -> None:
        """Raise Postpone for lines of a ticket that come right after others. `joins`: text, which travels with more."""
        said = self._said.get(task.lane)
        if said is None or (self.minute.relaxed and not (joins and said.in_a_row >= AT_ONCE)):
            return
        flood = self.minute.crowded or (joins and said.in_a_row >= AT_ONCE)
        rest = said.at + (LINES_S if flood else CALM_LINES_S) - self._clock()
        if rest > 0:
            raise Postpone(timedelta(seconds=min(rest, LOOK_AGAIN_S)), "more lines may come")

    def said(self, task: Task) -> None:
        """Note that lines of a ticket have gone out."""
        now = self._clock()
        if len(self._said) > LANES_MOST:
            self._said = {lane: said for lane, said in self._said.items() if now - said.at < 2 * LINES_S}
        before = self._said.get(task.lane)
        in_a_row = before.in_a_row if before is not None and now - before.at < 2 * LINES_S else 0
        self._said[task.lane] = _Said(at=now, in_a_row=in_a_row + 1)
