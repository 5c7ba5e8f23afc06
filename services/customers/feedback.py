"""What a customer's button press means: it helped, call a person, I meant this, my language is."""

from __future__ import annotations

from collections.abc import Callable

from services.classify.verdict import Verdict
from services.customers.conversation import Conversation
from services.customers.reception import Reception
from services.messages.callbacks import OnAnswer, OnGuess, OnLanguage
from services.messages.effects import StripButtons
from services.messages.incoming import Person
from services.scenarios.knowledge import Knowledge
from services.texts.keys import ToastKey
from services.texts.team import Team
from storage.closed_sets import Reason
from storage.records import Cause, Message, Scenario
from storage.store import Store
from storage.units import Unit


class Feedback:
    """Each returns the toast that the presser sees."""

    def __init__(self, *, store: Store, reception: Reception, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._reception = reception
        self._knowledge = knowledge
        self._team = team

    async def language(self, cause: Cause, person: Person, press: OnLanguage) -> ToastKey | None:
        def act(unit: Unit, talk: Conversation) -> None:
            unit.customers.change(talk.customer.id, language=press.language, language_chosen=True)
            talk.language = press.language
            talk.tell("language_set")

        return await self._talk(cause, person, act)

    async def answer(self, cause: Cause, person: Person, press: OnAnswer) -> ToastKey | None:
        """Note that an answer helped, or call people with the question it was given to."""

        def act(unit: Unit, talk: Conversation) -> ToastKey:
            line = self._own_line(unit, talk, press.message_id)
            if line is None:
                return "outdated"
            if line.feedback in ("person", press.verdict):
                return line.feedback  # a second tap; but who was helped, or has chosen, may still want a person
            unit.messages.change(line.id, feedback=press.verdict)
            self._strip(talk, line)
            if press.verdict == "person":
                self._call(unit, talk, line, self._question(unit, line))
            return press.verdict

        return await self._talk(cause, person, act)

    async def guess(self, cause: Cause, person: Person, press: OnGuess) -> ToastKey | None:
        """Answer what the customer says they meant, and keep it as a label: nobody knows better."""

        def act(unit: Unit, talk: Conversation) -> ToastKey | None:
            line = self._own_line(unit, talk, press.message_id)
            if line is None:
                return "outdated"
            return self._guessed(unit, talk, line, press.scenario) if line.feedback is None else None

        return await self._talk(cause, person, act)

    def _guessed(self, unit: Unit, talk: Conversation, line: Message, key: str) -> ToastKey | None:
        scenario = self._knowledge.scenario(key)
        unit.messages.change(line.id, feedback="helped")
        self._strip(talk, line)
        talk.about = question = self._question(unit, line)
        unit.verdicts.add(question.id, _label(key, self._knowledge.version or "").stored())
        ticket = unit.tickets.open_of(talk.customer.id)
        if ticket is not None:
            talk.people.chose(ticket, self._knowledge.title(key, self._team.language) or key)
            talk.tell("already", ticket=ticket)
        elif scenario is None or scenario.action == "escalate":
            self._call(unit, talk, line, question, scenario)
            return "person"
        elif talk.answer(scenario, first_contact=False) is None:
            self._call(unit, talk, line, question, scenario)
        elif scenario.action == "answer_and_escalate":
            talk.escalate("answered_too", question, scenario=scenario)
        return None

    async def _talk(
        self, cause: Cause, person: Person, act: Callable[[Unit, Conversation], ToastKey | None]
    ) -> ToastKey | None:
        """Act in the presser's conversation. Of one who has been erased, a press leaves nothing."""

        def whole(unit: Unit) -> ToastKey | None:
            if unit.customers.find(person.channel, person.external_id) is None:
                if cause.task is not None:
                    unit.inbox.forget(cause.task)
                return "outdated"
            customer = self._reception.customer(unit, person)
            return act(unit, self._reception.conversation(unit, cause, customer, customer.language))

        return await self._store.write(whole, cause)

    def _call(
        self, unit: Unit, talk: Conversation, line: Message, question: Message, scenario: Scenario | None = None
    ) -> None:
        ticket = unit.tickets.open_of(talk.customer.id)
        if ticket is not None:
            talk.tell("already", ticket=ticket)
            return
        reason: Reason = "unhelped" if line.kind == "answer" else "asked"
        scenario = scenario or (self._knowledge.scenario(line.scenario) if line.scenario else None)
        verdict = unit.verdicts.of_message(question.id)
        ticket = talk.escalate(reason, question, verdict=verdict, scenario=scenario, urgency="medium")
        talk.hand_over(ticket, first_contact=False)

    @staticmethod
    def _question(unit: Unit, line: Message) -> Message:
        """Return the customer's message that a line of the bot answered."""
        last = unit.messages.get(line.question_id) if line.question_id else None
        return last or line

    @staticmethod
    def _own_line(unit: Unit, talk: Conversation, message_id: int) -> Message | None:
        line = unit.messages.get(message_id)
        return line if line is not None and line.customer_id == talk.customer.id else None

    @staticmethod
    def _strip(talk: Conversation, line: Message) -> None:
        if talk.customer.chat_id is not None:
            talk.outgoing.put(StripButtons(chat_id=talk.customer.chat_id, message_id=line.id))


def _label(scenario: str, version: str) -> Verdict:
    return Verdict(scenario=scenario, confidence=1.0, reasoning="", engine="customer", version=version)
