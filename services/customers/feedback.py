"""What a customer's button press means: it helped, call a person, I meant this, my language is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.classify.verdict import confirmed
from services.customers.conversation import Conversation
from services.customers.decisions import OFFERED, choosable
from services.customers.in_conversation import in_conversation, own_line, question_of
from services.customers.sessions import Sessions
from services.desk.cards import FOR_A_LOOK
from services.learning.labelling import keep_feedback, keep_pick
from services.messages.callbacks import OnAnswer, OnChoice, OnGuess, OnLanguage
from services.messages.effects import ShowCard, StripButtons, home
from services.messages.incoming import Person
from services.queues.outbox import TOUCH
from services.scenarios.knowledge import Knowledge
from services.texts.keys import ToastKey
from services.texts.team import Team
from services.texts.titles import title_of
from storage.closed_sets import Reason
from storage.matters import Matter
from storage.records import Cause, Message
from storage.store import Store
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """What a customer says they meant, by its key; `matter` is None for what is gone."""

    key: str
    matter: Matter | None = None

    def title(self, language: str) -> str:
        return title_of(self.matter.answer or self.matter.scenario, language) if self.matter else self.key


class Feedback:
    """Each returns the toast that the presser sees."""

    def __init__(self, *, store: Store, sessions: Sessions, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._sessions = sessions
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
            line = own_line(unit, talk, press.message_id)
            if line is None:
                return "outdated"
            if line.feedback == "person":
                return "person"
            if line.feedback == press.verdict:  # a second tap; but who was helped may still want a person
                return press.verdict
            unit.messages.change(line.id, feedback=press.verdict)
            self._strip(unit, talk, line)
            self._learn(unit, talk, line, helped=press.verdict == "helped")
            if press.verdict == "person":
                self._call(unit, talk, line, _Meant(key=""))
            else:
                self._settle(unit, talk, line)
            return press.verdict

        return await self._talk(cause, person, act)

    async def guess(self, cause: Cause, person: Person, press: OnGuess) -> ToastKey | None:
        """Answer what the customer says they meant."""
        return await self._pick(cause, person, press.message_id, lambda _: self._meant(press.scenario, None))

    async def choice(self, cause: Cause, person: Person, press: OnChoice) -> ToastKey | None:
        """Give the answer that the customer picked of a scenario's answers."""

        def meant(line: Message) -> _Meant | None:
            found = self._meant(line.scenario or "", press.answer)
            return found if found.matter is not None and found.matter.answer is not None else None

        return await self._pick(cause, person, press.message_id, meant)

    async def _pick(
        self, cause: Cause, person: Person, message_id: int, meant: Callable[[Message], _Meant | None]
    ) -> ToastKey | None:
        """Do what was picked below a question of the bot, once. `meant` returns None for what is gone."""

        def act(unit: Unit, talk: Conversation) -> ToastKey | None:
            line = own_line(unit, talk, message_id)
            if line is None:
                return "outdated"
            if line.feedback is not None:
                return None
            picked = meant(line)
            return self._picked(unit, talk, line, picked) if picked is not None else "outdated"

        return await self._talk(cause, person, act)

    def _picked(self, unit: Unit, talk: Conversation, line: Message, meant: _Meant) -> ToastKey | None:
        """Do what the customer chose, and keep it as a label: nobody knows better."""
        unit.messages.change(line.id, feedback="picked")
        self._strip(unit, talk, line)
        talk.about = question = question_of(unit, line)
        answer = meant.matter.answer_key if meant.matter else None
        said = confirmed(meant.key, self._knowledge.version or "", answer)
        unit.verdicts.add(question.id, said.stored())
        if meant.matter is not None:
            keep_pick(unit, talk.customer, question, scenario=meant.key, answer=answer, language=talk.language)
        ticket = unit.tickets.open_of(talk.customer.id)
        if ticket is not None:
            talk.people.chose(ticket, meant.title(self._team.language))
        if ticket is not None and self._sessions.situations.speaker(unit, talk.customer) == "people":
            talk.people.waits(ticket)
            talk.tell("already", ticket=ticket)
        elif meant.matter is None or meant.matter.action == "escalate":
            self._call(unit, talk, line, meant)
            return "person"
        elif self._kept_back(meant.matter):
            self._withhold(talk, question, meant.matter)
            return "person"
        else:
            self._answer(unit, talk, line, meant, meant.matter)
        return None

    def _answer(self, unit: Unit, talk: Conversation, line: Message, meant: _Meant, matter: Matter) -> None:
        question, scenario, answer = question_of(unit, line), matter.scenario, matter.answer
        if scenario.answers and answer is None:
            talk.choose(scenario, tuple(choosable(scenario, scenario.answers)[:OFFERED]), first_contact=False)
        elif (lacking := talk.lacks(matter)) is not None:
            ticket = talk.calls.people("unfilled", question, scenario=scenario, answer=answer, ground=lacking)
            talk.hand_over(ticket, first_contact=False)
        elif matter.action == "answer_and_escalate":
            ticket = talk.calls.people("answered_too", question, scenario=scenario, answer=answer)
            if talk.answer(matter, first_contact=False, ticket=ticket) is None:
                talk.hand_over(ticket, first_contact=False)
        else:
            standing = unit.tickets.open_of(talk.customer.id)
            reply = talk.answer(matter, first_contact=False, ticket=standing)
            if reply is None:
                self._call(unit, talk, line, meant)
            elif standing is not None:
                talk.people.answered(standing, reply)

    @staticmethod
    def _kept_back(matter: Matter) -> bool:
        """Whether what was picked is not sent without people; it was sent when the buttons were shown."""
        if matter.scenario.answers and matter.answer is None:
            return not choosable(matter.scenario, matter.scenario.answers)
        return matter.mode != "auto"

    def _withhold(self, talk: Conversation, question: Message, matter: Matter) -> None:
        """Call people, who answer this."""
        reason: Reason = "suggested" if matter.mode == "suggest" else "switched_off"
        ticket = talk.calls.people(reason, question, scenario=matter.scenario, answer=matter.answer)
        if matter.mode == "suggest" and talk.lacks(matter) is None:
            talk.calls.suggest(ticket, question, [matter])
        talk.hand_over(ticket, first_contact=False)

    @staticmethod
    def _learn(unit: Unit, talk: Conversation, line: Message, *, helped: bool) -> None:
        """Keep what the customer says of an answer; a question back says nothing of its topics."""
        if line.kind == "answer" and line.scenario:
            keep_feedback(
                unit,
                talk.customer,
                question_of(unit, line),
                helped=helped,
                scenario=line.scenario,
                answer=line.answer,
                language=talk.language,
            )

    def _settle(self, unit: Unit, talk: Conversation, line: Message) -> None:
        """Close the card that an answer opened for a look, once the answer has helped and nobody has taken it."""
        ticket = unit.tickets.open_of(talk.customer.id)
        if ticket is None or ticket.status != "open" or ticket.reason != FOR_A_LOOK:
            return
        if (ticket.scenario, ticket.answer) == (line.scenario, line.answer) and unit.tickets.close(ticket.id):
            talk.outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)

    def _meant(self, scenario: str, answer: str | None) -> _Meant:
        known = self._knowledge.scenario(scenario)
        return _Meant(key=scenario, matter=Matter(known, known.answer(answer)) if known else None)

    async def _talk(
        self, cause: Cause, person: Person, act: Callable[[Unit, Conversation], ToastKey | None]
    ) -> ToastKey | None:
        return await in_conversation(self._store, self._sessions, cause, person, act)

    def _call(self, unit: Unit, talk: Conversation, line: Message, meant: _Meant) -> None:
        question = question_of(unit, line)
        standing = unit.tickets.open_of(talk.customer.id)
        reason: Reason = "unhelped" if line.kind == "answer" else "asked"
        if meant.matter is None and line.scenario:
            meant = self._meant(line.scenario, line.answer)
        verdict = unit.verdicts.of_message(question.id)
        scenario, answer = (meant.matter.scenario, meant.matter.answer) if meant.matter else (None, None)
        ticket = talk.calls.people(
            reason, question, verdict=verdict, scenario=scenario, answer=answer, urgency="medium"
        )
        if standing is not None and standing.reason != FOR_A_LOOK:
            talk.tell("already", ticket=ticket)
        else:
            talk.hand_over(ticket, first_contact=False)

    @staticmethod
    def _strip(unit: Unit, talk: Conversation, line: Message) -> None:
        if (there := home(talk.customer)) is not None:
            talk.outgoing.put(StripButtons(to=there, message_id=line.id))
        else:
            unit.offers.make(line.id, ())
