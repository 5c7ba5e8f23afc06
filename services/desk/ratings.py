"""Asking a customer how they were helped: after people have solved something, and once a day at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from services.messages.callbacks import encode
from services.messages.effects import Button, Keyboard
from services.messages.rating_presses import OnRating
from services.texts import label
from storage.ratings import HIGH, LOW
from storage.records import Customer, Ticket
from storage.units import Unit

A_DAY: Final = timedelta(days=1)


def may_ask(unit: Unit, ticket: Ticket, customer: Customer) -> bool:
    """Whether the customer is asked about a ticket that was just solved; that they are is noted.

    Who was never answered has nothing to rate.
    """
    if ticket.answered_at is None or not customer.reachable or customer.banned_at is not None:
        return False
    return not unit.ratings.asked_since(customer.id, unit.now - A_DAY) and unit.ratings.ask(ticket)


def scores(line_id: int, language: str) -> Keyboard:
    """Return the scores to choose from, under the line that asks."""
    return (
        tuple(
            Button(text=label("button.score", language, score=score), press=encode(OnRating(line_id, score)))
            for score in range(LOW, HIGH + 1)
        ),
    )


def comment(line_id: int, language: str) -> Keyboard:
    """Return the button by which a customer adds a few words."""
    return ((Button(text=label("button.comment", language), press=encode(OnRating(line_id, None))),),)
