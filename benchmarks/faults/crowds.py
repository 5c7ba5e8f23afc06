"""A hundred customers call for people within a second; the group takes twenty calls a minute.

The same minute as `python -m benchmarks group`, counted as the other scenarios are.
"""

from __future__ import annotations

from benchmarks.faults.figures import Figures, share, times_sent
from benchmarks.group.run import CRITICAL, MINUTE_S, SOON_S, SPENT, measured


async def plain_group(database: str) -> Figures:
    """Watch a group without topics."""
    return await _watched(database, forum=False)


async def forum(database: str) -> Figures:
    """Watch a group with topics."""
    return await _watched(database, forum=True)


async def _watched(database: str, *, forum: bool) -> Figures:
    """Lost is who is not visible to the team within the minute; the seconds are those until somebody is."""
    minute = await measured(forum=forum, spent=SPENT[0], on=database)
    waits = sorted(at for at in minute.seen.visible.values() if at <= MINUTE_S)
    times = times_sent(minute.playground.calls)
    return Figures(
        scenario=f"100 at once, {'forum' if forum else 'plain group'}",
        asked=len(minute.crowd),
        lost=len(minute.crowd) - len(waits),
        repeated=sum(times) - len(times),
        copies=max(times, default=0),
        refused=minute.refused,
        p50_s=share(waits, 0.5),
        p95_s=share(waits, 0.95),
        slowest_s=waits[-1] if waits else 0.0,
        note=f"{minute.spent} calls spent before; critical cards within {SOON_S:.0f} s: "
        f"{minute.critical_soon(minute.seen.cards)} of {CRITICAL}; pressed buttons shown in {minute.presses} s",
    )
