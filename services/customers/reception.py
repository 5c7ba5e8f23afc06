"""What happens to a customer's message: look, think, act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from services.classify.urgency import of_words
from services.classify.wishes import asks_for_person
from services.customers.answering import Answering, First
from services.customers.banned import shelve
from services.customers.carrying_out import Outcome
from services.customers.decisions import is_open, needs_verdict
from services.customers.given_verdicts import AlreadyReceived, GivenVerdict, VerdictOutdated
from services.customers.sessions import Sessions
from services.customers.situation import Situation
from services.customers.situations import LATELY
from services.messages import customer_lines
from services.messages.incoming import CustomerMessage
from services.queues.pending import pending_answer
from storage.records import Customer, Message
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
SHORT: Final = 80
"""A line of fewer characters may be the beginning of a question; a longer one is answered at once."""

Also = Callable[[Unit, Outcome], None]  # what else is to be written in the same unit


class Reception:
    """Receives every line that a customer writes, through whatever channel."""

    def __init__(self, *, store: Store, sessions: Sessions, answering: Answering, pause: timedelta) -> None:
        """`pause`: how long a short line waits for more."""
        self._store = store
        self._sessions = sessions
        self._answering = answering
        self._pause = pause

    async def receive(self, said: CustomerMessage, *, first: First | None = None, also: Also | None = None) -> Outcome:
        """Store a message, and answer it, ask back, call people or pass it on to them; a short line waits for more.

        Raises AlreadyReceived for a message that did not come through the inbox, where causes are told apart.
        """

        def act(unit: Unit, thought: GivenVerdict | None) -> Outcome:
            outcome = self._act(unit, said, thought, first)
            if also is not None:
                also(unit, outcome)
            return outcome

        thought = None if self._may_wait(said) else await self._guess(said)
        while True:
            try:
                outcome = await self._store.write(partial(act, thought=thought), said.cause)
            except VerdictOutdated:
                thought = await self._think(said)
                continue
            log.info("message.received", cause=said.cause.key, customer=outcome.message.customer_id, type=outcome.type)
            return outcome

    def _may_wait(self, said: CustomerMessage) -> bool:
        """Whether more may follow. Who uses the API waits for the answer, so there nothing does.

        Albums, forwards and pasted texts come in parts and corrections seldom alone, whatever the pause; else it is a
        short line, which may be the beginning of a question.
        """
        if said.cause.task is None or said.wants_person:
            return False
        short = bool(self._pause) and 0 < len(said.text.strip()) < SHORT
        return short or said.edited or said.album is not None or customer_lines.comes_in_parts(said)

    async def _guess(self, said: CustomerMessage) -> GivenVerdict | None:
        """Ask an engine that reads nothing but the words at once: that costs less than to look whether they count.

        The act finds out what else is true, and lets it think again where other lines belong to these.
        """
        if self._answering.wants_context:
            return await self._think(said)
        if said.wants_person or not said.text.strip():
            return None
        return GivenVerdict(verdict=await self._answering.verdict(said, None, ()), said=said, waiting=())

    async def _think(self, said: CustomerMessage) -> GivenVerdict | None:
        """Ask the classifier if its word will count."""

        def look(unit: Unit) -> tuple[Customer | None, Situation, list[Message], tuple[str, ...]]:
            customer = unit.customers.find(said.person.address)
            now = self._sessions.situations.of(unit, customer, said)
            return customer, now, self._waiting(unit, customer, now, said), self._answering.context(unit, customer)

        customer, now, waiting, context = await self._store.read(look)
        if not needs_verdict(now) or (customer is not None and customer.banned_at is not None):
            return None
        whole = replace(said, text="\n".join(filter(None, (customer_lines.lately(waiting), said.text))))
        verdict = await self._answering.verdict(whole, customer, context[: -len(waiting)] if waiting else context)
        return GivenVerdict(verdict=verdict, said=whole, waiting=tuple(waiting))

    def _waiting(self, unit: Unit, customer: Customer | None, now: Situation, said: CustomerMessage) -> list[Message]:
        """Return the lines in a row before a line that is about to be judged."""
        if customer is None or not now.owed or not needs_verdict(now):
            return []
        return customer_lines.before(unit.lines.owed(customer.id, unit.now - LATELY), unit.now, said.person.topic_id)

    def _act(self, unit: Unit, said: CustomerMessage, thought: GivenVerdict | None, first: First | None) -> Outcome:
        customer = self._sessions.customer(unit, said.person)
        if said.cause.task is None and unit.messages.caused_by(said.cause.key):
            raise AlreadyReceived(said.cause.key)
        if customer.banned_at is not None:
            return shelve(unit, said, customer)
        now = self._sessions.situations.of(unit, customer, said)
        if is_open(now) and self._may_wait(said):
            return self._put_off(unit, said, customer, first)
        waiting = self._waiting(unit, customer, now, said)
        if not needs_verdict(now):
            message = customer_lines.keep(unit, said, customer, ticket_id=now.passed_on_to)
            return self._answering.respond(
                unit, said, customer=customer, now=now, lines=[message], verdict=None, first=first
            )
        if thought is None or thought.waiting != tuple(waiting):
            raise VerdictOutdated
        message = customer_lines.keep(unit, said, customer)
        if waiting:
            now = replace(now, asks=asks_for_person(thought.said.text), urgency=of_words(thought.said.text))
        return self._answering.respond(
            unit,
            thought.said,
            customer=customer,
            now=now,
            lines=[*waiting, message],
            verdict=thought.verdict,
            first=first,
        )

    def _put_off(self, unit: Unit, said: CustomerMessage, customer: Customer, first: First | None) -> Outcome:
        """Store a line, and put down that it is to be answered once it is clear what belongs to it."""
        settled = None
        if said.album is not None and not said.text.strip():
            settled = unit.lines.album_settled(customer.id, said.album, unit.now - LATELY)
        message = customer_lines.keep(unit, said, customer, question_id=settled)
        if first is not None:
            first(self._sessions.conversation(unit, said.cause, customer, customer.language))
        # A picture that comes after its album was answered brings nothing to answer.
        if settled is None and said.cause.task is not None:
            unit.inbox.put(pending_answer(message.key, said.cause.task.lane, written_at=said.written_at))
        return Outcome(message=message, first=False, verdict=None, ticket=None, reply=None, type="pending")
