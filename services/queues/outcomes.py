"""How a task can end other than by being carried out: raised by whoever acts on it, and met by the worker."""

from __future__ import annotations

from datetime import timedelta


class PermanentFailure(Exception):  # says what the task is
    """Raised for a task that no further try can help; the text is shown to people."""


class Postpone(Exception):  # not a fault of the task
    """Raised when a task has to wait for something outside: its tries are not used up."""

    def __init__(self, after: timedelta, reason: str) -> None:
        super().__init__(reason)
        self.after = after


class Retry(Exception):  # a wish
    """Raised for a task that deserves one of its further tries, after a while if one is given."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after
