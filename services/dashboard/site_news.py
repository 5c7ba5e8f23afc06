"""What is new for a visitor of a site: lines that are new or changed, those that are gone, whether somebody writes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from services.api.site_chat import Line, SiteChat
from services.dashboard.live_updates import LiveUpdates, Watch

__all__ = ["SiteNews", "SiteTold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTold:
    """Empty: the line still stands."""

    lines: tuple[Line, ...] = ()
    gone: tuple[UUID, ...] = ()
    typing: bool = False


class SiteNews:
    """Compares what is there with what has been told: so nothing is missed, whatever became of a line."""

    def __init__(self, *, chat: SiteChat, live_updates: LiveUpdates) -> None:
        self._chat = chat
        self._live_updates = live_updates

    async def follow(self, visitor: str) -> AsyncGenerator[SiteTold]:
        """Yield all that is shown at once, then what is new; it ends where the visitor is not known, or no more."""
        window = await self._chat.window(visitor)
        if window is None:
            return
        watch = Watch(customer_id=window.customer_id)
        told: dict[UUID, Line] = {}
        async with aclosing(self._live_updates.watch(watch)) as news:
            async for typing in news:
                window = await self._chat.window(visitor)
                if window is None:
                    return
                watch.ticket_id = window.ticket_id
                lines = tuple(line for line in window.lines if told.get(line.message_id) != line)
                now = {line.message_id: line for line in window.lines}
                gone = _gone(told, now)
                told = now
                yield SiteTold(lines=lines, gone=gone, typing=typing and not lines)

    async def typing(self, visitor: str) -> None:
        """Let the team see that a visitor writes."""
        found = await self._chat.ticket(visitor)
        if found is not None:
            self._live_updates.customer_types(*found)


def _gone(told: Mapping[UUID, Line], now: Mapping[UUID, Line]) -> tuple[UUID, ...]:
    """Return the lines that were taken back; older ones have only been pushed out."""
    first = min((line.row for line in now.values()), default=0)
    return tuple(one for one, line in told.items() if one not in now and line.row >= first)
