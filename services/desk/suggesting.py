"""An answer that the bot may not send by itself stands on the card, and whatever people do with it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from services.desk.ready_answers import Reading
from services.learning.labelling import masked
from services.messages.effects import ShowCard
from services.messages.incoming import Operator
from services.queues.outbox import Outgoing, rank_of_card
from storage.closed_sets import Decision, LabelSource
from storage.matters import Matter, place_of
from storage.records import Message, Ticket
from storage.suggestions import Suggestion
from storage.units import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A suggestion that waits for a decision, as its customer would read it."""

    id: int
    reading: Reading

    @property
    def token(self) -> str:
        """What the button says that sends it: which suggestion, and just these words."""
        return f"{self.id}.{self.reading.mark}"


def suggest(unit: Unit, outgoing: Outgoing, ticket: Ticket, question: Message, matters: Iterable[Matter]) -> None:
    """Propose answers to a question; one that stands on the card already is not proposed twice."""
    there = {place_of(one.scenario, one.answer) for one in unit.suggestions.standing(ticket.id)}
    new = [matter for matter in matters if matter.name not in there]
    for matter in new:
        unit.suggestions.add(ticket.id, question.id, matter.scenario.key, matter.answer_key)
    if new:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))


def decide(unit: Unit, one: Suggestion, operator: Operator, decision: Decision, *, label: bool = True) -> None:
    """Keep what has become of a suggestion. `label`: it says what the customer's words are about, or are not."""
    unit.suggestions.decide(one.id, decision)
    if label:
        _label(unit, one, operator, decision)
    log.info("suggestion.decided", ticket=one.ticket_id, answer=place_of(one.scenario, one.answer), decision=decision)


def answered_with(unit: Unit, ticket: Ticket, operator: Operator, matter: Matter | None) -> None:
    """A ready answer was picked and sent: where it is what was proposed, that was right, and else it was not.

    The label of what was sent is kept by whoever sends it.
    """
    for one in unit.suggestions.standing(ticket.id):
        same = matter is not None and (one.scenario, one.answer) == (matter.scenario.key, matter.answer_key)
        decide(unit, one, operator, "sent" if same else "wrong", label=False)


def corrected(unit: Unit, ticket: Ticket, operator: Operator, matter: Matter | None) -> None:
    """Somebody has said what a ticket is about: what was proposed of another topic was not it."""
    for one in unit.suggestions.standing(ticket.id):
        if matter is None or (one.scenario, one.answer) != (matter.scenario.key, matter.answer_key):
            decide(unit, one, operator, "wrong", label=False)


def answered_in_words(unit: Unit, ticket: Ticket, operator: Operator) -> None:
    """An operator has written to the customer: the proposal was not sent as it is.

    Only who has pressed *Edit* has said that its topic was right; words of one's own alone say nothing of that.
    """
    for one in unit.suggestions.standing(ticket.id):
        decide(unit, one, operator, "edited", label=one.edited_by is not None)


def _label(unit: Unit, one: Suggestion, operator: Operator, source: LabelSource) -> None:
    ticket, line = unit.tickets.get(one.ticket_id), unit.messages.get(one.message_id)
    customer = unit.customers.get(ticket.customer_id) if ticket else None
    if customer is None or line is None or not line.text.strip():
        return
    unit.labels.add(
        source,
        ticket_id=one.ticket_id,
        message_id=line.id,
        scenario=one.scenario,
        answer=one.answer,
        language=customer.language,
        text=masked(line.text, customer),
        operator_id=operator.id,
        operator_name=operator.name,
    )
