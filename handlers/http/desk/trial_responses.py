"""What the desk tells of a message that an admin tries, and of what they say of it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.http.desk.answer_responses import Priority
from handlers.http.desk.responses import Response


class Said(Response):
    """What would be done with a message, and what the customer would read."""

    outcome: str
    answers: bool
    html: str | None
    missing: Sequence[str]
    choices: Sequence[str]


class Likely(Response):
    """A topic or a question, and how likely it is meant."""

    name: str
    title: str
    confidence: float


class AnswerPlace(Response):
    """An answer, by its name as `SCENARIO` or `SCENARIO.ANSWER`."""

    name: str
    title: str


class TaughtByTrial(Response):
    """What a message asks about from now on; no scenario: it is none of the business's questions."""

    scenario: str | None
    answer: str | None
    title: str


class Trial(Response):
    """What the bot makes of a message. `places`: all answers, the likeliest first."""

    title: str
    scenario: str
    answer: str | None
    confidence: float
    engine: str
    reasoning: str
    nearest: Sequence[Likely]
    phrases: Sequence[str]
    places: Sequence[AnswerPlace]
    priority: Priority
    urgent_because: str | None
    now: Said
    after: Said | None
