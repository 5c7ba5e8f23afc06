"""What can be done in a conversation, inside one write unit: say, answer, ask back, call people, pass on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

from markupsafe import Markup

from services.classify.grounds import Ground
from services.classify.matters import SMALL_TALK
from services.classify.verdict import Guess
from services.customers import buttons
from services.customers.expectations import Expectation, expectation
from services.customers.plans import Acknowledge
from services.customers.right_to_write import left_to_owner
from services.desk import reach
from services.desk.announcing import put
from services.desk.calling import Calls
from services.desk.reasons import lacking
from services.desk.relay import People
from services.messages.effects import Keyboard
from services.queues.outbox import Outgoing
from services.scenarios.answers import Answers
from services.scenarios.gaps import whole
from services.scenarios.knowledge import Knowledge
from services.templates import MAX_UNITS, markup
from services.texts import say, text_key
from services.texts.foreign import foreign
from services.texts.html import plain as text_of
from services.texts.keys import CustomerKey
from services.texts.languages import own
from services.texts.team import Team
from services.texts.titles import title_of
from storage.closed_sets import BotKind
from storage.matters import Matter
from storage.records import Answer, Customer, Message, Scenario, Ticket
from storage.units import Unit

A_MINUTE: Final = timedelta(minutes=1)
REASSURED: Final = timedelta(minutes=15)
"""For so long a customer remembers that people have what they write."""
CROWDED: Final = "crowded"
HANDOVER: Final = "handover"


class Conversation:
    """One customer, one cause, one unit: everything written here is committed together or not at all."""

    def __init__(
        self,
        *,
        unit: Unit,
        cause: str,
        customer: Customer,
        language: str,
        answers: Answers,
        knowledge: Knowledge,
        team: Team,
        late: bool = False,
    ) -> None:
        """`late`: what the bot says here comes late, and says so."""
        self.about: Message | None = None
        """The message that what the bot says here answers."""
        self._unit = unit
        self._cause = cause
        self._answers = answers
        self._knowledge = knowledge
        self._team = team
        self._replies = 0
        self._late = late
        self.customer = customer
        self.language = language
        self.reads = language
        """The language of answers, if the pack has it."""
        self._asked = ""
        self.outgoing = Outgoing(unit, cause)
        self.people = People(unit=unit, outgoing=self.outgoing, customer=customer, team=team)
        reach.back(unit, customer, self.outgoing)  # whoever writes, or presses, can be written to
        self.calls = Calls(unit=unit, outgoing=self.outgoing, customer=customer, people=self.people, team=team)

    def hear(self, text: str) -> None:
        """Take in the customer's words: answers are in their language, and do not ask for what they tell."""
        self.reads, self._asked = foreign(text) or self.language, text

    def tell(
        self,
        key: CustomerKey,
        *,
        ticket: Ticket | None = None,
        first_contact: bool = False,
        buttons: Keyboard = (),
        kind: BotKind = "notice",
    ) -> Message:
        """Say one of the standing texts of `customer`."""
        waits = kind == HANDOVER
        expected = expectation(self._unit, self._answers.facts, self._team, self.language) if waits else Expectation()
        text = say(
            text_key("customer", key),
            self.language,
            hello=self._answers.hello(self.customer, self.language),
            service=self._answers.service,
            hours=self._answers.hours(self.language, self._unit.now),
            ticket=ticket.id if ticket else None,
            usual=expected.usual,
            back=expected.back,
            unseen=ticket is not None and ticket.status == "open" and not self._team.has_group,
        )
        line = self._write(self._greeted(text, first_contact=first_contact), ticket=ticket, kind=kind)
        self._send(line, buttons)
        return line

    def acknowledge(self, plan: Acknowledge, line: Message, *, first_contact: bool) -> Message | None:
        """Say that nothing has to be done, with a button that calls a person; or nothing, where that is polite."""
        if plan.settles is not None and not self.customer.address.waits_for_words:
            self._unit.lines.join([line], plan.settles)
            return None
        text = say(text_key("customer", plan.key), self.language)
        said = self._write(self._greeted(text, first_contact=first_contact), kind="notice")
        self._send(said, buttons.person(said.id, self.language))
        return said

    def leave(self, lines: Sequence[Message]) -> None:
        """Say nothing to lines that are the owner's to answer; for how long, `right_to_write.py` says."""
        left_to_owner(self._unit, self.customer, lines)

    def slow_down(self) -> Message | None:
        """Tell the customer, once a minute, that they write too fast. It answers no line, so each is still owed."""
        if self._unit.lines.told(self.customer.id, CROWDED, self._unit.now - A_MINUTE):
            return None
        self.about = None
        return self.tell(CROWDED, kind=CROWDED)

    def answer(
        self, *matters: Matter, first_contact: bool, ticket: Ticket | None = None, rest: bool = False
    ) -> Message | None:
        """Answer from templates, in one message; None when there is none for the first matter, or it leaves a gap.

        `rest`: people answer what else was asked. The buttons stand under what can help or not: no small talk.
        """
        texts = [
            whole(self._render(matter, first_contact=first_contact and not number, ticket=ticket))
            for number, matter in enumerate(matters)
        ]
        if texts[0] is None:
            return None
        if ticket is not None and (rest or None in texts):
            texts.append(say("customer.rest", self.language, ticket=ticket.id))
        html = markup.cut("\n\n".join(text for text in texts if text), MAX_UNITS)
        first = matters[0]
        line = self._write(html, scenario=first.scenario.key, answer=first.answer_key, ticket=ticket, kind="answer")
        judged = ticket is None and first.scenario.key not in SMALL_TALK
        self._send(line, buttons.feedback(line.id, self._given_in(first)) if judged else ())
        return line

    def lacks(self, matter: Matter) -> Ground | None:
        """Return, for people, the answer that cannot be given and what is to be filled in; None: it lacks nothing."""
        speak = self._team.language
        found = self._answers.proposed(
            matter.scenario, matter.answer, self.customer, self._reads(matter), self._unit.now, speak=speak
        )
        return lacking(", ".join(found.missing), text_of(found.html)) if found is not None else None

    def _render(self, matter: Matter, *, first_contact: bool, ticket: Ticket | None) -> str | None:
        times = self._unit.messages.times_answered(self.customer.id, matter.scenario.key, matter.answer_key)
        return self._answers.render(
            matter.scenario,
            matter.answer,
            self.customer,
            self._reads(matter),
            self._unit.now,
            first_contact=first_contact,
            # Wordings take turns over all customers: a newcomer does not always get the first.
            turn=self.customer.id - 1 + times,
            ticket=ticket.id if ticket else None,
            asked=self._asked,
        )

    def _reads(self, matter: Matter) -> str:
        """Return the customer's own language where this answer has it, else the one they are spoken to in."""
        texts = matter.scenario.texts(matter.answer)
        return self.reads if any(template.language == self.reads for template in texts) else self.language

    def _given_in(self, matter: Matter) -> str:
        """Return the language of the buttons below an answer: its own, if the bot speaks that."""
        languages = [template.language for template in matter.scenario.texts(matter.answer)]
        read = self._reads(matter)
        return own(read if read in languages else next(iter(languages), read)) or self.language

    def _title(self, named: Scenario | Answer) -> str:
        return named.title.get(self.reads) or title_of(named, self.language)

    def clarify(self, guesses: tuple[Guess, ...], *, first_contact: bool) -> Message:
        """Ask which of a few scenarios was meant."""
        scenarios = (self._knowledge.scenario(guess.scenario) for guess in guesses)
        titles = [(self._title(scenario), scenario.key) for scenario in scenarios if scenario]
        single = titles[0][1] if len(titles) == 1 else None  # a bare "yes" takes it up
        line = self._ask("clarify", [title for title, _ in titles], single, first_contact=first_contact)
        self._send(line, buttons.scenarios(line.id, titles, self.language))
        return line

    def choose(self, scenario: Scenario, answers: tuple[Answer, ...], *, first_contact: bool) -> Message:
        """Ask which answer of a scenario was meant."""
        titles = [(self._title(answer), answer.key) for answer in answers]
        line = self._ask("choose", [title for title, _ in titles], scenario.key, first_contact=first_contact)
        self._send(line, buttons.answers(line.id, titles, self.language))
        return line

    def _ask(
        self, key: Literal["clarify", "choose"], titles: Sequence[str], scenario: str | None, *, first_contact: bool
    ) -> Message:
        question = say(text_key("customer", key), self.language)
        if self.customer.address.waits_for_words:  # a program may show no choices, so they stand in the text as well
            question = Markup("\n").join([question, *(Markup("• ") + title for title in titles)])
        return self._write(
            self._greeted(question, first_contact=first_contact), scenario=scenario, ticket=None, kind="clarify"
        )

    def hand_over(self, ticket: Ticket, *, first_contact: bool) -> Message:
        """Tell the customer that people will answer."""
        key: CustomerKey = "handover_asked" if ticket.reason in ("asked", "unhelped") else "handover"
        return self.tell(key, ticket=ticket, first_contact=first_contact, kind=HANDOVER)

    def reassure(self, ticket: Ticket) -> Message | None:
        """Tell the customer, once in a while, that people have what they write."""
        if self._unit.lines.told(self.customer.id, HANDOVER, self._unit.now - REASSURED):
            return None
        return self.tell("relayed", ticket=ticket, kind=HANDOVER)

    def _greeted(self, text: str, *, first_contact: bool) -> str:
        return f"{self._answers.hello(self.customer, self.language)} {text}" if first_contact else str(text)

    def _write(
        self,
        html: str,
        *,
        kind: BotKind,
        scenario: str | None = None,
        answer: str | None = None,
        ticket: Ticket | None = None,
    ) -> Message:
        key = f"{self._cause}/{self._replies}"
        if self._late and not self._replies:
            html = markup.cut(f"{say('customer.late', self.language)}\n\n{html}", MAX_UNITS)
        self._replies += 1
        return self._unit.messages.add(
            key=key,
            customer_id=self.customer.id,
            author="bot",
            text=html,
            kind=kind,
            scenario=scenario,
            answer=answer,
            question_id=self.about.id if self.about else None,
            ticket_id=ticket.id if ticket else None,
        )

    def _send(self, line: Message, buttons: Keyboard) -> None:
        put(self._unit, self.outgoing, self.customer, line, buttons)
