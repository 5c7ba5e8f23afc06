"""How long to wait before another try."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

_FIRST_S: Final = 1.0
_MOST_S: Final = 60.0


def backoff(attempt: int, *, most_s: float = _MOST_S) -> timedelta:
    """Return 1, 2, 4 … seconds for attempt 0, 1, 2 …, each up to a quarter longer so that crowds come apart."""
    seconds = min(_FIRST_S * 2 ** min(attempt, 10), most_s)
    return timedelta(seconds=seconds * random.uniform(1, 1.25))  # noqa: S311  # jitter is no secret
