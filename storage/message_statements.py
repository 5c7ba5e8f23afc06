"""Statements of every message's way, compiled once: building one costs three times what executing it does."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import bindparam, case, exists, func, insert, or_, select, update

from storage.prepared import Prepared
from storage.records import Message
from storage.tables import NOT_CLOSED, Moment, messages, ratings, tickets

COLUMNS: Final = [messages.c[name] for name in Message.__slots__]

THEIRS: Final = messages.c.customer_id == bindparam("customer")
_BOT: Final = messages.alias()
SPOKEN_ABOUT: Final = exists().where(_BOT.c.question_id == messages.c.id, _BOT.c.author == "bot")
UNSEEN: Final = (
    THEIRS,
    messages.c.author == "customer",
    messages.c.kind != "command",
    messages.c.ticket_id.is_(None),
)
OWED: Final = (
    THEIRS,
    messages.c.author == "customer",
    messages.c.kind != "command",
    # One expression, or SQLite may go through all lines without a ticket, whoever wrote them.
    func.coalesce(messages.c.ticket_id, messages.c.question_id).is_(None),
    messages.c.created_at >= bindparam("since", type_=Moment),
    ~SPOKEN_ABOUT,
)
ADD: Final = Prepared(insert(messages).returning(messages.c.id))
CHANGE: Final = update(messages).where(messages.c.id == bindparam("row"))
STAND: Final = Prepared(CHANGE.values(telegram_id=bindparam("telegram_id")))
LATELY: Final = Prepared(
    select(messages.c.id)
    .where(
        THEIRS,
        messages.c.author == "customer",
        messages.c.created_at > bindparam("since", type_=Moment),
        messages.c.created_at <= bindparam("now", type_=Moment),
    )
    .limit(bindparam("most"))
)
_SPOKEN: Final = exists().where(THEIRS, messages.c.author != "customer", messages.c.kind != "note")
SPOKEN: Final = Prepared(select(_SPOKEN))
TIMES: Final = Prepared(
    select(func.count())
    .select_from(messages)
    .where(
        THEIRS,
        messages.c.scenario == bindparam("scenario"),
        func.coalesce(messages.c.answer, "") == bindparam("answer"),
        messages.c.created_at > bindparam("since", type_=Moment),
    )
)
_CLOSED: Final = (
    select(func.max(tickets.c.closed_at))
    .where(tickets.c.customer_id == bindparam("customer"), tickets.c.closed_at <= bindparam("now", type_=Moment))
    .scalar_subquery()
)
_SINCE_TICKET: Final = case(
    (bindparam("since", type_=Moment) < _CLOSED, _CLOSED), else_=bindparam("since", type_=Moment)
)
"""When the last closed ticket ended, if that is later: what was said before it counts no more.

One that the clock, set back since, places in the future would make all that is said until then count for nothing.
"""
_TRIED: Final = (
    THEIRS,
    or_(messages.c.kind == "answer", messages.c.kind == "clarify"),
    messages.c.created_at > _SINCE_TICKET,
)
TRIED: Final = Prepared(
    select(messages.c.kind, messages.c.scenario, messages.c.answer, messages.c.feedback)
    .where(*_TRIED)
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
STANDING: Final = Prepared(
    select(
        exists()
        .where(
            tickets.c.customer_id == bindparam("customer"),
            # A last word after closing opens a ticket again, if the customer answers it.
            or_(NOT_CLOSED, tickets.c.followed_up_at.is_not(None)),
        )
        .label("ticket"),
        select(func.count())
        .select_from(
            select(messages.c.id)
            .where(
                THEIRS,
                messages.c.author == "customer",
                messages.c.created_at > bindparam("minute", type_=Moment),
                messages.c.created_at <= bindparam("now", type_=Moment),
            )
            .limit(bindparam("most"))
            .subquery()
        )
        .scalar_subquery()
        .label("written"),
        exists().where(*OWED).label("owed"),
        exists().where(*_TRIED).label("tried"),
        _SPOKEN.label("spoken"),
        select(ratings.c.ticket_id)
        .where(
            ratings.c.customer_id == bindparam("customer"),
            ratings.c.comment_until > bindparam("now", type_=Moment),
        )
        .limit(1)
        .scalar_subquery()
        .label("commenting"),
        select(ratings.c.ticket_id)
        .where(
            ratings.c.customer_id == bindparam("customer"),
            ratings.c.rated_at > bindparam("rated", type_=Moment),
            ratings.c.rated_at <= bindparam("now", type_=Moment),
            ratings.c.comment_id.is_(None),
        )
        .order_by(ratings.c.rated_at.desc())
        .limit(1)
        .scalar_subquery()
        .label("rated"),
    )
)
"""What is known at a glance; which of the other questions are worth asking."""
CONTEXT: Final = Prepared(
    select(messages.c.author, messages.c.text)
    .where(THEIRS, messages.c.text != "", messages.c.kind != "note", messages.c.created_at > _SINCE_TICKET)
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)


@cache
def newest(*names: str) -> Prepared:
    """Return the query for the last message with these columns as given."""
    known = [messages.c[name] == bindparam(name) for name in names]
    return Prepared(select(*COLUMNS).where(*known).order_by(messages.c.id.desc()).limit(1))
