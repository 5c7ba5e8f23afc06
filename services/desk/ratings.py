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

    Who was never answered has nothing to rate. A program of the business finds the scores as data and may show them to
    nobody: that somebody was asked is known there only by their answer (`was_asked`).
    """
    if ticket.answered_at is None or not customer.reachable or customer.banned_at is not None:
        return False
    if unit.ratings.asked_since(customer.id, unit.now - A_DAY):
        return False
    return _unrated(unit, ticket) if customer.address.waits_for_words else unit.ratings.ask(ticket)


def was_asked(unit: Unit, ticket_id: int, customer: Customer) -> bool:
    """Whether the customer was asked about a ticket, as who answers a program's question was."""
    if unit.ratings.get(ticket_id) is not None:
        return True
    ticket = unit.tickets.get(ticket_id) if customer.address.waits_for_words else None
    return ticket is not None and unit.ratings.ask(ticket)


def _unrated(unit: Unit, ticket: Ticket) -> bool:
    rating = unit.ratings.get(ticket.id)
    return rating is None or rating.score is None


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
