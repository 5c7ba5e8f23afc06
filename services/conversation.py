"""What can be done in a conversation, inside one write unit: say, answer, ask back, call people, pass on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from services.answers import Answers, name_of
from services.arrivals import CustomerMessage
from services.cards import QUESTION_MOST, spoken
from services.classify.verdict import Guess, Verdict
from services.effects import Button, Copy, Keyboard, Say, ShowCard, TicketPlace, Words, home
from services.knowledge import Knowledge
from services.lengths import MESSAGE, cut, pieces, units
from services.outgoing import Outgoing, rank_of_card, rank_of_line
from services.presses import OnAnswer, OnGuess, encode
from services.spelling import told
from services.templates import MAX_UNITS, markup
from services.texts import label, say
from services.urgency import highest
from storage.records import Customer, Message, Priority, Scenario, StoredVerdict, Ticket
from storage.units import Unit

HEAD_MOST: Final = 512
"""Of who speaks, over a line: names may be long."""


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
        team: str,
        about: Message | None = None,
        late: bool = False,
    ) -> None:
        """`about`: the message that what the bot says here answers; `late`: it comes late, and says so."""
        self.about = about
        """The customer's line that what follows is about."""
        self._unit = unit
        self._cause = cause
        self._answers = answers
        self._knowledge = knowledge
        self._team = team
        self._replies = 0
        self._late = late
        self.customer = customer
        self.language = language
        self.outgoing = Outgoing(unit, cause)

    async def say(
        self,
        html: str,
        *,
        scenario: str | None = None,
        ticket: Ticket | None = None,
        kind: str = "text",
        buttons: Keyboard = (),
    ) -> Message:
        """Write a line of the bot, and send it where the channel has a way to send."""
        line = await self._write(html, scenario=scenario, ticket=ticket, kind=kind)
        self._send(line, buttons)
        return line

    async def tell(
        self, key: str, *, ticket: Ticket | None = None, first_contact: bool = False, buttons: Keyboard = ()
    ) -> Message:
        """Say one of the standing texts of `customer`."""
        hello = self._answers.hello(self.customer, self.language)
        text = say(
            f"customer.{key}",
            self.language,
            hello=hello,
            service=self._answers.service,
            hours=self._answers.hours,
            ticket=ticket.id if ticket else None,
        )
        greeted = f"{hello} {text}" if first_contact else text
        return await self.say(greeted, ticket=ticket, kind="notice", buttons=buttons)

    async def answer(self, scenario: Scenario, *, first_contact: bool, ticket: Ticket | None = None) -> Message | None:
        """Answer from a template, with the two buttons; None when there is no template to answer with."""
        html = self._answers.render(
            scenario,
            self.customer,
            self.language,
            self._unit.now,
            first_contact=first_contact,
            turn=await self._unit.messages.times_answered(self.customer.id, scenario.key),
            ticket=ticket.id if ticket else None,
        )
        if html is None:
            return None
        line = await self._write(html, scenario=scenario.key, ticket=None, kind="answer")
        self._send(line, self._judgement(line))
        return line

    async def clarify(self, guesses: tuple[Guess, ...], *, first_contact: bool) -> Message:
        """Ask which of a few scenarios was meant."""
        question = say("customer.clarify", self.language)
        if self.customer.chat_id is None:  # no buttons there, so the choices stand in the text
            question = Markup("\n").join([question, *(Markup("• ") + title for title in self._titles(guesses))])
        greeted = f"{self._answers.hello(self.customer, self.language)} {question}" if first_contact else str(question)
        line = await self._write(greeted, scenario=None, ticket=None, kind="clarify")
        self._send(line, self._choices(line, guesses))
        return line

    async def escalate(
        self,
        reason: str,
        question: Message,
        *,
        verdict: Verdict | StoredVerdict | None = None,
        scenario: Scenario | None = None,
        urgency: Priority = "low",
    ) -> Ticket:
        """Open a ticket about a message and show its card; what has no words follows the card as a copy."""
        ticket = await self._unit.tickets.open(
            customer_id=self.customer.id,
            reason=reason,
            scenario=scenario.key if scenario else None,
            confidence=verdict.confidence if verdict and scenario else None,
            reasoning=verdict.reasoning or None if verdict else None,
            priority=highest(scenario.priority if scenario else "medium", urgency),
            question=told(question, self._team) or spoken(question.kind, self._team),
        )
        await self._unit.messages.change(question.id, ticket_id=ticket.id)
        self.outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))
        if len(question.text) > QUESTION_MOST:
            self._relay_text(ticket, question, question.text, "desk.whole")
        return ticket

    async def hand_over(self, ticket: Ticket, *, first_contact: bool) -> Message:
        """Tell the customer that people will answer."""
        asked = ticket.reason in ("asked", "unhelped")
        return await self.tell("handover_asked" if asked else "handover", ticket=ticket, first_contact=first_contact)

    def relay(self, ticket: Ticket, message: Message, said: CustomerMessage) -> None:
        """Pass a customer's line on to the people who look after them."""
        if said.is_media:
            self._name_author(ticket, said)
            self.copy(ticket, message, said)
        else:
            key = "desk.line" if said.forwarded_from is None else "desk.forwarded"
            self._relay_text(ticket, message, said.text, key, said.entities, author=said.forwarded_from)

    def correct(self, ticket: Ticket, message: Message, said: CustomerMessage) -> None:
        """Show people what a customer has changed in a line; `message` is the line as it was."""
        if said.text or not said.is_media:
            self._relay_text(ticket, message, said.text, "desk.edited", said.entities, edition=said.cause.key)
        if said.is_media and said.media != message.media:
            if not said.text:
                self._head(ticket, label("desk.edited", self._team, name=name_of(self.customer)))
            self.copy(ticket, message, replace(said, album=None))

    def _name_author(self, ticket: Ticket, said: CustomerMessage) -> None:
        """Say whose picture follows: a copy does not show it."""
        if said.forwarded_from is not None:
            name, author = name_of(self.customer), said.forwarded_from
            self._head(ticket, label("desk.forwarded", self._team, name=name, author=author))

    def _head(self, ticket: Ticket, text: str) -> None:
        words = Words(text=text, html=False)
        self.outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=words), rank=rank_of_line(ticket))

    def chose(self, ticket: Ticket, title: str) -> None:
        """Tell people what a customer has pressed meanwhile."""
        text = say("desk.chose", self._team, name=name_of(self.customer), title=title)
        self.outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=text)), rank=rank_of_line(ticket))

    def copy(self, ticket: Ticket, message: Message, said: CustomerMessage) -> None:
        """Let a picture, a voice line, a sticker reach the ticket as it is."""
        if self.customer.chat_id is None or said.telegram_id is None:
            return
        self.outgoing.put(
            Copy(
                to=TicketPlace(ticket_id=ticket.id),
                from_chat=self.customer.chat_id,
                telegram_id=said.telegram_id,
                message_id=message.id,
                text=said.text or spoken(said.kind, self._team),
                album=said.album,
            ),
            rank=rank_of_line(ticket),
        )

    def _relay_text(
        self,
        ticket: Ticket,
        message: Message,
        text: str,
        key: str,
        entities: Sequence[dict[str, Any]] = (),
        *,
        edition: str | None = None,
        **more: object,
    ) -> None:
        """One message where it fits; more where it does not, since nothing may be cut off."""
        head = cut(label(key, self._team, name=name_of(self.customer), **more), HEAD_MOST)
        room = MESSAGE - units(head) - 1
        whole = units(text) <= room
        place, rank = TicketPlace(ticket_id=ticket.id), rank_of_line(ticket)
        for part in [text] if whole else pieces(text, room):
            words = Words(text=part, html=False, entities=tuple(entities) if whole else ())
            self.outgoing.put(Say(to=place, words=words, message_id=message.id, head=head, edition=edition), rank=rank)

    async def _write(self, html: str, *, scenario: str | None, ticket: Ticket | None, kind: str) -> Message:
        key = f"{self._cause}/{self._replies}"
        if self._late and not self._replies:
            html = markup.cut(f"{say('customer.late', self.language)}\n\n{html}", MAX_UNITS)
        self._replies += 1
        return await self._unit.messages.add(
            key=key,
            customer_id=self.customer.id,
            author="bot",
            text=html,
            kind=kind,
            scenario=scenario,
            question_id=self.about.id if self.about else None,
            ticket_id=ticket.id if ticket else None,
        )

    def _send(self, line: Message, buttons: Keyboard) -> None:
        if (chat := home(self.customer)) is not None:
            words = Words(text=line.text, buttons=buttons)
            self.outgoing.put(Say(to=chat, words=words, message_id=line.id))

    def _judgement(self, line: Message) -> Keyboard:
        return (
            (
                Button(text=label("button.helped", self.language), press=encode(OnAnswer(line.id, "helped"))),
                Button(text=label("button.person", self.language), press=encode(OnAnswer(line.id, "person"))),
            ),
        )

    def _titles(self, guesses: tuple[Guess, ...]) -> list[str]:
        titles = (self._knowledge.title(guess.scenario, self.language) for guess in guesses)
        return [title for title in titles if title]

    def _choices(self, line: Message, guesses: tuple[Guess, ...]) -> Keyboard:
        rows = [
            (Button(text=title, press=encode(OnGuess(line.id, guess.scenario))),)
            for guess in guesses
            if (title := self._knowledge.title(guess.scenario, self.language))
        ]
        person = Button(text=label("button.person", self.language), press=encode(OnAnswer(line.id, "person")))
        return (*rows, (person,))
