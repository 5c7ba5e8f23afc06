"""How the desk tells of unanswered questions. Customers' words are masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handlers.http.desk.responses import Response

State = Literal["open", "answered", "placed", "foreign", "hidden"]


class QuestionGroup(Response):
    """Questions of one meaning. `title`: the most typical; `topic`: the answer that they belong to by now, in words."""

    id: int
    state: State
    title: str
    language: str
    count: int
    this_week: int
    week_before: int
    since_decided: int
    first_at: datetime
    last_at: datetime
    scenario: str | None
    answer: str | None
    topic: str | None
    decided_by: str | None
    decided_at: datetime | None


class QuestionGroups(Response):
    """Some of them, those first that were asked most this week; `count`: how many there are."""

    groups: Sequence[QuestionGroup]
    count: int


class Asked(Response):
    """One question, and the ticket that was opened for it."""

    ticket_id: int
    language: str
    text: str
    asked_at: datetime


class Reply(Response):
    """What an operator answered. `source`: the same as it would be stored; `gaps`: what is missing in it, in words."""

    ticket_id: int
    author: str
    text: str
    created_at: datetime
    source: str
    gaps: Sequence[str]


class Topic(Response):
    """An answer that questions can belong to. `likely`: the engine took some of them for it, without being sure."""

    scenario: str
    answer: str | None
    title: str
    likely: bool


class QuestionSheet(Response):
    """A group as a whole. `topics`: the likely ones first; `proposed`: a title for an answer of its own."""

    group: QuestionGroup
    questions: Sequence[Asked]
    replies: Sequence[Reply]
    topics: Sequence[Topic]
    proposed: str


class Decided(Response):
    """How a group stands now."""

    state: State
    scenario: str | None
    answer: str | None


class Lesson(Response):
    """The first reply in a ticket, as an answer for all. `gaps`: what is missing in `source`, in words."""

    state: Literal["offered", "taught", "none"]
    question: str = ""
    proposed: str = ""
    source: str = ""
    gaps: Sequence[str] = ()
    topics: Sequence[Topic] = ()


class Taught(Response):
    """Which answer it belongs to now; null where it was declined or taken back."""

    scenario: str | None
    answer: str | None
