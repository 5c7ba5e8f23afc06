"""The process of a bot that was started together with the playground: what the page shows of it and may do to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Beginning = Literal["example", "nothing"]
"""What a bot knows at first: all about a business that is an example, or nothing of any business."""
BEGINNINGS: Final[tuple[Beginning, ...]] = get_args(Beginning)


@dataclass(slots=True, kw_only=True)
class BotProcess:
    """How it is; whoever keeps it running writes that here."""

    kill: Callable[[], None]
    """End it at once, without a word of warning; whoever keeps it starts it again."""
    begin_anew: Callable[[Beginning], None] | None = None
    """Start it again without what it knows, and the playground without its chats; None: that cannot be done here."""
    running: bool = False
    fallen: bool = False
    """Whether it is not at work, or was not the last time, because it ended without being asked to."""
    ended: int = 0
    """How often that was."""
    pause_s: float = 0.0
    """How long it is left alone now before it is started again."""

    def as_json(self) -> dict[str, Any]:
        return {
            "running": self.running,
            "fallen": self.fallen,
            "ended": self.ended,
            "pause_s": self.pause_s,
            "forgets": self.begin_anew is not None,
        }
