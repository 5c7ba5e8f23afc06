"""When the bot asks for an answer to give by itself, and when it gives one back: pure, a table in its test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from services.evaluation import wilson
from storage.closed_sets import AnswerMode

PROVEN: Final = 0.95
"""A proposed answer is asked for when it is right in more than this, at 90 % confidence."""
FAILING: Final = 0.90
"""An automatic one is given back when it is right in less than this, at 90 % confidence: customers call a person for
other reasons, too, so less is asked of it than of a decision that an operator has made."""
OF_CUSTOMER: Final = 0.5
"""What a customer's word against an answer weighs beside an operator's."""
AT_LEAST: Final = 3
"""So many cases must speak against an answer before it is given back: customers may just want a person."""
AT_LEAST_CORRECTED: Final = 2
"""So few are enough where operators have said that it was another matter: an answer that is asked for once a week would
else be wrong for a month before anybody stops it. One may be a slip."""
CLEARLY: Final = 2
"""The bot asks again when there are this many times the decisions that it asked with before."""
WINDOW: Final = 100
"""So many of the last decisions count."""
GIVEN_WINDOW: Final = 50
"""So many of the last automatic answers count: what changes in the business is seen soon."""
Step = Literal["offer", "give_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How right an answer was, in its present mode."""

    right: float = 0.0
    of: float = 0.0
    against: int = 0
    """How many cases speak against it."""
    corrected: int = 0
    """In how many of them an operator does."""

    @property
    def lower(self) -> float:
        """How right it is at least."""
        return wilson.lower(self.right, self.of)

    @property
    def upper(self) -> float:
        """How right it is at most."""
        return wilson.upper(self.right, self.of)


def of_decisions(sent: int, changed: int) -> Record:
    """Return the record of proposals: sent unchanged is right, edited or wrong is not."""
    return Record(right=sent, of=sent + changed, against=changed)


def of_given(count: int, corrected: int, unhelped: int) -> Record:
    """Return the record of automatic answers: right is what nobody has spoken against."""
    return Record(
        right=count - corrected - OF_CUSTOMER * unhelped, of=count, against=corrected + unhelped, corrected=corrected
    )


def step(mode: AnswerMode, record: Record, asked_of: int | None) -> Step | None:
    """Return what is due. `asked_of`: with how many decisions the bot has asked before."""
    match mode:
        case "suggest":
            again = asked_of is None or record.of >= CLEARLY * asked_of
            return "offer" if again and record.lower > PROVEN else None
        case "auto":
            enough = record.against >= AT_LEAST or record.corrected >= AT_LEAST_CORRECTED
            return "give_back" if enough and record.upper < FAILING else None
        case "off":
            return None
