"""Statements of every message's way, compiled once: building one costs three times what executing it does."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import bindparam, case, exists, func, insert, or_, select, update

from storage.prepared import Prepared
from storage.records import Message
from storage.tables import Moment, messages, tickets

COLUMNS: Final = [messages.c[name] for name in Message.__slots__]

THEIRS: Final = messages.c.customer_id == bindparam("customer")
ADD: Final = Prepared(insert(messages).returning(*COLUMNS))
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
SPOKEN: Final = Prepared(select(exists().where(THEIRS, messages.c.author != "customer")))
TIMES: Final = Prepared(
    select(func.count())
    .select_from(messages)
    .where(
        THEIRS,
        messages.c.scenario == bindparam("scenario"),
        func.coalesce(messages.c.answer, "") == bindparam("answer"),
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
TRIED: Final = Prepared(
    select(messages.c.kind, messages.c.scenario, messages.c.answer, messages.c.feedback)
    .where(
        THEIRS, or_(messages.c.kind == "answer", messages.c.kind == "clarify"), messages.c.created_at > _SINCE_TICKET
    )
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
CONTEXT: Final = Prepared(
    select(messages.c.author, messages.c.text)
    .where(THEIRS, messages.c.text != "", messages.c.created_at > _SINCE_TICKET)
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)


@cache
def newest(*names: str) -> Prepared:
    """Return the query for the last message with these columns as given."""
    known = [messages.c[name] == bindparam(name) for name in names]
    return Prepared(select(*COLUMNS).where(*known).order_by(messages.c.id.desc()).limit(1))
