"""Short lines in a row are one question: each is stored at once, and the last one is answered for all.

A line promises an answer by a task at the end of its customer's lane. When the task's turn comes, later lines have
been stored before it; so either it is the last and answers all, or the later one will. All of it stands in the inbox,
so a restart in the middle loses neither the lines nor the promise.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.ages import left_of
from services.arrivals import Cause, CustomerMessage, Person
from services.promises import promise, promised, times_put_back
from services.reception import Reception
from services.spelling import spelled
from services.worker import Later
from storage.records import Customer, Message, Task
from storage.store import Store

TOGETHER: Final = timedelta(seconds=15)
"""Lines further apart than this are not one question, whatever the pause."""
MOST_PUT_BACK: Final = 20


class Questions:
    """Keeps the promises."""

    def __init__(self, *, store: Store, reception: Reception, pause: timedelta) -> None:
        self._store = store
        self._reception = reception
        self._pause = pause

    async def play(self, cause: Cause, payload: str, last_try: bool) -> None:  # noqa: ARG002, FBT001  # as every player
        """Answer the lines that end with the promised one, unless more follow. Raises Later while more may."""
        task = cause.task
        if task is None:
            return
        key, written_at = promised(payload)
        async with self._store.read() as unit:
            message = await unit.messages.caused_by(key)
            customer = await unit.customers.get(message.customer_id) if message else None
            if message is None or customer is None:
                return
            lines = await unit.messages.unanswered(customer.id, message.created_at - TOGETHER)
            more = await unit.inbox.behind(task, most=1)
            context = await self._reception.context(unit, customer)
            rest = left_of(self._pause, unit.now, task.created_at)
        if not lines or lines[-1].id != message.id:
            return
        if more and times_put_back(task.key) < MOST_PUT_BACK:
            await self._put_back(cause, task, message, written_at)
        elif rest:
            raise Later(rest, "more may follow")
        else:
            await self._answer(_said(cause, customer, lines, written_at), customer, lines, context)

    async def _put_back(self, cause: Cause, task: Task, message: Message, written_at: datetime | None) -> None:
        """Something else of this customer waits: it goes first, since it may be the next line."""
        async with self._store.write(cause) as unit:
            again = times_put_back(task.key) + 1
            unit.inbox.put(promise(message.key, task.lane, again=again, written_at=written_at))

    async def _answer(
        self, said: CustomerMessage, customer: Customer, lines: list[Message], context: tuple[str, ...]
    ) -> None:
        before = context[: -len(lines)] if context else ()
        verdict = await self._reception.verdict(said, customer, before)
        async with self._store.write(said.cause) as unit:
            known = await unit.customers.get(customer.id, lock=True) or customer
            now = await self._reception.situation(unit, known, said)
            if now.ticket is not None:
                return  # people have taken over meanwhile, and see these lines on the card
            asked = _asked(lines)
            quiet = replace(now, crowded=False)
            outcome = await self._reception.respond(
                unit, said, customer=known, now=quiet, message=asked, verdict=verdict
            )
            if outcome.ticket is not None:
                for line in lines:
                    await unit.messages.change(line.id, ticket_id=outcome.ticket.id)


def _asked(lines: list[Message]) -> Message:
    """Return the lines as the one question that a card shows."""
    if len(lines) == 1:
        return lines[0]
    words = [spelled(line.text, json.loads(line.entities) if line.entities else ()) for line in lines]
    return replace(lines[-1], text="\n".join(words), entities=None)


def _said(cause: Cause, customer: Customer, lines: list[Message], written_at: datetime | None) -> CustomerMessage:
    """Return the lines as the one message that they are."""
    person = Person(
        channel=customer.channel,
        external_id=customer.external_id,
        first_name=customer.first_name,
        last_name=customer.last_name,
        username=customer.username,
        language=customer.language,
    )
    return CustomerMessage(
        cause=cause,
        person=person,
        kind="text",
        text="\n".join(line.text for line in lines),
        telegram_id=lines[-1].telegram_id,
        written_at=written_at,
    )
