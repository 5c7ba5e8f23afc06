"""What operators do: take, answer, close, reopen. They act on tickets; customers read the result."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from services.desk.edits import differs, follow, withdraw, withdraw_album
from services.desk.hints import Hints
from services.desk.notes import is_aside, is_inside
from services.messages.addresses import on_telegram
from services.messages.callbacks import Deed, OnTicket
from services.messages.effects import Copy, Say, ShowCard, TurnTopic, Words, home
from services.messages.incoming import Operator, OperatorMessage
from services.messages.lengths import TOAST
from services.queues.outbox import PRESSED, TOUCH, WORK, Outgoing
from services.queues.pending import reopening
from services.queues.worker import Again
from services.texts import label, say, text_key
from services.texts.keys import ToastKey
from services.texts.team import Team
from storage.messages import NOTE
from storage.placements import Placement
from storage.records import Cause, Customer, Message, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What the presser of a button sees: a text key with its fields."""

    key: ToastKey
    fields: dict[str, object]


class Desk:
    """The operators' side of every conversation."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._hints = Hints(team=team)

    async def press(self, cause: Cause, operator: Operator, press: OnTicket) -> Toast:
        """Carry out a button of a card, as far as it still makes sense."""

        def act(unit: Unit) -> Toast:
            ticket = self._locked(unit, press.ticket_id)
            if ticket is None:
                return _toast("outdated")
            outgoing = Outgoing(unit, cause.key)
            toast = self._do(unit, press.deed, ticket, operator, outgoing)
            if toast.key != "shown":
                self._show(ticket, outgoing, rank=PRESSED)
            if toast.key in ("closed", "reopened"):
                outgoing.put(TurnTopic(ticket_id=ticket.id, closed=toast.key == "closed"), rank=TOUCH)
            return toast

        toast = await self._store.write(act, cause)
        log.info("ticket.pressed", ticket=press.ticket_id, deed=press.deed, outcome=toast.key)
        return toast

    def _do(self, unit: Unit, deed: Deed, ticket: Ticket, operator: Operator, outgoing: Outgoing) -> Toast:
        match deed:
            case "take":
                return self._take(unit, ticket, operator)
            case "close":
                return self._close(unit, ticket, outgoing)
            case "reopen":
                return self._reopen(unit, ticket, operator, outgoing)
            case "show":
                return _toast("shown" if ticket.card_id is not None else "showing")

    def ticket_at(self, unit: Unit, said: OperatorMessage) -> Ticket | None:
        """Return the ticket a line belongs to: by what it replies to, else by the topic it stands in."""
        if said.reply_to is not None:
            placement = unit.placements.at(said.chat_id, said.reply_to)
            if placement is not None:
                return unit.tickets.get(placement.ticket_id)
        if said.topic_id is not None:
            return unit.tickets.in_topic(said.chat_id, said.topic_id)
        return None

    async def write(self, said: OperatorMessage, *, last_try: bool) -> None:
        """Bring an operator's line to the customer; a line that belongs to no ticket is talk among people.

        Raises Again for a reply to a message of the bot that is not known, until the last try.
        """

        def act(unit: Unit) -> None:
            ticket = self.ticket_at(unit, said)
            if ticket is not None:
                ticket = self._locked(unit, ticket.id)
            outgoing = Outgoing(unit, said.cause.key)
            if ticket is not None:
                self._reply(unit, ticket, said, outgoing)
                return
            unit.placements.give_up(said.chat_id, said.telegram_id)
            if not said.to_bot or is_aside(said.text):
                return
            if self._hints.answers_list(unit, said):
                self._hints.which_ticket(said, outgoing)
            elif last_try:
                self._hints.unknown(said, outgoing)
            else:
                raise Again("the message it replies to is not noted yet")

        await self._store.write(act, said.cause)

    async def reword(self, said: OperatorMessage) -> None:
        """Follow an operator who edits their line: the customer reads the new one, none any more, or one at last."""

        def act(unit: Unit) -> None:
            placement = unit.placements.at(said.chat_id, said.telegram_id)
            ticket = self._locked(unit, placement.ticket_id) if placement else None
            if placement is None or ticket is None:
                return
            message = unit.messages.get(placement.message_id) if placement.message_id else None
            outgoing = Outgoing(unit, said.cause.key)
            inside = is_inside(unit, said)
            if message is None or message.kind == NOTE:
                if not inside:
                    self._reply(unit, ticket, said, outgoing)
            elif message.author == "operator" and inside:
                withdraw(unit, message, outgoing)
                withdraw_album(unit, ticket, said, outgoing)
            elif message.author == "operator" and differs(message, said):
                followed = follow(unit, message, said, outgoing)
                if not followed:
                    self._hints.undelivered(said, "desk.old_stays", outgoing)

        await self._store.write(act, said.cause)

    def _locked(self, unit: Unit, ticket_id: int) -> Ticket | None:
        """Read a ticket, and lock its conversation until the unit closes."""
        ticket = unit.tickets.get(ticket_id)
        if ticket is None:
            return None
        unit.customers.get(ticket.customer_id, lock=True)
        return unit.tickets.get(ticket_id)

    def _take(self, unit: Unit, ticket: Ticket, operator: Operator) -> Toast:
        if unit.tickets.take(ticket.id, operator_id=operator.id, operator_name=operator.name):
            return _toast("taken")
        if ticket.status == "closed":
            return _toast("already_closed")
        if ticket.operator_id == operator.id:
            return _toast("already_yours")
        return _toast("taken_by", name=ticket.operator_name)

    def _close(self, unit: Unit, ticket: Ticket, outgoing: Outgoing) -> Toast:
        if not unit.tickets.close(ticket.id):
            return _toast("already_closed")
        customer = unit.customers.get(ticket.customer_id)
        if customer is not None:
            text = say("customer.closed", customer.language, ticket=ticket.id)
            line = unit.messages.add(
                key=f"{outgoing.cause}/closed",
                customer_id=customer.id,
                author="bot",
                text=text,
                kind="notice",
                ticket_id=ticket.id,
            )
            if (chat := home(customer)) is not None:
                outgoing.put(Say(to=chat, words=Words(text=text), message_id=line.id))
        return _toast("closed")

    def _reopen(self, unit: Unit, ticket: Ticket, operator: Operator, outgoing: Outgoing) -> Toast:
        other = unit.tickets.open_of(ticket.customer_id)
        if other is not None:
            return _toast("taken") if other.id == ticket.id else _toast("another_open", ticket=other.id)
        unit.tickets.reopen(ticket.id, operator_id=operator.id, operator_name=operator.name)
        unit.inbox.put(reopening(ticket, ticket.closed_at or unit.now, outgoing.cause))
        return _toast("reopened")

    @staticmethod
    def _show(ticket: Ticket, outgoing: Outgoing, *, rank: int) -> None:
        outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank)

    def _reply(self, unit: Unit, ticket: Ticket, said: OperatorMessage, outgoing: Outgoing) -> None:
        if is_inside(unit, said):
            unit.placements.add([_placement(said, ticket, None)])
            withdraw_album(unit, ticket, said, outgoing)
            return
        customer = unit.customers.get(ticket.customer_id)
        if customer is None:
            return
        message = self._record(unit, ticket, customer, said)
        unit.placements.add([_placement(said, ticket, message)])
        self._deliver(customer, said, message, outgoing)
        if self._make_theirs(unit, ticket, said.operator, outgoing):
            self._show(ticket, outgoing, rank=WORK)
            if ticket.status == "closed":
                outgoing.put(TurnTopic(ticket_id=ticket.id, closed=False), rank=TOUCH)
                self._hints.reopened(ticket, outgoing)
        log.info("ticket.answered", ticket=ticket.id, cause=said.cause.key)

    def _make_theirs(self, unit: Unit, ticket: Ticket, operator: Operator, outgoing: Outgoing) -> bool:
        """Give the ticket to who answers; an answer to a closed one opens it again. True when the card changes."""
        if ticket.status == "open":
            return unit.tickets.take(ticket.id, operator_id=operator.id, operator_name=operator.name)
        return ticket.status == "closed" and (self._reopen(unit, ticket, operator, outgoing)).key == "reopened"

    @staticmethod
    def _record(unit: Unit, ticket: Ticket, customer: Customer, said: OperatorMessage) -> Message:
        return unit.messages.add(
            key=said.cause.key,
            customer_id=customer.id,
            author="operator",
            author_name=said.operator.name,
            text=said.text,
            kind=said.kind,
            ticket_id=ticket.id,
            entities=said.entities,
            album=said.album,
            media=said.media,
        )

    def _deliver(self, customer: Customer, said: OperatorMessage, message: Message, outgoing: Outgoing) -> None:
        chat = home(customer)
        if chat is None:
            if not said.text:  # who uses the API reads the conversation by themselves, so only text can reach them
                self._hints.undelivered(said, "desk.api_copy", outgoing)
            return
        if said.kind == "text":
            words = Words(text=said.text, html=False, entities=said.entities)
            outgoing.put(Say(to=chat, words=words, message_id=message.id))
        else:
            outgoing.put(
                Copy(
                    to=chat,
                    origin=on_telegram(said.chat_id),
                    telegram_id=said.telegram_id,
                    message_id=message.id,
                    text=said.text,
                    album=said.album,
                )
            )


def toast_text(toast: Toast, language: str) -> str:
    """Return a toast in words, 200 characters at most."""
    return label(text_key("toast", toast.key), language, **toast.fields)[:TOAST]


def _toast(key: ToastKey, **fields: object) -> Toast:
    return Toast(key=key, fields=fields)


def _placement(said: OperatorMessage, ticket: Ticket, message: Message | None) -> Placement:
    return Placement(
        chat_id=said.chat_id,
        telegram_id=said.telegram_id,
        ticket_id=ticket.id,
        message_id=message.id if message else None,
    )
