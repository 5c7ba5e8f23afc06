"""Who speaks with a customer: the bot, people, or both. One table of cases.

| the conversation | who speaks |
|---|---|
| no ticket is open | the bot |
| an operator has written after closing, less than a day ago | people: the ticket opens again |
| it was closed since the customer was silent, less than a week ago | people: the ticket opens again |
| an operator has taken the ticket | people |
| an operator has written within `operators.quiet_min` | people |
| the ticket is for a look: the bot had answered | the bot |
| nobody has taken the ticket | both |
| the owner of the account or channel has written there within `business.quiet_min` | people |
| the account or channel does not let the bot write | people |

*The bot*: as if there were no ticket; what people are needed for makes the ticket a real one. *Both*: the bot answers
questions that it is sure of, and the ticket gets the line and the answer; everything else (doubt, small talk, pictures)
is passed on, and the customer hears now and then that people have it. *People*: the bot passes lines on and is silent.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from services.desk.cards import FOR_A_LOOK
from services.messages.ages import NONE, left_of
from storage.records import Customer, Ticket

Speaker = Literal["bot", "both", "people"]
COMES_BACK: Final = timedelta(days=1)
"""Who answers a last word of an operator within this time means that operator."""
LAPSED_COMES_BACK: Final = timedelta(days=7)
"""The same for who was silent until their ticket was closed."""


def owner_speaks(customer: Customer, now: datetime) -> bool:
    """Whether the owner of the account or channel that a customer writes to speaks with them by themselves."""
    return customer.owner_until is not None and now < customer.owner_until


def speaker(ticket: Ticket | None, now: datetime, *, quiet: timedelta) -> Speaker:
    """Return who speaks. `quiet`: for how long after an operator's line the bot is silent."""
    if ticket is None:
        return "bot"
    if ticket.status == "closed":
        span = LAPSED_COMES_BACK if ticket.ending == "lapsed" else COMES_BACK
        return "people" if _within(span, now, ticket.followed_up_at) else "bot"
    if ticket.status == "taken":
        return "people"
    if _within(quiet, now, ticket.replied_at):
        return "people"
    if ticket.reason == FOR_A_LOOK:
        return "bot"
    return "both"


def _within(span: timedelta, now: datetime, moment: datetime | None) -> bool:
    return moment is not None and left_of(span, now, moment) > NONE
