"""The process of a bot that was started together with the playground: what the page shows of it and may do to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class BotProcess:
    """How it is; whoever keeps it running writes that here."""

    kill: Callable[[], None]
    """End it at once, without a word of warning; whoever keeps it starts it again."""
    running: bool = False
    ended: int = 0
    """How often it was not running any more."""
    pause_s: float = 0.0
    """How long it is left alone now before it is started again."""
