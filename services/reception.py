"""What happens to a customer's message: look, think, act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from services import languages
from services.answers import Answers
from services.arrivals import CustomerMessage, Person
from services.classify.verdict import Question, Verdict
from services.conversation import Conversation
from services.decisions import Answer, Policy, Situation, decide, needs_verdict
from services.knowledge import Knowledge
from services.plans import A_MINUTE, Outcome, Received, carry_out
from services.urgency import highest, of_words
from storage.records import Cause, Customer, Message, StoredVerdict
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


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
        team_language: str,
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy
        self._per_minute = per_minute
        self._team = team_language

    async def receive(self, said: CustomerMessage, *, wants_person: bool = False, also: Also | None = None) -> Outcome:
        """Store a message, and answer it, ask back, call people or pass it on to them.

        Raises AlreadyReceived for a message that did not come through the inbox, where causes are told apart.
        """
        while True:
            verdict = await self._think(said, wants_person=wants_person)
            try:
                async with self._store.write(said.cause) as unit:
                    outcome = await self._act(unit, said, verdict, wants_person=wants_person)
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
                await self._act(unit, said, verdict, wants_person=False)
            elif old.text != said.text:
                await unit.messages.change(old.id, text=said.text, edited_at=unit.now)
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
            )
        if not person.first_name:
            return known
        return await unit.customers.renew(
            known, first_name=person.first_name, last_name=person.last_name, username=person.username
        )

    async def conversation(self, unit: Unit, cause: Cause, customer: Customer, language: str) -> Conversation:
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
        )

    async def _think(self, said: CustomerMessage, *, wants_person: bool) -> Verdict | None:
        """Ask the classifier if its word will count; no transaction is open while it thinks."""
        async with self._store.read() as unit:
            customer = await unit.customers.find(said.person.channel, said.person.external_id)
            situation = await self._situation(unit, customer, said, wants_person=wants_person)
        if not needs_verdict(situation):
            return None
        language = customer.language if customer else languages.of_client(said.person.language, self._team)
        return await self._knowledge.classify(Question(text=said.text, language=language, key=said.cause.key))

    async def _situation(
        self, unit: Unit, customer: Customer | None, said: CustomerMessage, *, wants_person: bool
    ) -> Situation:
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
        )

    async def _act(self, unit: Unit, said: CustomerMessage, verdict: Verdict | None, *, wants_person: bool) -> Outcome:
        customer = await self.customer(unit, said.person)
        if said.cause.task is None and await unit.messages.caused_by(said.cause.key):
            raise AlreadyReceived(said.cause.key)
        now = await self._situation(unit, customer, said, wants_person=wants_person)
        if verdict is None and needs_verdict(now):
            raise _LookAgain
        plan = decide(now, verdict, self._knowledge.scenario(verdict.scenario) if verdict else None, self._policy)
        received = Received(
            said=said,
            message=await self._keep(unit, said, customer, now, verdict),
            verdict=verdict,
            talk=await self.conversation(unit, said.cause, customer, _language(customer, said, verdict)),
            first=not await unit.messages.answered_before(customer.id),
            per_minute=self._per_minute,
            urgency=highest(now.urgency, verdict.urgency if verdict else None),
        )
        return await carry_out(plan, received, unit)

    @staticmethod
    async def _keep(
        unit: Unit, said: CustomerMessage, customer: Customer, now: Situation, verdict: Verdict | None
    ) -> Message:
        """Store the message and what was thought of it."""
        message = await unit.messages.add(
            key=said.cause.key,
            customer_id=customer.id,
            author="customer",
            text=said.text,
            kind=said.kind,
            ticket_id=now.ticket.id if now.ticket else None,
            telegram_id=said.telegram_id,
        )
        if verdict is not None:
            await unit.verdicts.add(message.id, stored(verdict))
        return message

    async def _react(
        self, unit: Unit, said: CustomerMessage, customer: Customer, old: Message, verdict: Verdict | None
    ) -> None:
        """Answer a correction: to people if they look after the customer, else anew if it now means something else."""
        ticket = await unit.tickets.open_of(customer.id)
        talk = await self.conversation(unit, said.cause, customer, _language(customer, said, verdict))
        if ticket is not None:
            talk.correct(ticket, old, said)
            return
        scenario = self._knowledge.scenario(verdict.scenario) if verdict else None
        plan = decide(Situation(ticket=None), verdict, scenario, self._policy)
        given = await unit.messages.caused_by(f"{old.key}/0")
        if isinstance(plan, Answer) and (given is None or given.scenario != plan.scenario.key):
            await talk.answer(plan.scenario, first_contact=False)


def _language(customer: Customer, said: CustomerMessage, verdict: Verdict | None) -> str:
    return languages.to_answer(customer, said.text, verdict.language if verdict else None)


def stored(verdict: Verdict) -> StoredVerdict:
    """Return a verdict as it is kept."""
    return StoredVerdict(
        scenario=verdict.scenario,
        confidence=verdict.confidence,
        reasoning=verdict.reasoning,
        engine=verdict.engine,
        version=verdict.version,
        latency_ms=verdict.latency_ms,
        cost_usd=verdict.cost_usd,
    )
