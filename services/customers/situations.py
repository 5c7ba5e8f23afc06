"""What is true of a conversation as a message is about to be judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from services.classify.acknowledgements import acknowledgement_of
from services.classify.impressions import is_impression, wants_something
from services.classify.remarks import Remark, remark_of
from services.classify.urgency import of_words
from services.classify.verdict import Verdict, confirmed
from services.classify.wishes import asks_for_person
from services.customers.conversation import A_MINUTE
from services.customers.decisions import LOOKED_AT, offered
from services.customers.right_to_write import may_write
from services.customers.situation import Situation
from services.customers.who_speaks import Speaker, owner_speaks, speaker
from services.messages.incoming import CustomerMessage
from storage.records import Customer, Message
from storage.units import Unit

LATELY: Final = timedelta(hours=1)
NODS: Final = ("sticker", "dice")
COMMENT_FOLLOWS: Final = timedelta(minutes=10)
"""For so long after a score a line about how it was is its comment: who thinks of something later writes anew."""


class Situations:
    """Looks; `per_minute` is how many lines of one customer are answered one by one.

    `quiet`: for how long after an operator's line the bot is silent.
    """

    def __init__(self, *, per_minute: int, quiet: timedelta) -> None:
        self._per_minute = per_minute
        self._quiet = quiet

    def of(self, unit: Unit, customer: Customer | None, said: CustomerMessage) -> Situation:
        """Look at what is true as a message is about to be stored."""
        own = "" if said.forwarded_from is not None else said.text
        now = Situation(
            ticket=None,
            wants_person=said.wants_person,
            asks=asks_for_person(own),
            wordless=not own.strip(),
            passes_on=said.passes_on or said.forwarded_from is not None,
            shows=said.is_media,
            urgency=of_words(own),
            remark=remark_of(own),
        )
        if customer is None:
            return now if may_write(unit, said.person.address) else replace(now, speaker="people")
        since = unit.now - LATELY
        known = unit.messages.standing(
            customer.id,
            minute=unit.now - A_MINUTE,
            since=since,
            rated=unit.now - COMMENT_FOLLOWS,
            most=self._per_minute,
        )
        ticket = unit.tickets.in_hand(customer.id) if known.ticket else None
        who = speaker(ticket, unit.now, quiet=self._quiet)
        if ticket is not None and ticket.status == "closed" and (now.remark == "quiet" or acknowledgement_of(own)):
            who = "bot"  # an acknowledgement after the last word opens nothing again
        if who != "people" and _left_to_owner(unit, customer):
            who, ticket = "people", ticket if ticket is not None and ticket.status != "closed" else None
        # A question stands by itself; only what may be a remark on the bot's last line is worth a look at that.
        remarks = now.remark is not None or said.kind in NODS
        last = unit.messages.last_of_bot(customer.id, since) if remarks else None
        comments = _may_comment(said, now)
        rated = known.rated if comments and known.rated is not None and not wants_something(own) else None
        return replace(
            now,
            last=last,
            remark=now.remark or _wordless_remark(said, last),
            ticket=ticket if ticket is None or ticket.status != "closed" or who == "people" else None,
            speaker=who,
            crowded=known.written >= self._per_minute,
            tried=unit.messages.tried(customer.id, since, most=LOOKED_AT) if known.tried else (),
            owed=known.owed,
            stranger=not known.spoken,
            commenting=known.commenting if comments else None,
            rated=rated,
            judges=rated is not None and is_impression(own),
        )

    def speaker(self, unit: Unit, customer: Customer) -> Speaker:
        """Return who speaks with the customer now."""
        if _left_to_owner(unit, customer):
            return "people"
        return speaker(unit.tickets.in_hand(customer.id), unit.now, quiet=self._quiet)

    def crowded(self, unit: Unit, customer: Customer) -> bool:
        """Whether the customer has written as much within a minute as is answered one by one."""
        written = unit.messages.count_since(customer.id, unit.now - A_MINUTE, most=self._per_minute)
        return written >= self._per_minute


def _left_to_owner(unit: Unit, customer: Customer) -> bool:
    return owner_speaks(customer, unit.now) or not may_write(unit, customer.address)


def _may_comment(said: CustomerMessage, now: Situation) -> bool:
    """Whether a line can be the comment on a rating: words, and none that call a person."""
    return said.kind == "text" and not (now.wordless or now.wants_person or now.asks or now.passes_on or said.edited)


def _wordless_remark(said: CustomerMessage, last: Message | None) -> Remark | None:
    """Take a sticker after an answer for a nod."""
    nods = said.kind in NODS and not said.text.strip() and last is not None and last.kind == "answer"
    return "quiet" if nods else None


def taken_up(unit: Unit, now: Situation, version: str) -> Verdict | None:
    """Return what a bare "yes" says was meant, and note that it was chosen."""
    meant = offered(now)
    if meant is None or now.last is None:
        return None
    unit.messages.change(now.last.id, feedback="picked")
    return confirmed(meant, version)
