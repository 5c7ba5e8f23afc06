"""Lines as they are stored, and as they were said: one by one, and in a row as the one question that they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

from services.messages.ages import is_near
from services.messages.incoming import Cause, CustomerMessage, Person
from services.messages.lengths import MESSAGE, units
from storage.changing import as_entities
from storage.closed_sets import SaidKind
from storage.records import Customer, Message
from storage.units import Unit

PASTED: Final = 500
"""Characters from which a text was hardly typed: it is pasted, perhaps in several messages."""
TOGETHER: Final = timedelta(seconds=15)
"""Lines further apart than this are not one question, whatever the pause."""


def keep(
    unit: Unit,
    said: CustomerMessage,
    customer: Customer,
    *,
    ticket_id: int | None = None,
    question_id: int | None = None,
) -> Message:
    """Store what a customer says."""
    answered = unit.messages.at(customer.id, said.answers) if said.answers is not None else None
    return unit.messages.add(
        key=said.cause.key,
        customer_id=customer.id,
        author="customer",
        text=said.text,
        kind=said.kind,
        ticket_id=ticket_id,
        question_id=question_id,
        telegram_id=said.telegram_id,
        entities=said.entities,
        forwarded_from=said.forwarded_from,
        quoted=said.quoted,
        told=said.told,
        reply_to_id=answered.id if answered else None,
        album=said.album,
        media=said.media,
        topic_id=said.person.topic_id,
        edited_at=unit.now if said.edited else None,
        file=said.file,
    )


def words(lines: Sequence[Message]) -> str:
    """Return what lines say together; a bare command says nothing, and what is passed on is not the customer's."""
    own = (line for line in lines if line.kind != "command" and line.forwarded_from is None)
    return "\n".join(line.text for line in own if line.text.strip())


def lately(lines: Sequence[Message]) -> str:
    """Return what lines say together, as much of the end as one message holds: what a classifier is asked."""
    kept: list[Message] = []
    room = MESSAGE
    for line in reversed(lines):
        room -= units(line.text) + 1
        if kept and room < 0:
            break
        kept.insert(0, line)
    return words(kept)


def around(lines: Sequence[Message], message: Message) -> list[Message]:
    """Return the lines in a row that a message is among, itself included; none when it is not among the lines.

    What stands in another topic of the chat is another question.
    """
    lines = [line for line in lines if line.topic_id == message.topic_id]
    ids = [line.id for line in lines]
    if message.id not in ids:
        return []
    first = last = ids.index(message.id)
    while first > 0 and _near(lines[first - 1].created_at, lines[first].created_at):
        first -= 1
    while last + 1 < len(lines) and _near(lines[last].created_at, lines[last + 1].created_at):
        last += 1
    return list(lines[first : last + 1])


def before(lines: Sequence[Message], now: datetime, topic_id: int | None) -> list[Message]:
    """Return the lines in a row that a line written now, in a topic, would belong to."""
    lines = [line for line in lines if line.topic_id == topic_id]
    return around(lines, lines[-1]) if lines and _near(lines[-1].created_at, now) else []


def again(
    cause: Cause, customer: Customer, lines: Sequence[Message], written_at: datetime | None = None
) -> CustomerMessage:
    """Return lines as the one message that they are."""
    last = lines[-1]
    return CustomerMessage(
        cause=cause,
        person=Person(
            address=customer.address,
            first_name=customer.first_name,
            last_name=customer.last_name,
            username=customer.username,
            language=customer.language,
        ),
        kind=cast("SaidKind", last.kind),  # of a customer's line
        text=last.text if len(lines) == 1 else lately(lines),
        entities=as_entities(last.entities) if len(lines) == 1 else (),
        forwarded_from=last.forwarded_from,
        quoted=last.quoted,
        told=last.told,
        telegram_id=last.telegram_id,
        album=last.album,
        written_at=written_at,
        media=last.media,
    )


def question(
    cause: Cause, customer: Customer, lines: Sequence[Message], written_at: datetime | None = None
) -> CustomerMessage:
    """Return lines as the one question that they are: its words are the customer's own, not what they pass on."""
    own = [line for line in lines if line.forwarded_from is None]
    said = again(cause, customer, lines, written_at)
    if len(own) == len(lines):
        return said
    author = None if own else said.forwarded_from
    return replace(said, text=lately(own), entities=(), forwarded_from=author, passes_on=True)


def comes_in_parts(line: CustomerMessage | Message) -> bool:
    """Whether more of it is likely to follow at once: people pass on several messages, and paste texts in pieces."""
    return line.forwarded_from is not None or len(line.text) >= PASTED


def is_media(line: Message) -> bool:
    """More than words: it is shown as a copy."""
    return line.kind not in ("text", "command")


def _near(one: datetime, other: datetime) -> bool:
    return is_near(one, other, TOGETHER)
