"""What the buttons of a card do: take, close, reopen. Each press is harmless when it comes late, or twice."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from services.messages.callbacks import Deed, OnTicket
from services.messages.effects import Say, ShowCard, TurnTopic, Words, home
from services.messages.incoming import Operator
from services.messages.lengths import TOAST
from services.queues.outbox import PRESSED, TOUCH, Outgoing
from services.queues.pending import reopening
from services.texts import label, say, text_key
from services.texts.keys import ToastKey
from storage.records import Cause, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What the presser of a button sees: a text key with its fields."""

    key: ToastKey
    fields: dict[str, object]


class Desk:
    """Carries out presses."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def press(self, cause: Cause, operator: Operator, press: OnTicket) -> Toast:
        """Carry out a button of a card, as far as it still makes sense."""

        def act(unit: Unit) -> Toast:
            ticket = unit.tickets.locked(press.ticket_id)
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


def toast_text(toast: Toast, language: str) -> str:
    """Return a toast in words, 200 characters at most."""
    return label(text_key("toast", toast.key), language, **toast.fields)[:TOAST]


def _toast(key: ToastKey, **fields: object) -> Toast:
    return Toast(key=key, fields=fields)
