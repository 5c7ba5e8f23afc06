"""The last warnings and errors of this process, for the state page."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.dashboard.state import Logged

KEPT: Final = 50
FIELD_MOST: Final = 300
ONLY_IN_THE_LOG: Final = "bot.first_admin"
"""It logs codes that make admins."""
_TAKEN: Final = ("timestamp", "level", "event", "logger", "exception")


class Recent(logging.Handler):
    """Keeps them as they are logged: rendered as JSON, with secrets hidden."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__(level=logging.WARNING)
        self.setFormatter(formatter)
        self._lines: deque[str] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == ONLY_IN_THE_LOG:
            return
        try:
            self._lines.append(self.format(record))
        except Exception:  # noqa: BLE001  # what cannot be rendered is told by the log itself
            return

    def logged(self) -> Sequence[Logged]:
        """Return them, the newest first."""
        return [_read(json.loads(line)) for line in reversed(self._lines)]


def recent() -> Sequence[Logged]:
    """Return what this process has kept; nothing where logging was set up without it."""
    return next((one.logged() for one in logging.getLogger().handlers if isinstance(one, Recent)), ())


def _read(event: dict[str, Any]) -> Logged:
    told = event.get("timestamp")
    fields = {name: str(value)[:FIELD_MOST] for name, value in event.items() if name not in _TAKEN}
    if error := event.get("exception"):
        fields["exception"] = str(error).strip().rpartition("\n")[2][:FIELD_MOST]
    return Logged(
        at=datetime.fromisoformat(told) if isinstance(told, str) else None,
        level=str(event.get("level", "")),
        event=str(event.get("event", ""))[:FIELD_MOST],
        fields=fields,
    )
