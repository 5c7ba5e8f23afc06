"""What operators answered, as answers that the bot could give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from services.classify.order_numbers import order_number
from services.desk.ready_answers import mark_of
from services.scenarios.facts import HOURS, Facts
from services.scenarios.gaps import gap
from services.templates import TemplateInvalid, Templates
from services.templates.variables import FACTS
from services.texts import word_of
from services.unanswered.reply_template import ReplyContext, ReplyTemplate, template_of
from storage.closed_sets import Language
from storage.records import Customer, Ticket
from storage.units import Unit

SOURCE_MOST: Final = 3500
"""Characters of a reply that become an answer: longer ones would not fit into a message once names are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply, as it was written and as it would be stored."""

    id: int
    """The operator's line."""
    ticket_id: int
    author: str
    text: str
    created_at: datetime
    source: str
    reads: str
    """The stored text as people read it, in HTML: names stand as gaps, facts with their values."""
    gaps: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Names just this text: saving asks for it, so nothing is saved that nobody has seen."""
        return mark_of(self.source)


def replies_of(unit: Unit, group_id: int, facts: Facts, language: Language, *, most: int) -> list[Reply]:
    """Return what was answered first to the questions of a group, the newest first, each text once."""
    found: dict[str, Reply] = {}
    for one in unit.question_pages.answers(group_id, most=most):
        ticket = unit.tickets.get(one.ticket_id)
        customer = unit.customers.get(ticket.customer_id) if ticket else None
        if ticket is None or customer is None:
            continue
        made = stored(one.text, ticket, customer, operator=one.author_name or "", facts=facts, language=language)
        reply = Reply(
            id=one.id,
            ticket_id=one.ticket_id,
            author=one.author_name or "",
            text=one.text,
            created_at=one.created_at,
            source=made.source,
            reads=reads(made.source, facts, language),
            gaps=made.gaps,
        )
        found.setdefault(reply.mark, reply)
    return list(found.values())


def stored(
    text: str, ticket: Ticket, customer: Customer, *, operator: str, facts: Facts, language: Language
) -> ReplyTemplate:
    """Return a reply as it would be stored."""
    about = ReplyContext(
        first_name=customer.first_name,
        last_name=customer.last_name,
        operator=operator,
        ticket=ticket.id,
        order=order_number(ticket.question),
        facts=_values(facts, language),
    )
    return template_of(text[:SOURCE_MOST], about, language)


def reads(source: str, facts: Facts, language: Language) -> str:
    """Return a stored text as people read it; itself where it cannot be rendered."""
    named = {
        "customer.first_name": gap(word_of("gap", "name", language)),
        "order_number": gap(word_of("gap", "number", language)),
        "ticket_number": gap(word_of("gap", "number", language)),
        FACTS: facts.values(language),
    }
    try:
        return Templates().render(source, named)
    except TemplateInvalid:
        return escape(source, quote=False)


def _values(facts: Facts, language: Language) -> Mapping[str, str]:
    """Return what the business says of itself; hours are said in other words each day."""
    return {key: value for key, value in facts.values(language).items() if key in facts.definitions and key != HOURS}
