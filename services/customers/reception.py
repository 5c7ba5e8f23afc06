"""What happens to a customer's message: look, think, act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from services.classify.urgency import highest, of_words
from services.classify.verdict import Question, Verdict
from services.classify.wishes import asks_for_person
from services.customers.banned import shelve
from services.customers.carrying_out import Outcome, Received, carry_out
from services.customers.conversation import Conversation
from services.customers.decisions import Policy, decide, further, is_open, needs_verdict, offered_by
from services.customers.identity import acquainted, spoken_to
from services.customers.language import answer_language
from services.customers.plans import Plan
from services.customers.situation import Situation
from services.customers.situations import LATELY, Situations, taken_up
from services.customers.thoughts import AlreadyReceived, LookAgain, Thought
from services.messages import customer_lines
from services.messages.ages import is_late
from services.messages.incoming import CustomerMessage, Person
from services.queues.pending import promise
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.records import Cause, Customer, Message
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
SHORT: Final = 80
"""A line of fewer characters may be the beginning of a question; a longer one is answered at once."""
CONTEXT_LINES: Final = 6

Also = Callable[[Unit, Outcome], None]  # what else is to be written in the same unit
First = Callable[[Conversation], object]
"""What is to be said before anything else."""


class Reception:
    """Receives every line that a customer writes, through whatever channel."""

    def __init__(
        self,
        *,
        store: Store,
        knowledge: Knowledge,
        answers: Answers,
        policy: Policy,
        per_minute: int,
        quiet: timedelta,
        pause: timedelta,
        late_after: timedelta,
        team: Team,
    ) -> None:
        """`quiet`: how long the bot is silent after an operator's line; `pause`: how long a short line waits for more.

        `late_after`: how old a question is when its answer begins with a word about the delay.
        """
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy
        self.situations = Situations(per_minute=per_minute, quiet=quiet)
        self._pause = pause
        self._late_after = late_after
        self._team = team

    async def receive(self, said: CustomerMessage, *, first: First | None = None, also: Also | None = None) -> Outcome:
        """Store a message, and answer it, ask back, call people or pass it on to them; a short line waits for more.

        Raises AlreadyReceived for a message that did not come through the inbox, where causes are told apart.
        """

        def act(unit: Unit, thought: Thought | None) -> Outcome:
            outcome = self._act(unit, said, thought, first)
            if also is not None:
                also(unit, outcome)
            return outcome

        thought = None if self._may_wait(said) else await self._guess(said)
        while True:
            try:
                outcome = await self._store.write(partial(act, thought=thought), said.cause)
            except LookAgain:
                thought = await self._think(said)
                continue
            log.info("message.received", cause=said.cause.key, customer=outcome.message.customer_id, type=outcome.type)
            return outcome

    def customer(self, unit: Unit, person: Person) -> Customer:
        """Return who writes, under today's name; their conversation is locked until the unit closes."""
        return acquainted(unit, person, self._team)

    def conversation(
        self, unit: Unit, cause: Cause, customer: Customer, language: str, *, late: bool = False
    ) -> Conversation:
        """Open a conversation in a language, which is the customer's from now on."""
        if language != customer.language:
            unit.customers.change(customer.id, language=language)
        return Conversation(
            unit=unit,
            cause=cause.key,
            customer=customer,
            language=language,
            answers=self._answers,
            knowledge=self._knowledge,
            team=self._team,
            late=late,
        )

    async def verdict(
        self, said: CustomerMessage, customer: Customer | None, context: tuple[str, ...], *, key: str = ""
    ) -> Verdict:
        """Ask the classifier; no transaction is open while it thinks. `key`: of the message, if it is not the cause."""
        language = customer.language if customer else spoken_to(said.person, self._team)
        names = (customer.first_name, customer.last_name) if customer else ()
        question = Question(text=said.text, language=language, key=key or said.cause.key, context=context, names=names)
        return await self._knowledge.classify(question)

    def context(self, unit: Unit, customer: Customer | None) -> tuple[str, ...]:
        """Return what was said lately, for an engine that reads it."""
        read = customer is not None and self._knowledge.wants_context
        return unit.messages.context(customer.id, unit.now - LATELY, most=CONTEXT_LINES) if customer and read else ()

    def plan(self, now: Situation, verdict: Verdict | None) -> Plan:
        """Decide, by the scenario that the verdict names if it still exists."""
        find = self._knowledge.scenario
        if verdict is None:
            return decide(now, None, None, self._policy)
        also = further(verdict, find, self._policy)
        return decide(now, verdict, find(verdict.scenario), self._policy, also, offerable=offered_by(find))

    def respond(
        self,
        unit: Unit,
        said: CustomerMessage,
        *,
        customer: Customer,
        now: Situation,
        lines: Sequence[Message],
        verdict: Verdict | None,
        first: First | None = None,
    ) -> Outcome:
        """Decide on stored lines, which are one question known by its last line, and do what was decided."""
        message = lines[-1]
        verdict = taken_up(unit, now, self._knowledge.version or "") or verdict
        spoken = answer_language(customer, said.text, verdict, fallback=self._team.fallback)
        language = self._answers.business.spoken_to(customer, spoken)
        late = is_late(said.written_at, unit.now, self._store.steady(), after=self._late_after)
        talk = self.conversation(unit, said.cause, customer, language, late=late)
        if first is not None:
            first(talk)
        talk.about = message
        talk.hear(said.text)
        unit.lines.join(lines, message.id)
        if verdict is not None:
            unit.verdicts.add(message.id, verdict.stored())
        received = Received(
            said=said,
            message=message,
            lines=lines,
            verdict=verdict,
            talk=talk,
            now=now,
            first=now.stranger and (first is None or not unit.messages.answered_before(customer.id)),
            urgency=highest(now.urgency, verdict.urgency if verdict else None),
        )
        return carry_out(self.plan(now, verdict), received)

    def _may_wait(self, said: CustomerMessage) -> bool:
        """Whether more may follow. Who uses the API waits for the answer, so there nothing does.

        Albums, forwards and pasted texts come in parts and corrections seldom alone, whatever the pause; else it is a
        short line, which may be the beginning of a question.
        """
        if said.cause.task is None or said.wants_person:
            return False
        short = bool(self._pause) and 0 < len(said.text.strip()) < SHORT
        return short or said.edited or said.album is not None or customer_lines.comes_in_parts(said)

    async def _guess(self, said: CustomerMessage) -> Thought | None:
        """Ask an engine that reads nothing but the words at once: that costs less than to look whether they count.

        The act finds out what else is true, and lets it think again where other lines belong to these.
        """
        if self._knowledge.wants_context:
            return await self._think(said)
        if said.wants_person or not said.text.strip():
            return None
        return Thought(verdict=await self.verdict(said, None, ()), said=said, waiting=())

    async def _think(self, said: CustomerMessage) -> Thought | None:
        """Ask the classifier if its word will count."""

        def look(unit: Unit) -> tuple[Customer | None, Situation, list[Message], tuple[str, ...]]:
            customer = unit.customers.find(said.person.address)
            now = self.situations.of(unit, customer, said)
            return customer, now, self._waiting(unit, customer, now), self.context(unit, customer)

        customer, now, waiting, context = await self._store.read(look)
        if not needs_verdict(now) or (customer is not None and customer.banned_at is not None):
            return None
        whole = replace(said, text="\n".join(filter(None, (customer_lines.lately(waiting), said.text))))
        verdict = await self.verdict(whole, customer, context[: -len(waiting)] if waiting else context)
        return Thought(verdict=verdict, said=whole, waiting=tuple(waiting))

    def _waiting(self, unit: Unit, customer: Customer | None, now: Situation) -> list[Message]:
        """Return the lines in a row before a line that is about to be judged."""
        if customer is None or not now.owed or not needs_verdict(now):
            return []
        return customer_lines.before(unit.lines.owed(customer.id, unit.now - LATELY), unit.now)

    def _act(self, unit: Unit, said: CustomerMessage, thought: Thought | None, first: First | None) -> Outcome:
        customer = self.customer(unit, said.person)
        if said.cause.task is None and unit.messages.caused_by(said.cause.key):
            raise AlreadyReceived(said.cause.key)
        if customer.banned_at is not None:
            return shelve(unit, said, customer)
        now = self.situations.of(unit, customer, said)
        if is_open(now) and self._may_wait(said):
            return self._put_off(unit, said, customer, first)
        waiting = self._waiting(unit, customer, now)
        if not needs_verdict(now):
            message = customer_lines.keep(unit, said, customer, ticket_id=now.passed_on_to)
            return self.respond(unit, said, customer=customer, now=now, lines=[message], verdict=None, first=first)
        if thought is None or thought.waiting != tuple(waiting):
            raise LookAgain
        message = customer_lines.keep(unit, said, customer)
        if waiting:
            now = replace(now, asks=asks_for_person(thought.said.text), urgency=of_words(thought.said.text))
        return self.respond(
            unit,
            thought.said,
            customer=customer,
            now=now,
            lines=[*waiting, message],
            verdict=thought.verdict,
            first=first,
        )

    def _put_off(self, unit: Unit, said: CustomerMessage, customer: Customer, first: First | None) -> Outcome:
        """Store a line, and promise to answer it once it is clear what belongs to it."""
        settled = None
        if said.album is not None and not said.text.strip():
            settled = unit.lines.album_settled(customer.id, said.album, unit.now - LATELY)
        message = customer_lines.keep(unit, said, customer, question_id=settled)
        if first is not None:
            first(self.conversation(unit, said.cause, customer, customer.language))
        # A picture that comes after its album was answered brings nothing to answer.
        if settled is None and said.cause.task is not None:
            unit.inbox.put(promise(message.key, said.cause.task.lane, written_at=said.written_at))
        return Outcome(message=message, first=False, verdict=None, ticket=None, reply=None, type="pending")
