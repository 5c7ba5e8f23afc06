"""*Answer* and *Correct*: an operator sends an answer that is ready, or says what a ticket is about."""

from __future__ import annotations

from services.desk import suggesting
from services.desk.menus import CANNED, MATTER, NONE, PAGE, TOPIC, WHOLE, Menus, parted
from services.desk.pressed import Pressed
from services.desk.ready_answers import Reading, ReadyAnswers, mark_of
from services.desk.replying import note_reply
from services.desk.signatures import Signatures, signed
from services.desk.toasts import Toast, toast
from services.learning.labelling import masked
from services.messages.effects import Say, TicketPlace, Words, home
from services.queues.outbox import WORK
from services.texts import say
from services.texts.html import plain
from services.texts.team import Team
from storage.closed_sets import LabelSource
from storage.matters import Matter
from storage.records import Customer


class AnswerVerbs:
    """Carries out presses of the two menus, inside a write unit."""

    def __init__(self, *, ready: ReadyAnswers, menus: Menus, signatures: Signatures, team: Team) -> None:
        self._ready = ready
        self.menus = menus
        self._signatures = signatures
        self._team = team

    def pick(self, here: Pressed, choice: str | None) -> Toast:
        """Go on in the menu of answers, as far as what was pressed is still there."""
        kind, mark = parted(choice)
        if kind == CANNED:
            return self._show_canned(here, int(mark))
        matter = None
        if kind == TOPIC:
            scenario = self._ready.scenario(mark)
            matter = Matter(scenario) if scenario is not None and not scenario.answers else None
            if scenario is None:
                return toast("outdated")
        elif kind == MATTER:
            matter = self._ready.matter(mark)
            if matter is None:
                return toast("outdated")
        if matter is None:
            here.unit.tickets.change(here.ticket.id, face="answer", menu=choice)
            return toast("choose_answer")
        return self._show(here, matter)

    def _show_canned(self, here: Pressed, reply_id: int) -> Toast:
        reply = here.unit.canned.get(reply_id)
        if reply is None or reply.retired_at is not None:
            return toast("outdated")
        here.unit.tickets.change(here.ticket.id, face="preview", menu=f"{CANNED}{reply.id}")
        return toast("previewed")

    def _show(self, here: Pressed, matter: Matter) -> Toast:
        unit, ticket = here.unit, here.ticket
        customer = unit.customers.get(ticket.customer_id)
        if customer is None or self._ready.read(unit, ticket, customer, matter) is None:
            return toast("no_words")
        unit.tickets.change(ticket.id, face="preview", menu=MATTER + mark_of(matter.name))
        return toast("previewed")

    def send(self, here: Pressed, mark: str | None) -> Toast:
        """Send what the card shows, and only that: words that have changed since are shown once more instead."""
        unit, ticket = here.unit, here.ticket
        customer = unit.customers.get(ticket.customer_id)
        reading = self.menus.reading(unit, ticket, customer) if customer is not None else None
        if customer is None or reading is None or reading.missing:
            return toast("outdated")
        if reading.mark != mark:
            return toast("answer_changed")
        if reading.gaps:
            return toast("gaps", gaps=", ".join(reading.gaps))
        suggesting.answered_with(unit, ticket, here.operator, reading.matter)
        self._deliver(here, customer, reading)
        unit.tickets.change(ticket.id, face=None, menu=None)
        if reading.matter is not None:
            self._label(here, customer, reading.matter, "sent")
        return toast("sent")

    def deliver(self, here: Pressed, reading: Reading) -> None:
        """Send an answer that an operator has read."""
        customer = here.unit.customers.get(here.ticket.customer_id)
        if customer is not None:
            self._deliver(here, customer, reading)

    def _deliver(self, here: Pressed, customer: Customer, reading: Reading) -> None:
        """Store it as the operator's line, bring it to the customer, and let colleagues read it under the card."""
        unit, ticket, operator, outgoing = here.unit, here.ticket, here.operator, here.outgoing
        line = unit.messages.add(
            key=f"{outgoing.cause}/sent",
            customer_id=customer.id,
            author="operator",
            author_name=operator.name,
            text=plain(reading.html),
            ticket_id=ticket.id,
            scenario=reading.matter.scenario.key if reading.matter else None,
            answer=reading.matter.answer_key if reading.matter else None,
            signed=self._signatures.of(unit, operator),
        )
        if (chat := home(customer)) is not None:
            text = signed(reading.html, line.signed, customer.language, html=True)
            outgoing.put(Say(to=chat, words=Words(text=text), message_id=line.id))
        told = say("desk.sent", self._team.language, operator=operator.name, words=plain(reading.html))
        outgoing.put(Say(to=TicketPlace(ticket_id=ticket.id), words=Words(text=told), message_id=line.id), rank=WORK)
        note_reply(unit, ticket, operator, outgoing)

    def correct(self, here: Pressed, choice: str | None) -> Toast:
        """Note what a ticket is about, and offer to send that answer; without a choice, go on in the menu."""
        kind, mark = parted(choice)
        if choice is None or kind == PAGE:
            here.unit.tickets.change(here.ticket.id, face="correct", menu=choice)
            return toast("choose_scenario")
        if choice == NONE:
            return self._settle(here, None)
        scenario = self._ready.scenario(mark) if kind in (TOPIC, WHOLE) else None
        if scenario is not None and scenario.answers and kind == TOPIC:
            here.unit.tickets.change(here.ticket.id, face="correct", menu=choice)
            return toast("choose_answer")
        matter = Matter(scenario) if scenario is not None else self._ready.matter(mark) if kind == MATTER else None
        return self._settle(here, matter) if matter is not None else toast("outdated")

    def _settle(self, here: Pressed, matter: Matter | None) -> Toast:
        unit, ticket = here.unit, here.ticket
        customer = unit.customers.get(ticket.customer_id)
        if customer is None:
            return toast("outdated")
        unit.labels.retire(ticket.id, "correct")
        suggesting.corrected(unit, ticket, here.operator, matter)
        self._label(here, customer, matter, "correct")
        key = matter.scenario.key if matter else None
        unit.tickets.change(
            ticket.id, scenario=key, answer=matter.answer_key if matter else None, confidence=None, face=None, menu=None
        )
        if matter is None:
            return toast("corrected_none")
        self._show(here, matter)
        return toast("corrected", title=self._ready.title(matter))

    @staticmethod
    def _label(here: Pressed, customer: Customer, matter: Matter | None, source: LabelSource) -> None:
        """Keep what an operator knows of the customer's words, as masking leaves them."""
        unit, ticket = here.unit, here.ticket
        asked = unit.messages.last_of_customer(ticket.id)
        if asked is not None and not (source == "sent" and ticket.answered_at and asked.text):
            asked = asked if asked.text == ticket.question else None  # the question may be several lines
        unit.labels.add(
            source,
            ticket_id=ticket.id,
            message_id=asked.id if asked else None,
            scenario=matter.scenario.key if matter else None,
            answer=matter.answer_key if matter else None,
            language=customer.language,
            text=masked(asked.text if asked else ticket.question, customer),
            operator_id=here.operator.id,
            operator_name=here.operator.name,
        )
