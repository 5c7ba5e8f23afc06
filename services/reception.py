"""What happens to a customer's message: look, think, act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, assert_never

import structlog

from services import languages
from services.answers import Answers
from services.arrivals import CustomerMessage, Person
from services.classify.verdict import Question, Verdict
from services.conversation import Conversation
from services.decisions import Answer, Clarify, Escalate, Keep, Plan, Policy, Relay, Situation, decide, needs_verdict
from services.knowledge import Knowledge
from storage.records import Cause, Customer, Message, StoredVerdict, Ticket
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
A_MINUTE: Final = timedelta(minutes=1)
Type = Literal["bot_auto", "clarify", "handover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was written for a message."""

    message: Message
    first: bool
    """Nobody had ever written to this customer before."""
    verdict: Verdict | None
    ticket: Ticket | None
    reply: Message | None
    type: Type


class _LookAgain(Exception):  # noqa: N818  # not an error: the plan rested on what has changed meanwhile
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

    async def receive(self, said: CustomerMessage, *, wants_person: bool = False) -> Outcome:
        """Store a message, and answer it, ask back, call people or pass it on to them."""
        while True:
            verdict = await self._think(said, wants_person=wants_person)
            try:
                async with self._store.write(said.cause) as unit:
                    outcome = await self._act(unit, said, verdict, wants_person=wants_person)
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
        """Return who writes, known from now on, their name as it is today; the conversation is theirs until the unit closes."""
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
        return await self._knowledge.classify(Question(text=said.text, language=language))

    async def _situation(
        self, unit: Unit, customer: Customer | None, said: CustomerMessage, *, wants_person: bool
    ) -> Situation:
        wordless = not said.text.strip()
        if customer is None:
            return Situation(ticket=None, wants_person=wants_person, wordless=wordless)
        written = await unit.messages.count_since(customer.id, unit.now - A_MINUTE, most=self._per_minute)
        return Situation(
            ticket=await unit.tickets.open_of(customer.id),
            wants_person=wants_person,
            wordless=wordless,
            crowded=written >= self._per_minute,
        )

    async def _act(self, unit: Unit, said: CustomerMessage, verdict: Verdict | None, *, wants_person: bool) -> Outcome:
        customer = await self.customer(unit, said.person)
        now = await self._situation(unit, customer, said, wants_person=wants_person)
        if verdict is None and needs_verdict(now):
            raise _LookAgain
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
        plan = decide(now, verdict, self._knowledge.scenario(verdict.scenario) if verdict else None, self._policy)
        return await self._carry_out(unit, plan, said, customer, message, verdict)

    async def _carry_out(
        self,
        unit: Unit,
        plan: Plan,
        said: CustomerMessage,
        customer: Customer,
        message: Message,
        verdict: Verdict | None,
    ) -> Outcome:
        language = languages.to_answer(customer, said.text, verdict.language if verdict else None)
        talk = await self.conversation(unit, said.cause, customer, language)
        first = not await unit.messages.answered_before(customer.id)
        ticket, reply, kind = await self._speak(unit, plan, talk, said, message, verdict, first=first)
        return Outcome(message=message, first=first, verdict=verdict, ticket=ticket, reply=reply, type=kind)

    async def _speak(
        self,
        unit: Unit,
        plan: Plan,
        talk: Conversation,
        said: CustomerMessage,
        message: Message,
        verdict: Verdict | None,
        *,
        first: bool,
    ) -> tuple[Ticket | None, Message | None, Type]:
        match plan:
            case Relay(ticket):
                if said.kind == "command":
                    return ticket, await talk.tell("already", ticket=ticket), "handover"
                talk.relay(ticket, message, said)
                return ticket, None, "handover"
            case Answer(scenario, handover):
                reply = await talk.answer(scenario, first_contact=first)
                if reply is None:
                    return await self._call(
                        talk, Escalate("unanswerable", scenario), said, message, verdict, first=first
                    )
                if handover:
                    await talk.escalate("answered_too", message, verdict=verdict, scenario=scenario)
                return None, reply, "bot_auto"
            case Clarify(guesses):
                return None, await talk.clarify(guesses, first_contact=first), "clarify"
            case Escalate():
                return await self._call(talk, plan, said, message, verdict, first=first)
            case Keep():
                just_now = await unit.messages.count_since(
                    talk.customer.id, unit.now - A_MINUTE, most=self._per_minute + 2
                )
                reply = await talk.tell("crowded") if just_now == self._per_minute + 1 else None
                return None, reply, "handover"
            case _:
                assert_never(plan)

    @staticmethod
    async def _call(
        talk: Conversation,
        plan: Escalate,
        said: CustomerMessage,
        message: Message,
        verdict: Verdict | None,
        *,
        first: bool,
    ) -> tuple[Ticket, Message, Type]:
        ticket = await talk.escalate(plan.reason, message, verdict=verdict, scenario=plan.scenario)
        if said.is_media:
            talk.copy(ticket, message, said)
        return ticket, await talk.hand_over(ticket, first_contact=first), "handover"

    async def _react(
        self, unit: Unit, said: CustomerMessage, customer: Customer, old: Message, verdict: Verdict | None
    ) -> None:
        ticket = await unit.tickets.open_of(customer.id)
        talk = await self.conversation(unit, said.cause, customer, customer.language)
        if ticket is not None:
            talk.correct(ticket, old, said)
            return
        scenario = self._knowledge.scenario(verdict.scenario) if verdict else None
        plan = decide(Situation(ticket=None), verdict, scenario, self._policy)
        given = await unit.messages.caused_by(f"{old.key}/0")
        if isinstance(plan, Answer) and (given is None or given.scenario != plan.scenario.key):
            await talk.answer(plan.scenario, first_contact=False)


def stored(verdict: Verdict) -> StoredVerdict:
    return StoredVerdict(
        scenario=verdict.scenario,
        confidence=verdict.confidence,
        reasoning=verdict.reasoning,
        engine=verdict.engine,
        version=verdict.version,
        latency_ms=verdict.latency_ms,
        cost_usd=verdict.cost_usd,
    )
