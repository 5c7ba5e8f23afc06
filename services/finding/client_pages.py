"""A customer at a glance: who they are, what the team keeps in mind, their tickets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.desk.ticket_words import link_of, state_words
from services.messages.callbacks import encode
from services.messages.desk_presses import OnClient, OnHistory
from services.messages.effects import Button, Keyboard, Words
from services.messages.lengths import cut
from services.scenarios.answers import name_of
from services.templates.variables import plain_words
from services.texts import label, language_name, say, text_key
from services.texts.moments import clock, day
from storage.conversations import Summary
from storage.records import Customer, Ticket

NOTE_MOST: Final = 1000
USERNAME_MOST: Final = 64
QUESTION_MOST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """All that the page shows."""

    customer: Customer
    summary: Summary
    tickets: Sequence[Ticket]
    """The last ones, the newest first."""


def words(client: Client, zone: ZoneInfo, language: str) -> Words:
    text = Markup("\n").join(_lines(client, zone, language))
    return Words(text=text, buttons=_buttons(client.customer, language))


def choice(found: Sequence[Customer], language: str) -> Words:
    """Return the question which of several is meant."""
    rows = tuple(
        (Button(text=f"{name_of(one)} · {one.channel} {one.external_id}"[:60], press=encode(OnClient(one.id))),)
        for one in found
    )
    return Words(text=say("client.several", language), buttons=rows)


def _lines(client: Client, zone: ZoneInfo, language: str) -> Iterator[Markup]:
    customer, summary = client.customer, client.summary
    yield say(
        "client.who",
        language,
        name=name_of(customer),
        username=plain_words(customer.username or "", cap=USERNAME_MOST) or None,
        channel=customer.channel,
        id=customer.external_id,
        language=language_name(customer.language, language),
        since=day(customer.created_at, zone, language),
        reachable=customer.reachable,
        banned=customer.banned_by if customer.banned_at else None,
    )
    if customer.note:
        yield say("client.note", language, note=cut(customer.note, NOTE_MOST))
    last = clock(summary.last_at, zone, language) if summary.last_at else None
    yield say("client.counts", language, messages=summary.messages, tickets=summary.tickets, last=last)
    if summary.rated:
        yield say("client.rated", language, average=f"{summary.average:.1f}", count=summary.rated)
    for ticket in client.tickets:
        yield _ticket(ticket, zone, language)


def _ticket(ticket: Ticket, zone: ZoneInfo, language: str) -> Markup:
    return say(
        "client.ticket",
        language,
        mark=say(text_key("priority", ticket.priority), language),
        ticket=ticket.id,
        link=link_of(ticket),
        opened=day(ticket.opened_at, zone, language),
        state=state_words(ticket, zone, language),
        operator=ticket.operator_name,
        words=plain_words(ticket.question, cap=QUESTION_MOST),
    )


def _buttons(customer: Customer, language: str) -> Keyboard:
    history = Button(text=label("page_button.history", language), press=encode(OnHistory(customer.id)))
    export = Button(text=label("page_button.export", language), press=encode(OnClient(customer.id, "export")))
    return ((history, export),)
