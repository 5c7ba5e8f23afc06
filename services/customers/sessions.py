"""A session with a customer: who writes, what is true of them now, and the conversation in which they are answered."""

from __future__ import annotations

from services.customers.conversation import Conversation
from services.customers.identity import acquainted
from services.customers.situations import Situations
from services.messages.incoming import Person
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.records import Cause, Customer
from storage.units import Unit


class Sessions:
    """Opens them, each in the unit of whoever acts."""

    def __init__(self, *, knowledge: Knowledge, answers: Answers, situations: Situations, team: Team) -> None:
        self._knowledge = knowledge
        self._answers = answers
        self._team = team
        self.situations = situations

    def customer(self, unit: Unit, person: Person) -> Customer:
        """Return who writes, under today's name; their conversation is locked until the unit closes."""
        return acquainted(unit, person, self._team)

    def conversation(
        self, unit: Unit, cause: Cause, customer: Customer, language: str, *, late: bool = False
    ) -> Conversation:
        """Open a conversation in a language, which is the customer's from now on."""
        if language != customer.language:
            unit.customers.change(customer.id, language=language)
        return Conversation(
            unit=unit,
            cause=cause.key,
            customer=customer,
            language=language,
            answers=self._answers,
            knowledge=self._knowledge,
            team=self._team,
            late=late,
        )
