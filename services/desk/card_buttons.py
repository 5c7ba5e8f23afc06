"""The buttons of a card: what makes sense now, and the choices of the one that was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, get_args

from services.desk.menus import Menu, rows
from services.desk.suggesting import Proposed
from services.messages.callbacks import CardAction, OnTicket, encode
from services.messages.choices import Snooze
from services.messages.desk_presses import OnTicketHistory
from services.messages.effects import Button, Keyboard
from services.messages.lengths import cut
from services.messages.words import Style
from services.texts import label, text_key
from storage.closed_sets import Closing, Priority
from storage.records import Ticket
from storage.ticket_lists import Colleague

ENDINGS: Final[tuple[Closing, ...]] = ("solved", "silent", "spam")
"""In the order people see them."""
SELDOM: Final[tuple[CardAction, ...]] = ("correct", "note", "priority")
"""What stands behind *More*, so that a card is three rows high on a phone."""
NAME_MOST: Final = 30
MOVING: Final[tuple[CardAction, ...]] = ("move",)
STYLES: Final[dict[CardAction, Style]] = {"take": "primary", "close": "success", "ban": "danger"}
"""What stands out: to begin, to be done, and what is not easily taken back."""


def keyboard(
    ticket: Ticket,
    colleagues: Sequence[Colleague],
    language: str,
    menu: Menu | None = None,
    *,
    banned: bool = False,
    movable: bool = False,
    suggestion: Proposed | None = None,
) -> Keyboard:
    """Return the buttons for the ticket's state; where a menu is open, its choices and the way back.

    `movable`: there is another group, or topic, for it to go to.
    """
    details = _button(ticket, "fold" if ticket.face == "details" else "details", language)
    look = (details, Button(text=label("button.history", language), press=encode(OnTicketHistory(ticket.id))))
    ban = _button(ticket, "unban" if banned else "ban", language)
    if menu is not None:
        return menu.buttons
    if ticket.status == "closed":
        return ((_button(ticket, "reopen", language), *look), (ban,))
    if ticket.face == "more":
        seldom = [_button(ticket, action, language) for action in (*SELDOM, *MOVING[: int(movable)])]
        return (*rows([*seldom, ban]), (_button(ticket, "fold", language),))
    if choices := list(_choices(ticket, colleagues, language)):
        return (*rows(choices), (_button(ticket, "fold", language),))
    first = _button(ticket, "release" if ticket.status == "taken" else "take", language)
    return (
        *_of_suggestion(ticket, suggestion, language),
        (first, _button(ticket, "close", language), _button(ticket, "closing", language)),
        tuple(_button(ticket, action, language) for action in _second_row(ticket)),
        (*look, _button(ticket, "more", language)),
    )


def _of_suggestion(ticket: Ticket, proposed: Proposed | None, language: str) -> Keyboard:
    """Return what can be done with an answer that is proposed; one that lacks something cannot be sent as it is."""
    if proposed is None:
        return ()
    number = str(proposed.id)
    edit, wrong = (
        _choice(ticket, "edit", number, label("button.edit", language)),
        _choice(ticket, "wrong", number, label("button.wrong", language)),
    )
    if proposed.reading.missing:
        return ((wrong,),)
    if proposed.reading.gaps:
        return ((edit, wrong),)
    send = _choice(ticket, "accept", proposed.token, label("button.accept", language))
    return ((replace(send, style="success"), edit, wrong),)


def _second_row(ticket: Ticket) -> tuple[CardAction, ...]:
    return ("answer", "hand", "wake" if ticket.state == "snoozed" else "snooze")


def _choices(ticket: Ticket, colleagues: Iterable[Colleague], language: str) -> Iterator[Button]:
    """Yield the choices of the menu that is open; nothing where none is."""
    match ticket.face:
        case "hand":
            for one in colleagues:
                if one.id != ticket.operator_id:
                    yield _choice(ticket, "hand", str(one.id), cut(one.name, NAME_MOST))
        case "snooze":
            for span in get_args(Snooze):
                yield _choice(ticket, "snooze", span, label(text_key("snooze", span), language))
        case "priority":
            for priority in get_args(Priority):
                mark = label(text_key("priority", priority), language)
                named = label(text_key("priority_name", priority), language)
                yield _choice(ticket, "priority", priority, f"{mark} {named}")
        case "closing":
            for ending in ENDINGS:
                yield _choice(ticket, "close", ending, label(text_key("ending", ending), language))
        case _:
            return


def _choice(ticket: Ticket, action: CardAction, choice: str, text: str) -> Button:
    return Button(text=text, press=encode(OnTicket(ticket.id, action, choice)))


def _button(ticket: Ticket, action: CardAction, language: str) -> Button:
    return Button(
        text=label(text_key("button", action), language),
        press=encode(OnTicket(ticket.id, action)),
        style=STYLES.get(action),
    )
