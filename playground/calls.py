"""The record of all Bot API calls, for assertions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

KEPT: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call and its answer."""

    method: str
    params: Mapping[str, Any]
    """As they came: a form brings strings."""
    chat_id: int | None
    at: float
    status: int
    """Of the HTTP answer; 0 when the connection was broken instead."""
    response: Any
    carried_out: bool
    """Whether it had its effect, whatever the caller was told."""

    @property
    def ok(self) -> bool:
        return isinstance(self.response, dict) and self.response.get("ok") is True


class Calls:
    """Every call in the order it ended; the oldest fall out at 100,000."""

    def __init__(self) -> None:
        self._kept: deque[Call] = deque(maxlen=KEPT)

    def add(self, call: Call) -> None:
        self._kept.append(call)

    def of(self, *methods: str, chat_id: int | None = None) -> list[Call]:
        names = {name.lower() for name in methods}
        return [c for c in self._kept if c.method.lower() in names and chat_id in (None, c.chat_id)]

    def clear(self) -> None:
        self._kept.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
