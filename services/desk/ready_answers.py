"""Answers that an operator sends from the card: what can be picked, and how it reads for this customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Final

from services.desk.canned_languages import spoken
from services.scenarios.answers import Answers
from services.scenarios.gaps import gaps_of
from services.scenarios.knowledge import Knowledge
from services.templates import MAX_UNITS, markup
from services.texts.foreign import foreign
from services.texts.team import Team
from services.texts.titles import full_title
from storage.canned import CannedReply
from storage.matters import Matter
from storage.records import Customer, Scenario, Template, Ticket
from storage.units import Unit

MARK: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer as a customer would read it."""

    title: str
    html: str
    missing: tuple[str, ...] = ()
    """Facts that have to be filled in before it can be sent; the words have gaps."""
    matter: Matter | None = None
    """None: it is of no scenario."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """What somebody has to write in before it can be sent; empty where facts are missing, which say more."""
        return () if self.missing else gaps_of(self.html)

    @property
    def mark(self) -> str:
        """Names just these words: sending them asks for it, so nothing is sent that nobody has seen."""
        return mark_of(self.html)


def mark_of(name: str) -> str:
    """Return a short name of something, for the data of a button."""
    return sha256(name.encode()).hexdigest()[:MARK]


class ReadyAnswers:
    """Finds answers of the pack by the marks that buttons carry, and renders them."""

    def __init__(self, *, knowledge: Knowledge, answers: Answers, team: Team) -> None:
        self._knowledge = knowledge
        self._answers = answers
        self._team = team

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return self._knowledge.scenarios

    def scenario(self, mark: str) -> Scenario | None:
        return next((one for one in self.scenarios if mark_of(one.key) == mark), None)

    def matter(self, mark: str) -> Matter | None:
        return next((one for one in self.matters() if mark_of(one.name) == mark), None)

    def proposed(self, ticket: Ticket) -> Matter | None:
        """Return what the ticket is about, where that has a text to send."""
        scenario = self._knowledge.scenario(ticket.scenario or "")
        if scenario is None:
            return None
        matter = Matter(scenario, scenario.answer(ticket.answer))
        return matter if scenario.texts(matter.answer) else None

    def title(self, matter: Matter) -> str:
        return full_title(matter.scenario, matter.answer, self._team.language)

    def read(self, unit: Unit, ticket: Ticket, customer: Customer, matter: Matter) -> Reading | None:
        """Return an answer as this customer would read it now; None where no text of it will do."""
        scenario, answer, language = matter.scenario, matter.answer, self._language(ticket, customer, matter)
        times = unit.messages.times_answered(customer.id, scenario.key, matter.answer_key)
        html = self._answers.render(
            scenario,
            answer,
            customer,
            language,
            unit.now,
            first_contact=False,
            turn=customer.id - 1 + times,
            ticket=ticket.id,
            asked=ticket.question,
        )
        if html is not None:
            return Reading(title=self.title(matter), html=markup.cut(html, MAX_UNITS), matter=matter)
        gaps = self._answers.proposed(scenario, answer, customer, language, unit.now, speak=self._team.language)
        if gaps is None:
            return None
        return Reading(title=self.title(matter), html=gaps.html, missing=gaps.missing, matter=matter)

    def read_canned(self, unit: Unit, ticket: Ticket, customer: Customer, reply: CannedReply) -> Reading | None:
        """Return one of the team's own answers as this customer would read it."""
        if not (text := spoken(reply.text, customer.language)):
            return None
        wording = Template(language=customer.language, text=text)
        if missing := self._answers.facts.lacking(wording):
            return Reading(title=reply.title, html=escape(text), missing=missing)
        html = self._answers.fill(wording, customer, unit.now, ticket=ticket.id)
        return None if html is None else Reading(title=reply.title, html=html)

    @staticmethod
    def _language(ticket: Ticket, customer: Customer, matter: Matter) -> str:
        """Return the language of the customer's words where the answer has it, else the one they are spoken to in."""
        other = foreign(ticket.question)
        known = {template.language for template in matter.scenario.texts(matter.answer)}
        return other if other in known else customer.language

    def matters(self) -> Iterator[Matter]:
        for scenario in self.scenarios:
            if scenario.templates:
                yield Matter(scenario)
            for answer in scenario.answers:
                yield Matter(scenario, answer)
