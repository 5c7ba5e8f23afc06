"""What the desk tells about answers, field by field. Texts are Telegram's HTML where they are called `html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from handlers.http.desk.responses import Response

Priority = Literal["low", "medium", "high", "critical"]
Action = Literal["answer", "escalate", "answer_and_escalate"]
AnswerMode = Literal["off", "suggest", "auto"]
"""Who speaks: people, people with the text before them, the bot."""


class Template(Response):
    """One text of an answer."""

    language: str
    text: str


class Answer(Response):
    """One of the answers of a scenario that has several."""

    key: str
    title: Mapping[str, str]
    examples: Mapping[str, Sequence[str]]
    templates: Sequence[Template]
    priority: Priority | None
    action: Action | None
    mode: AnswerMode


class Scenario(Response):
    """A scenario as a whole."""

    key: str
    title: Mapping[str, str]
    description: str
    priority: Priority
    action: Action
    examples: Mapping[str, Sequence[str]]
    templates: Sequence[Template]
    answers: Sequence[Answer]
    mode: AnswerMode
    """Of its one text; of no meaning where it has answers."""


class Outline(Response):
    """A scenario in the list. `words`: what a search goes through."""

    key: str
    title: Mapping[str, str]
    priority: Priority
    action: Action
    answers: int
    phrases: int
    texts: int
    modes: Mapping[AnswerMode, int]
    """How many of its answers have each mode; none of those that people answer anyway."""
    waits_for: Sequence[str]
    """Facts without which some of its texts are not given."""
    lacks: Sequence[str]
    """What the doctor would say about it."""
    words: str


class Outlines(Response):
    """All scenarios in their order. `version` is what stands, `learned` what the engine of this process knows."""

    scenarios: Sequence[Outline]
    removed: Sequence[str]
    version: str
    learned: str | None
    facts: Sequence[str]
    """Keys that texts may name."""
    variables: Sequence[str]


class State(Response):
    """Whether the engine has learned what was saved."""

    version: str | None
    learned: str | None


class Use(Response):
    """What would miss a scenario if it were removed."""

    routes: Sequence[str]
    """Names of routes that lead its tickets to a group."""
    open_tickets: int


class Performance(Response):
    """How right an answer has been in its mode: `right` of `of`, which is between `lower` and `upper` of all cases.

    Above `mark` the bot asks to give a proposed answer by itself; one that it gives and that is below goes to people.
    """

    answer: str | None
    mode: AnswerMode
    right: float
    of: float
    lower: float
    upper: float
    mark: float


class Sheet(Response):
    """A scenario with the mark under which it was read, and what depends on it."""

    scenario: Scenario
    mark: str
    use: Use
    performance: Sequence[Performance]


class Fault(Response):
    """What is wrong, at which field and line."""

    place: str
    line: int | None
    message: str
    fix: str
    severity: Literal["error", "notice"]


class Preview(Response):
    """A text as a customer would read it."""

    place: str
    html: str | None
    missing: Sequence[str]


class Checked(Response):
    faults: Sequence[Fault]
    previews: Sequence[Preview]


class Kept(Response):
    """It is saved, under this mark; empty where it was removed."""

    mark: str


class AnswerVersion(Response):
    """A scenario as it stood once; null: it was removed then."""

    id: int
    author: str
    created_at: datetime
    scenario: Scenario | None


class Versions(Response):
    versions: Sequence[AnswerVersion]


class Mixed(Response):
    """Two things that the engine takes for each other."""

    gold: str
    named: str
    count: int
    of: int
    phrases: Sequence[str]


class MixedUp(Response):
    """The worst first; null while there was no time to find out."""

    pairs: Sequence[Mixed] | None


class FactValue(Response):
    """One version of a value; `language` is `*` for all of them."""

    id: int
    language: str
    value: str
    author: str
    created_at: datetime
    retired_at: datetime | None


class Fact(Response):
    """A fact, and what stands."""

    key: str
    type: str
    question: Mapping[str, str]
    example: Mapping[str, str]
    values: Sequence[FactValue]
    used_by: Sequence[str]
    from_settings: str | None


class Facts(Response):
    facts: Sequence[Fact]


class FactVersions(Response):
    versions: Sequence[FactValue]


class Canned(Response):
    """An answer of the team's own."""

    id: int
    title: str
    text: str
    author: str
    created_at: datetime
    html: str | None


class CannedList(Response):
    replies: Sequence[Canned]
