"""When what may have arrived is sent again: once more at the most, and only when sending is known to work.

What a sick server (5xx) has answered twice is played again after a calm, marked for its reader as a possible repeat:
such a server has mostly done nothing. What was cut off twice (reset, time-out, kill) has mostly arrived; it is set
aside as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from services.delivery.messenger import Unsure
from services.delivery.outages import GuardedCall, Outages
from services.messages.effects import Words
from services.messages.lengths import MESSAGE, units
from services.queues.outcomes import Postpone
from services.texts import label, say
from storage.records import Task

SENDS: Final = 2
"""How often one effect is sent before it is set aside, or sent again with a mark."""
MARKED_SENDS: Final = 6
"""How often more, where the server itself said that it is not well: it may take ten minutes in all."""
DOUBTS_MOST: Final = 10_000


class Unconfirmed(Exception):  # says what the effect is
    """Nobody knows whether it has arrived, and it may not be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """Since when, by the clock of this process, and whether the server had said that it is not well."""

    since: float
    sick: bool


class Repeats:
    """Remembers what is in doubt since when; how often it was sent stands in the outbox."""

    def __init__(self, *, outages: Outages, takes_messages: Callable[[], Awaitable[bool]]) -> None:
        self._outages = outages
        self._takes_messages = takes_messages
        self._doubts: dict[int, _Doubt] = {}
        self._next_at = outages.clock() + outages.pace.proven
        """When the next of those may go that a stop cut off."""

    async def allow(self, task: Task, call: GuardedCall) -> None:
        """Return if it may be sent now. Raises Postpone, or Unconfirmed.

        In an outage, and for a send in doubt that nothing has spoken for since, the server is first asked to take a
        message that it must refuse: a clear no costs nobody a duplicate.
        """
        if task.calls >= SENDS and _killed(task):
            raise Unconfirmed("cut off by a stop, twice")
        if _killed(task) and task.id not in self._doubts:
            self._let_it_live()
        doubt = self._doubt(task)
        if not call.probe and (doubt is None or self._outages.answered_at > doubt.since):
            return
        rest = timedelta(seconds=self._outages.pace.breath)
        if doubt is not None and not self._patient(task, doubt):
            raise Postpone(rest, "it may have arrived; waiting for better times")
        if not await self._takes_messages():
            self._outages.failed(call)
            raise Postpone(rest, "the messenger does not take messages")

    def _let_it_live(self) -> None:
        """Raise Postpone while this process is young, and for what comes right after another: a stop hits few again."""
        now = self._outages.clock()
        if self._next_at > now:
            raise Postpone(timedelta(seconds=self._next_at - now), "cut off by a stop; another may follow")
        self._next_at = now + self._outages.pace.apart

    def _doubt(self, task: Task) -> _Doubt | None:
        """Return what speaks against sending it again. The end of a process says nothing about the server."""
        if task.calls == 0 or (_killed(task) and task.id not in self._doubts):
            return None
        return self._doubts.setdefault(task.id, _Doubt(since=self._outages.clock(), sick=True))

    def _patient(self, task: Task, doubt: _Doubt) -> bool:
        pace = self._outages.pace
        reminders = pace.single_sick if doubt.sick else pace.single
        return self._outages.clock() - doubt.since >= (reminders if task.calls < SENDS else pace.calm)

    def rest(self, task: Task, error: Unsure) -> timedelta:
        """Return for how long a task now in doubt rests. Raises Unconfirmed."""
        sends = task.calls + 1
        if sends >= SENDS and not (error.sick and sends < SENDS + MARKED_SENDS):
            self._doubts.pop(task.id, None)
            raise Unconfirmed(str(error))
        if len(self._doubts) > DOUBTS_MOST:
            self._doubts.clear()
        self._doubts[task.id] = _Doubt(since=self._outages.clock(), sick=error.sick)
        pace = self._outages.pace
        calm = min(pace.calm * 2 ** (sends - SENDS), pace.calm_most)
        return timedelta(seconds=pace.breath if sends < SENDS else calm)

    def settled(self, task: Task) -> None:
        self._doubts.pop(task.id, None)


def _killed(task: Task) -> bool:
    """Whether the process ended in the middle of its last call."""
    return task.attempts < task.calls


def is_marked(task: Task) -> bool:
    """Whether the readers of what goes out now may know it already."""
    return task.calls >= SENDS


def perhaps_again(words: Words, language: str) -> Words:
    """Return the words with a mark in front that says so."""
    mark = say("note.perhaps_again", language) + "\n" if words.html else label("note.perhaps_again", language) + "\n"
    if units(mark) + units(words.text) > MESSAGE:
        return words
    entities = tuple({**entity, "offset": int(entity["offset"]) + units(mark)} for entity in words.entities)
    return replace(words, text=f"{mark}{words.text}", entities=entities)
