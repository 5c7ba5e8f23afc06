"""What the desk takes about unanswered questions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handlers.http.bodies import Text
from handlers.http.desk.answer_requests import Code, Words
from handlers.http.desk.requests import Acting, Scenario, Strict

Kind = Literal["open", "decided", "hidden"]


class QuestionsQuery(Strict):
    """Which groups: those that wait for a decision, that were decided on, or that were hidden; from a place on."""

    kind: Kind = "open"
    words: Annotated[Text, StringConstraints(max_length=200)] = ""
    past: Annotated[int, Field(ge=0, le=100_000)] = 0


class DecisionBody(Acting):
    """What becomes of a group.

    `make`: an answer of its own, of `title`, `language` and `text`; `join`: its questions become phrases of an answer
    that is there; `belong`: they belong to it, and learning alone hears of that; `foreign`: none of the business's;
    `undo`: whatever was decided is taken back.
    """

    action: Literal["make", "join", "belong", "foreign", "hide", "undo"]
    scenario: Scenario | None = None
    answer: Scenario | None = None
    title: Annotated[Text, StringConstraints(max_length=200)] = ""
    language: Code | None = None
    text: Words = ""
