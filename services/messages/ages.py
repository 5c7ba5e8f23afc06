"""How old something is by a clock that may be set back: what seems to come from the future is not young for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

NONE: Final = timedelta(0)


def age(now: datetime, then: datetime) -> timedelta:
    """Return the time since then; none where the clock has been set back meanwhile."""
    return max(NONE, now - then)


def left_of(pause: timedelta, now: datetime, then: datetime) -> timedelta:
    """Return what is left of a pause that began then: nothing if the clock says that it is yet to begin."""
    passed = now - then
    return pause - passed if NONE <= passed < pause else NONE


def is_near(now: datetime, then: datetime, within: timedelta) -> bool:
    """Whether two moments are close, whichever of them the clock calls the earlier one."""
    return abs(now - then) < within


def is_late(then: datetime | None, now: datetime, steady: datetime, *, after: timedelta) -> bool:
    """Whether more time has passed by the clock, and by one without its jumps: one set ahead makes nothing late."""
    return then is not None and age(min(now, steady), then) >= after
