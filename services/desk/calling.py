"""People are called: a ticket opens with its card, or what is asked joins the one that stands open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.classify.grounds import Ground, Grounds, encode
from services.classify.urgency import highest
from services.classify.verdict import Verdict
from services.desk import handover
from services.desk.cards import FOR_A_LOOK, QUESTION_MOST, brought, plain
from services.desk.reasons import also_pressing, grounds_of, pressing
from services.desk.relay import People
from services.desk.suggesting import suggest
from services.messages import customer_lines
from services.messages.effects import ShowCard
from services.messages.lengths import units
from services.queues.outbox import Outgoing, rank_of_card
from services.texts.team import Team
from storage.changing import as_stored
from storage.closed_sets import Priority, Reason
from storage.matters import Matter
from storage.records import Answer, Customer, Message, Scenario, StoredVerdict, Ticket
from storage.span_counts import NOT_KNOWN
from storage.units import Unit

INSISTENT: Final[frozenset[Reason]] = frozenset(("asked", "unhelped", "urgent"))
"""Why people are called where a wish for a person is no news."""


class Calls:
    """Calls people to one customer, inside one write unit."""

    def __init__(self, *, unit: Unit, outgoing: Outgoing, customer: Customer, people: People, team: Team) -> None:
        self._unit = unit
        self._outgoing = outgoing
        self._customer = customer
        self._people = people
        self._team = team

    def people(
        self,
        reason: Reason,
        question: Message,
        *,
        verdict: Verdict | StoredVerdict | None = None,
        scenario: Scenario | None = None,
        answer: Answer | None = None,
        urgency: Priority = "low",
        ground: Ground | None = None,
    ) -> Ticket:
        """Open a ticket about a message and show its card; what the card has no room for follows it.

        `ground` stands on the card in the place of the verdict's. What is asked joins a ticket that is open.
        """
        asked = handover.asked(self._unit, self._customer.id, question)
        priority = highest(Matter(scenario, answer).priority if scenario else "medium", urgency)
        standing = self._unit.tickets.open_of(self._customer.id)
        if standing is not None:
            if reason in NOT_KNOWN:
                self.unknown(standing, asked)
            lines = [line for line in asked if line.ticket_id is None]
            return self._join(standing, reason, priority, lines, verdict)
        told, looks = self._people.told(asked)
        words = told or plain(question) or brought(asked or [question], self._team.language)
        channel, language = self._customer.channel, self._customer.language
        key = scenario.key if scenario else None
        to = self._team.destination(scenario=key, language=language, channel=channel, priority=priority)
        ticket = self._unit.tickets.open(
            customer_id=self._customer.id,
            reason=reason,
            scenario=key,
            answer=answer.key if answer else None,
            confidence=verdict.confidence if verdict and scenario else None,
            grounds=encode(_grounds(ground or pressing(words, verdict), verdict)),
            priority=priority,
            question=words,
            question_looks=as_stored(looks),
            group_id=to.group_id,
            thread_id=to.thread_id,
        )
        self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))
        self._unit.lines.show(asked, ticket.id)
        if reason in NOT_KNOWN and any(line.text for line in asked or [question]):
            self._unit.unanswered.note(ticket.id, last=question.id, language=language)
        self._people.follow(ticket, handover.beside(self._unit, ticket), "desk.earlier")
        if units(words) > QUESTION_MOST:
            self._people.text(ticket, question, words, "desk.whole", looks)
        self._people.copies(ticket, filter(customer_lines.is_media, asked))
        return ticket

    def unknown(self, ticket: Ticket, lines: Sequence[Message]) -> None:
        """Keep that the bot could not answer what a customer asked in a ticket that is open."""
        said = [line for line in lines if line.author == "customer" and line.text]
        if said:
            first, last = said[0].id, said[-1].id
            self._unit.unanswered.note(ticket.id, first=first, last=last, language=self._customer.language)

    def suggest(self, ticket: Ticket, question: Message, matters: Sequence[Matter]) -> None:
        """Propose answers to people, who send them or not."""
        suggest(self._unit, self._outgoing, ticket, question, matters)

    def insist(self, ticket: Ticket) -> bool:
        """Let the card of an open ticket say that its customer asks for a person; False where it says so already.

        What presses is the better reason, and stays.
        """
        if ticket.reason in INSISTENT:
            return False
        priority = highest(ticket.priority, "medium")
        self._unit.tickets.change(ticket.id, reason="asked", priority=priority)
        self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(priority))
        self._outgoing.renamed(ticket, priority)
        return True

    def needed(self, ticket: Ticket) -> None:
        """Make a ticket that was only for a look a real one: the bot could not answer all that was asked since."""
        if ticket.reason == FOR_A_LOOK:
            self._unit.tickets.change(ticket.id, reason="unsure")
            self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))

    def _join(
        self,
        ticket: Ticket,
        reason: Reason,
        priority: Priority,
        lines: list[Message],
        verdict: Verdict | StoredVerdict | None,
    ) -> Ticket:
        """Bring lines to a ticket that is open. One that was only for a look says from now on why people are called."""
        because = reason if ticket.reason == FOR_A_LOOK else ticket.reason
        priority = highest(ticket.priority, priority)
        words, grounds = customer_lines.words(lines), ticket.grounds
        if priority != ticket.priority:
            grounds = also_pressing(ticket, pressing(words, verdict))
        self._unit.tickets.change(ticket.id, reason=because, priority=priority, grounds=grounds)
        self._unit.tickets.heard(ticket)
        before, ticket = ticket, replace(ticket, reason=because, priority=priority, grounds=grounds)
        self._outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(priority))
        self._people.follow(ticket, lines)
        self._outgoing.renamed(before, priority)
        return ticket


def _grounds(ground: Ground | None, verdict: Verdict | StoredVerdict | None) -> Grounds:
    if ground is not None:
        return (ground,)
    return grounds_of(verdict) if verdict is not None else ()
