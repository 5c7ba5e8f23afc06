"""What came of verbs."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.http.desk.responses import Outcome, Response


class VerbOutcome(Outcome):
    """What came of a verb."""

    done: bool
    """Whether something has changed."""
    entry: int | None
    """What POST /api/desk/undo takes to take it back; null where that cannot be done."""


class TicketOutcome(VerbOutcome):
    """The same of one of several; `ticket` is null where an entry names none."""

    ticket: int | None


class Outcomes(Response):
    """In the order in which they were asked for."""

    outcomes: Sequence[TicketOutcome]
