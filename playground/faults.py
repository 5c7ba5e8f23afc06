"""The fault plan: what goes wrong with which of the next calls."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

ANY: Final = "*"
SENDS: Final = frozenset({"sendMessage", "copyMessage", "copyMessages"})
"""What puts something new before people."""
FOR_EVER: Final = sys.maxsize


class Kind(StrEnum):
    """What the caller sees."""

    HTTP_500_HTML = "http_500_html"
    HTTP_502_HTML = "http_502_html"
    EMPTY_504 = "empty_504"
    BARE_500 = "bare_500"
    """A 500 as JSON that lacks `description`."""
    RESET = "reset"
    """The connection breaks."""
    HANG = "hang"
    """Silence for `seconds`, or until the fault is let go, then the true answer."""
    TOO_MANY_REQUESTS = "too_many_requests"
    FORBIDDEN = "forbidden"
    BAD_REQUEST = "bad_request"
    """A 400 with `text`."""
    EXTRA_FIELDS = "extra_fields"
    """The true answer, with fields and enum values that nobody knows yet. Always carried out."""
    UNDECODABLE = "undecodable"
    """`ok`, with a result of a shape that no client expects. Always carried out."""


CARRIED_OUT: Final = frozenset({Kind.EXTRA_FIELDS, Kind.UNDECODABLE})


@dataclass(kw_only=True, slots=True)
class Fault:
    """Strikes the next `times` calls of `method` (`*`: any but getUpdates) to `chat_id` (None: any)."""

    method: str | Collection[str]
    kind: Kind
    times: int = 1
    after_effect: bool = False
    """True: the call is carried out first, and only the answer is lost."""
    chat_id: int | Callable[[int | None], bool] | None = None
    when: Callable[[Mapping[str, Any]], bool] | None = None
    """Asked with the parameters of the call."""
    skip: int = 0
    """So many matching calls pass first."""
    share: float = 1.0
    """Of the matching calls, at random; the plan's seed decides which."""
    seconds: float = 1.0
    retry_after: int = 1
    text: str = "Forbidden: bot was blocked by the user"
    struck: int = field(default=0, init=False)
    over: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _methods: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        self.after_effect = self.after_effect or self.kind in CARRIED_OUT
        methods = [self.method] if isinstance(self.method, str) else self.method
        self._methods = frozenset(method.lower() for method in methods)

    def let_go(self) -> None:
        """Let every call that hangs have its answer now."""
        self.over.set()

    def matches(self, method: str, params: Mapping[str, Any], chat_id: int | None) -> bool:
        named = method != "getUpdates" if self.method == ANY else method.lower() in self._methods
        wanted = self.chat_id
        there = wanted is None or (wanted(chat_id) if callable(wanted) else wanted == chat_id)
        return named and there and self.struck < self.times and (self.when is None or self.when(params))


class Faults:
    """The plan; first come, first struck."""

    def __init__(self, *, seed: int = 0) -> None:
        self._plan: list[Fault] = []
        self._chance = random.Random(seed)  # noqa: S311  # a story that can be told again

    def add(self, fault: Fault) -> Fault:
        self._plan.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self._plan.remove(fault)

    def clear(self) -> None:
        self._plan.clear()

    def take(self, method: str, params: Mapping[str, Any], chat_id: int | None) -> Fault | None:
        for fault in self._plan:
            if fault.matches(method, params, chat_id):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if self._chance.random() >= fault.share:
                    continue
                fault.struck += 1
                return fault
        return None
