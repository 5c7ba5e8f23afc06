"""The calls that are out, so that some that hang do not keep the rest waiting."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

PRIVATE: Final = 0
"""Stands for all private chats."""
HANGS_S: Final = 0.5
"""A call that takes longer than this is waited for, but not by others."""


class CallsInFlight:
    """Knows for how long each call has been out."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._numbers = count()
        self._since: defaultdict[int, dict[int, float]] = defaultdict(dict)

    @contextmanager
    def call(self, chat_id: int) -> Iterator[None]:
        """Make a call to a chat in here. A negative id is a group's."""
        number, since = next(self._numbers), self._since[min(chat_id, PRIVATE)]
        since[number] = self._clock()
        try:
            yield
        finally:
            del since[number]

    def hanging(self, chat_id: int | None) -> int:
        """Return how many calls to a group hang; of all private chats together for None."""
        before = self._clock() - HANGS_S
        return sum(since < before for since in self._since[chat_id or PRIVATE].values())
