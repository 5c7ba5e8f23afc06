"""What can be done with a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.classify.verdict import Guess
from storage.closed_sets import Reason
from storage.matters import Matter
from storage.records import Answer, Scenario, Ticket


@dataclass(frozen=True, slots=True)
class Relay:
    """People look after this customer: pass it on."""

    ticket: Ticket
    suggested: tuple[Matter, ...] = ()
    """Answers that fit, which people are to send or not."""
    unknown: bool = False
    """The bot was asked, and could not answer."""


@dataclass(frozen=True, slots=True)
class GiveAnswer:
    """Answer from a template; `handover`: people also look at it."""

    scenario: Scenario
    answer: Answer | None = None
    """None: the scenario has one text."""
    handover: bool = False
    also: tuple[Matter, ...] = ()
    """Answers to further questions of the same message."""
    rest: bool = False
    """Something else is asked that people have to answer."""
    suggested: tuple[Matter, ...] = ()
    """Of what is left to people: answers that they are to send or not."""

    @property
    def matter(self) -> Matter:
        return Matter(self.scenario, self.answer)


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask "did you mean": up to three scenarios, the likeliest first."""

    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """Ask which answer of a scenario was meant, the likeliest first."""

    scenario: Scenario
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Escalate:
    """Ask people."""

    reason: Reason
    scenario: Scenario | None = None
    answer: Answer | None = None
    suggested: tuple[Matter, ...] = ()
    """Answers that fit, which people are to send or not."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Store it and say nothing: the customer is over the limit."""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Nothing is asked for: say a standing line, or nothing where silence is polite, and call nobody."""

    key: Literal["declined", "nothing_asked"]
    """Which line, among the texts of `customer`."""
    settles: int | None = None
    """The question that the line still belongs to: nothing is said then, where a channel can be silent."""


@dataclass(frozen=True, slots=True)
class LeaveToOwner:
    """The owner of the account or channel speaks with this customer by themselves: store it and say nothing."""


@dataclass(frozen=True, slots=True)
class TakeComment:
    """It is the comment on a rating."""

    ticket_id: int


Plan = TakeComment | LeaveToOwner | Relay | GiveAnswer | Clarify | Choose | Escalate | Keep | Acknowledge
