"""What came of verbs."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.http.desk.told import Told


class Outcome(Told):
    """What came of a verb: a key, and the same in words."""

    outcome: str
    words: str
    done: bool
    """Whether something has changed."""
    entry: int | None
    """What POST /api/desk/undo takes to take it back; null where that cannot be done."""


class TicketOutcome(Outcome):
    """The same of one of several; `ticket` is null where an entry names none."""

    ticket: int | None


class Outcomes(Told):
    """In the order in which they were asked for."""

    outcomes: Sequence[TicketOutcome]
