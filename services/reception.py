"""What happens to a customer's message: look, think, act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from services import languages
from services.ages import age
from services.answers import Answers
from services.arrivals import CustomerMessage, Person
from services.classify.verdict import UNKNOWN, Question, Verdict
from services.conversation import Conversation
from services.decisions import LOOKED_AT, Answer, Policy, Situation, decide, needs_verdict
from services.knowledge import Knowledge
from services.plans import A_MINUTE, Outcome, Received, carry_out
from services.promises import promise
from services.urgency import highest, of_words
from storage.records import Cause, Customer, Message
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
SHORT: Final = 80
"""A line of fewer characters may be the beginning of a question; a longer one is answered at once."""
SURE: Final = 0.6
"""Confidence from which a verdict on a word or two also tells their language."""
LATELY: Final = timedelta(hours=1)
CONTEXT_LINES: Final = 6


class AlreadyReceived(Exception):
    """A message of this very cause stands already; nothing of this call was written."""


Also = Callable[[Unit, Outcome], Awaitable[None]]
"""What else is to be written in the same unit."""


class _LookAgain(Exception):
    """A ticket was closed between the look and the act, so a verdict is needed after all."""


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
        pause: timedelta,
        late_after: timedelta,
        team_language: str,
    ) -> None:
        """`pause`: how long a short line waits for the next one, so that both are one question.

        `late_after`: how old a question is when its answer begins with a word about the delay.
        """
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy
        self._per_minute = per_minute
        self._pause = pause
        self._late_after = late_after
        self._team = team_language

    async def receive(self, said: CustomerMessage, *, wants_person: bool = False, also: Also | None = None) -> Outcome:
        """Store a message, and answer it, ask back, call people or pass it on to them; a short line waits for more.

        Raises AlreadyReceived for a message that did not come through the inbox, where causes are told apart.
        """
        may_wait = self._may_wait(said) and not wants_person
        while True:
            verdict = None if may_wait else await self._think(said, wants_person=wants_person)
            try:
                async with self._store.write(said.cause) as unit:
                    outcome = await self._act(unit, said, verdict, wants_person=wants_person, may_wait=may_wait)
                    if also is not None:
                        await also(unit, outcome)
            except _LookAgain:
                continue
            log.info("message.received", cause=said.cause.key, customer=outcome.message.customer_id, type=outcome.type)
            return outcome

    async def correct(self, said: CustomerMessage) -> None:
        """Note what a customer changed in a line; people see it, and the bot answers if it now means something else."""
        verdict = await self._think(said, wants_person=False)
        async with self._store.write(said.cause) as unit:
            customer = await self.customer(unit, said.person)
            old = await unit.messages.in_private_chat(customer.id, said.telegram_id or 0)
            if old is None:
                await self._act(unit, said, verdict, wants_person=False, may_wait=False)
            elif (old.text, old.media) != (said.text, said.media):
                await unit.messages.change(old.id, text=said.text, media=said.media, edited_at=unit.now)
                await self._react(unit, said, customer, old, verdict)

    async def customer(self, unit: Unit, person: Person) -> Customer:
        """Return who writes, under today's name; their conversation holds still until the unit closes."""
        known = await unit.customers.find(person.channel, person.external_id, lock=True)
        if known is None:
            return await unit.customers.add(
                channel=person.channel,
                external_id=person.external_id,
                first_name=person.first_name,
                last_name=person.last_name,
                username=person.username,
                language=languages.of_client(person.language, self._team),
                topic_id=person.topic_id,
            )
        if not person.first_name:
            return known
        return await unit.customers.renew(
            known,
            first_name=person.first_name,
            last_name=person.last_name,
            username=person.username,
            topic_id=person.topic_id,
        )

    async def conversation(
        self,
        unit: Unit,
        cause: Cause,
        customer: Customer,
        language: str,
        *,
        about: Message | None = None,
        late: bool = False,
    ) -> Conversation:
        """Open a conversation in a language, which is the customer's from now on."""
        if language != customer.language:
            await unit.customers.change(customer.id, language=language)
        return Conversation(
            unit=unit,
            cause=cause.key,
            customer=customer,
            language=language,
            answers=self._answers,
            knowledge=self._knowledge,
            team=self._team,
            about=about,
            late=late,
        )

    async def situation(
        self, unit: Unit, customer: Customer | None, said: CustomerMessage, *, wants_person: bool = False
    ) -> Situation:
        """Look at what is true as a message is about to be stored."""
        wordless = not said.text.strip()
        urgency = of_words(said.text)
        if customer is None:
            return Situation(ticket=None, wants_person=wants_person, wordless=wordless, urgency=urgency)
        written = await unit.messages.count_since(customer.id, unit.now - A_MINUTE, most=self._per_minute)
        return Situation(
            ticket=await unit.tickets.open_of(customer.id),
            wants_person=wants_person,
            wordless=wordless,
            crowded=written >= self._per_minute,
            urgency=urgency,
            tried=await unit.messages.tried(customer.id, unit.now - LATELY, most=LOOKED_AT),
        )

    async def verdict(self, said: CustomerMessage, customer: Customer | None, context: tuple[str, ...]) -> Verdict:
        """Ask the classifier; no transaction is open while it thinks."""
        language = customer.language if customer else languages.of_client(said.person.language, self._team)
        question = Question(text=said.text, language=language, key=said.cause.key, context=context)
        return await self._knowledge.classify(question)

    async def context(self, unit: Unit, customer: Customer | None) -> tuple[str, ...]:
        """Return what was said lately, for an engine that reads it."""
        if customer is None or not self._knowledge.wants_context:
            return ()
        return await unit.messages.context(customer.id, unit.now - LATELY, most=CONTEXT_LINES)

    async def respond(
        self,
        unit: Unit,
        said: CustomerMessage,
        *,
        customer: Customer,
        now: Situation,
        message: Message,
        verdict: Verdict | None,
    ) -> Outcome:
        """Decide on a stored message, and do what was decided."""
        plan = decide(now, verdict, self._knowledge.scenario(verdict.scenario) if verdict else None, self._policy)
        language = _language(customer, said, verdict)
        if verdict is not None:
            await unit.verdicts.add(message.id, verdict.stored())
        received = Received(
            said=said,
            message=message,
            verdict=verdict,
            talk=await self.conversation(
                unit, said.cause, customer, language, about=message, late=self._is_late(said, unit.now)
            ),
            first=not await unit.messages.answered_before(customer.id),
            per_minute=self._per_minute,
            urgency=highest(now.urgency, verdict.urgency if verdict else None),
        )
        return await carry_out(plan, received, unit)

    def _is_late(self, said: CustomerMessage, now: datetime) -> bool:
        """Late by the clock and without its jumps: set an hour ahead, it is not to apologise to everybody."""
        by_both = min(now, self._store.steady())
        return said.written_at is not None and age(by_both, said.written_at) >= self._late_after

    def _may_wait(self, said: CustomerMessage) -> bool:
        """Whether more may follow: a short line, from a person who types. Who uses the API waits for the answer."""
        return bool(self._pause) and said.cause.task is not None and said.kind == "text" and len(said.text) < SHORT

    async def _think(self, said: CustomerMessage, *, wants_person: bool) -> Verdict | None:
        """Ask the classifier if its word will count."""
        async with self._store.read() as unit:
            customer = await unit.customers.find(said.person.channel, said.person.external_id)
            now = await self.situation(unit, customer, said, wants_person=wants_person)
            context = await self.context(unit, customer)
        return await self.verdict(said, customer, context) if needs_verdict(now) else None

    async def _act(
        self, unit: Unit, said: CustomerMessage, verdict: Verdict | None, *, wants_person: bool, may_wait: bool
    ) -> Outcome:
        customer = await self.customer(unit, said.person)
        if said.cause.task is None and await unit.messages.caused_by(said.cause.key):
            raise AlreadyReceived(said.cause.key)
        now = await self.situation(unit, customer, said, wants_person=wants_person)
        if verdict is None and needs_verdict(now) and not may_wait:
            raise _LookAgain
        message = await unit.messages.add(
            key=said.cause.key,
            customer_id=customer.id,
            author="customer",
            text=said.text,
            kind=said.kind,
            ticket_id=now.ticket.id if now.ticket else None,
            telegram_id=said.telegram_id,
            entities=said.entities,
            forwarded_from=said.forwarded_from,
            album=said.album,
            media=said.media,
        )
        if verdict is None and needs_verdict(now) and said.cause.task is not None:
            unit.inbox.put(promise(message.key, said.cause.task.lane, written_at=said.written_at))
            return Outcome(message=message, first=False, verdict=None, ticket=None, reply=None, type="pending")
        return await self.respond(unit, said, customer=customer, now=now, message=message, verdict=verdict)

    async def _react(
        self, unit: Unit, said: CustomerMessage, customer: Customer, old: Message, verdict: Verdict | None
    ) -> None:
        """Answer a correction: to people if they look after the customer, else anew if it now means something else."""
        ticket = await unit.tickets.open_of(customer.id)
        language = _language(customer, said, verdict)
        talk = await self.conversation(unit, said.cause, customer, language, about=old)
        if ticket is not None:
            talk.correct(ticket, old, said)
            return
        scenario = self._knowledge.scenario(verdict.scenario) if verdict else None
        plan = decide(Situation(ticket=None), verdict, scenario, self._policy)
        given = await unit.messages.answer_to(old.id)
        # Without an answer yet, the line still waits for its turn, and will be read as it stands then.
        if isinstance(plan, Answer) and given is not None and given.scenario != plan.scenario.key:
            await talk.answer(plan.scenario, first_contact=False)


def _language(customer: Customer, said: CustomerMessage, verdict: Verdict | None) -> str:
    heard = verdict.language if verdict else None
    sure = verdict is not None and verdict.scenario != UNKNOWN and verdict.confidence >= SURE
    return languages.to_answer(customer, said.text, heard, sure=sure)
