"""What the desk tells about the set-up, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.http.desk.responses import Response

Step = Literal["name", "languages", "begin", "pairs", "facts", "try", "score"]


class SetupPhrasing(Response):
    """Another way of asking that a model proposes."""

    language: str
    text: str
    ticked: bool


class SetupPair(Response):
    """A question of the owner's file. `html`: the answer in Telegram's HTML."""

    id: int
    state: Literal["new", "kept", "skipped", "merged"]
    questions: Sequence[str]
    title: str
    html: str
    topic: str
    language: str
    place: str
    target: str | None
    """The answer that it is merged with, by its name."""
    phrasings: Sequence[SetupPhrasing]


class SetupFound(Response):
    """A fact that the owner's answers tell."""

    key: str
    value: str
    ticked: bool


class SetupUnused(Response):
    """What was not taken from the file."""

    text: str
    place: str
    why: str


class SetupFact(Response):
    """A fact that answers need. `uses`: how many texts name it."""

    key: str
    type: str
    question: Mapping[str, str]
    example: Mapping[str, str]
    value: str | None
    filled: bool
    uses: int


class SetupLikely(Response):
    """An answer that the pair may belong to, the likeliest first. `text`: as it is written in that language."""

    name: str
    title: str
    text: str | None


class SetupScore(Response):
    """What the bot would make of messages: counts."""

    n: int
    answered: int
    suggested: int
    people: int
    of_tests: bool


class Setup(Response):
    """Where the set-up stands."""

    step: Step
    number: int
    steps: Sequence[Step]
    holder: str | None
    mine: bool
    begun: bool
    paused: bool
    complete: bool
    service: str
    languages: Sequence[str]
    choice: str | None
    wanted: str | None
    applied: bool
    answers: int
    pair: int | None
    merging: bool
    pairs: Sequence[SetupPair]
    likely: Sequence[SetupLikely]
    found: Sequence[SetupFound]
    unused: Sequence[SetupUnused]
    unused_count: int
    fact: str | None
    facts: Sequence[SetupFact]
    tests: Sequence[str]
    learning: bool
    phrasings: bool
    """Whether a model can be asked for other ways of asking."""
    score: SetupScore | None
