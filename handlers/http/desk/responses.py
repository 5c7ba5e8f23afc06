"""What the desk answers, field by field. Texts are plain: whoever shows them must not take them for markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Response(BaseModel):
    """Made from the values of the services, by their names."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Done(Response):
    """It is done, and there is nothing to tell."""

    status: Literal["success"] = "success"


class Person(Response):
    """An operator."""

    id: int
    name: str


class Me(Response):
    """Who asks. `csrf`: what the header X-CSRF-Token of each change has to say.

    Of a program with a token `csrf` is empty and `session` is null; its id is below zero.
    """

    operator: Person
    role: Literal["operator", "admin"]
    csrf: str
    session: int | None
    app: str
    language: str
    """The team's."""
    timezone: str
    invited: bool
    """An admin, while the set-up is not complete."""


class Welcome(Response):
    """Signed in. `session` goes into `Authorization: Session …` where a frame gets no cookies."""

    session: str | None


class Session(Response):
    """One browser that is signed in."""

    id: int
    entrance: Literal["link", "telegram", "playground"]
    device: str
    created_at: datetime
    seen_at: datetime
    here: bool = False
    """It is the one that asks."""


class SessionList(Response):
    sessions: Sequence[Session]


class LastLine(Response):
    """The last line of a ticket's conversation."""

    author: Literal["customer", "bot", "operator"]
    kind: str
    text: str
    at: datetime


class Ticket(Response):
    """A ticket, as a list shows it."""

    id: int
    customer_id: int
    customer: str
    username: str | None
    channel: Literal["telegram", "api", "business", "direct", "web"]
    state: Literal["waiting", "awaiting_customer", "snoozed", "closed"]
    priority: Literal["low", "medium", "high", "critical"]
    reason: str
    scenario: str | None
    question: str
    operator: Person | None
    opened_at: datetime
    closed_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    ending: str | None
    last: LastLine | None


class Counts(Response):
    """How many open tickets the views hold."""

    waiting: int
    mine: int
    open: int
    snoozed: int


class TicketPage(Response):
    """Some tickets. `next` is where to go on: null at the end. `now` is the server's time."""

    tickets: Sequence[Ticket]
    next: str | None
    counts: Counts
    now: datetime


class Site(Response):
    """Where on a site a customer writes, and the e-mail address that they have left."""

    page_url: str
    page_title: str
    email: str


class Customer(Response):
    """Whom a ticket is about. `external_id`: Telegram's user id, the API's `client_id`, a visitor's id of a site."""

    id: int
    name: str
    username: str | None
    channel: Literal["telegram", "api", "business", "direct", "web"]
    external_id: str
    language: str
    reachable: bool
    since: datetime
    banned: bool
    """What they write is kept and goes no further."""
    note: str | None
    """What the team has noted about them."""
    tickets_count: int | None
    """How many tickets they have had; null in lists."""
    site: Site | None
    """Null in lists, and for who writes elsewhere."""


class PastTicket(Response):
    """One of a customer's tickets."""

    id: int
    state: Literal["waiting", "awaiting_customer", "snoozed", "closed"]
    scenario: str | None
    opened_at: datetime
    closed_at: datetime | None
    question: str


class Suggestion(Response):
    """An answer that the bot proposes.

    `missing`: facts that nobody has filled in yet; `gaps`: what somebody has to write in before it can be sent;
    `words`: the choice by which just these words are sent.
    """

    id: int
    title: str
    text: str
    missing: Sequence[str]
    gaps: Sequence[str]
    words: str


class Subject(Response):
    """A ticket with its customer and their other tickets, the newest first."""

    ticket: Ticket
    confidence: float | None
    reasoning: str | None
    customer: Customer
    tickets: Sequence[PastTicket]
    now: datetime
    suggestion: Suggestion | None


class Written(Response):
    """The line that was written."""

    id: int


class Ready(Response):
    """An answer that is ready, as this customer would read it. `missing`: facts that nobody has filled in yet."""

    scenario: str | None
    """None: it is one of the team's own."""
    answer: str | None
    title: str
    text: str
    missing: Sequence[str]
    proposed: bool
    """It is what the ticket is about."""


class ReadyList(Response):
    answers: Sequence[Ready]


class Outcome(Response):
    """What came of something: a key, and the same in words."""

    outcome: str
    words: str


class Place(Response):
    """A group, or a topic of it, that tickets may be in; `code` is what narrows a list to it."""

    code: str
    name: str


class Choices(Response):
    """What filters and menus offer, and what the codes of the answers mean in the page's language."""

    colleagues: Sequence[Person]
    scenarios: Mapping[str, str]
    answers: Mapping[str, str]
    """Titles of the answers of scenarios, by both keys with a slash between."""
    places: Sequence[Place]
    """One alone where no routes lead elsewhere."""
    words: Mapping[str, Mapping[str, str]]
