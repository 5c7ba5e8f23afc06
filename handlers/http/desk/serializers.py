"""From what the services know to what the desk answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.http.desk import responses
from services.dashboard.conversations import Customer, SiteVisitor, Subject, Ticket, words_of
from services.dashboard.inbox import Choices, TicketLine
from services.dashboard.words import words_of_codes
from services.desk.suggesting import Proposed
from services.templates.variables import plain_words
from services.texts.html import plain

QUESTION_MOST: Final = 300
"""Characters of a question in a list."""
NAME_MOST: Final = 64


def ticket(line: TicketLine) -> responses.Ticket:
    known = (
        responses.Person(id=line.operator_id, name=line.operator_name or "") if line.operator_id is not None else None
    )
    return responses.Ticket(
        id=line.id,
        customer_id=line.customer_id,
        customer=_name(line),
        username=line.username,
        channel=line.channel,
        state=line.state,
        priority=line.priority,
        reason=line.reason,
        scenario=line.scenario,
        question=plain_words(line.question, cap=QUESTION_MOST),
        operator=known,
        opened_at=line.opened_at,
        closed_at=line.closed_at,
        waiting_since=line.waiting_since,
        snoozed_until=line.snoozed_until,
        ending=line.ending,
        last=_last(line),
    )


def _name(line: TicketLine) -> str:
    full = plain_words(f"{line.first_name} {line.last_name}", cap=NAME_MOST)
    return full or plain_words(line.external_id, cap=NAME_MOST)


def _last(line: TicketLine) -> responses.LastLine | None:
    if line.last_author is None or line.last_kind is None or line.last_at is None:
        return None
    words = words_of(line.last_text or "", line.last_author, None)
    return responses.LastLine(
        author=line.last_author, kind=line.last_kind, text=plain_words(words, cap=QUESTION_MOST), at=line.last_at
    )


def subject(found: Subject, reasoning: str | None) -> responses.Subject:
    return responses.Subject(
        ticket=ticket(found.line),
        confidence=found.ticket.confidence,
        reasoning=reasoning,
        customer=customer(found.customer, found.name, tickets=found.tickets_count, site=found.site),
        tickets=[past(one) for one in found.tickets],
        now=found.now,
        suggestion=suggestion(found.suggestion),
    )


def suggestion(one: Proposed | None) -> responses.Suggestion | None:
    if one is None:
        return None
    text = plain(one.reading.html)
    return responses.Suggestion(
        id=one.id,
        title=one.reading.title,
        text=text,
        missing=one.reading.missing,
        gaps=one.reading.gaps,
        words=one.token,
    )


def customer(
    one: Customer, name: str, *, tickets: int | None = None, site: SiteVisitor | None = None
) -> responses.Customer:
    return responses.Customer(
        id=one.id,
        name=name,
        username=one.username,
        channel=one.channel,
        external_id=one.external_id,
        language=one.language,
        reachable=one.reachable,
        since=one.created_at,
        banned=one.banned_at is not None,
        note=one.note,
        tickets_count=tickets,
        site=responses.Site.model_validate(site) if site else None,
    )


def past(one: Ticket) -> responses.PastTicket:
    return responses.PastTicket(
        id=one.id,
        state=one.state,
        scenario=one.scenario,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        question=plain_words(one.question, cap=QUESTION_MOST),
    )


def choices(found: Choices, places: Mapping[str, str], language: str) -> responses.Choices:
    return responses.Choices(
        colleagues=[responses.Person.model_validate(one) for one in found.colleagues],
        scenarios=_titles(found.scenarios, language),
        answers=_titles(found.answers, language),
        places=[responses.Place(code=code, name=name) for code, name in places.items()],
        words=words_of_codes(language),
    )


def _titles(known: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    return {key: titles.get(language) or next(iter(titles.values()), key) for key, titles in known.items()}
