"""What a program of the business does in a customer's name: write to the bot, read the conversation.

ApiConversationError
├── Banned          the team hears this customer no longer; the message is stored
├── KeyReused       the key belongs to another message
├── TooFast         this customer writes faster than the limit; nothing was stored
├── NoSuchMessage   there is no such message in this conversation
├── NoSuchChoice    nothing of that name was offered below the message
└── ChosenAlready   something else was chosen there
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

from pydantic import TypeAdapter

from services.api.lines import Choice, Page, lines_of
from services.classify.urgency import highest, of_words
from services.classify.verdict import UNKNOWN
from services.customers.carrying_out import Outcome, Type
from services.customers.conversation import A_MINUTE
from services.customers.given_verdicts import AlreadyReceived
from services.customers.reception import Reception
from services.messages.incoming import Cause, CustomerMessage, Person
from services.scenarios.knowledge import Knowledge
from services.texts.html import key_of, plain
from storage.address import Address
from storage.closed_sets import Priority
from storage.receipts import Receipt
from storage.store import Store
from storage.units import Unit

TO_BANNED: Final = ""
"""Kept as the answer where none was given."""


class ApiConversationError(Exception):
    """The root: catch it at the edge."""


class Banned(ApiConversationError):
    pass


class KeyReused(ApiConversationError):
    pass


class TooFast(ApiConversationError):
    pass


class NoSuchMessage(ApiConversationError):
    pass


class NoSuchChoice(ApiConversationError):
    pass


class ChosenAlready(ApiConversationError):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """One message of a customer, as their program sends it."""

    client_id: str
    key: str
    """The caller's own name for this message: the same key is the same message."""
    content: str
    name: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was written for a message."""

    original_message_id: UUID
    is_first_message: bool
    priority: Priority
    scenario: str
    confidence: float
    reasoning: str
    message_id: UUID
    text: str
    type: Type
    answer: str | None = None
    """Which of the scenario's answers; kept replies of older versions have none."""
    choices: tuple[Choice, ...] = ()
    """What the customer can choose below it; the same."""


class ApiConversations:
    """The conversations of those who have no messenger."""

    def __init__(self, *, store: Store, reception: Reception, knowledge: Knowledge, per_minute: int) -> None:
        self._store = store
        self._reception = reception
        self._knowledge = knowledge
        self._per_minute = per_minute
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def write(self, sent: SentMessage) -> Reply:
        """Receive a message, once: a key that was answered hears the same answer again.

        Raises Banned, KeyReused, TooFast, DatabaseTrouble.
        """
        if self._store.watch.trouble is not None:
            await self._store.watch.look(at_once=True)  # who asks again would rather wait than hear the same
        self._store.watch.demand()
        key = key_of(sent.client_id, sent.key)
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:  # a retry beside the first try waits for its answer; other replicas are told apart below
            return await self._answered(key, sent) or await self._receive(key, sent)

    async def read(self, client_id: str, *, after: UUID | None, most: int) -> Page:
        """Return the lines past a message, or from the start. Raises NoSuchMessage."""
        return await self._store.read(lambda unit: page_of(unit, address_of(client_id), after=after, most=most))

    async def _answered(self, key: str, sent: SentMessage) -> Reply | None:
        receipt = await self._store.read(lambda unit: unit.receipts.find(key))
        if receipt is None:
            return None
        if receipt.digest != _digest(sent):
            raise KeyReused
        if receipt.answer == TO_BANNED:
            raise Banned
        return decode(receipt.answer)

    async def _receive(self, key: str, sent: SentMessage) -> Reply:
        said = CustomerMessage(
            cause=Cause(key=key),
            person=Person(address=address_of(sent.client_id), first_name=sent.name, language=sent.language),
            kind="text",
            text=sent.content,
        )

        def sign(unit: Unit, outcome: Outcome) -> None:
            self._slow_down(unit, outcome.message.customer_id)
            answer = TO_BANNED if outcome.type == "banned" else encode(self._reply(unit, sent, outcome))
            customer = outcome.message.customer_id
            unit.receipts.add(Receipt(key=key, customer_id=customer, digest=_digest(sent), answer=answer))

        with contextlib.suppress(AlreadyReceived):  # by another replica, just now
            await self._reception.receive(said, also=sign)
        reply = await self._answered(key, sent)
        if reply is None:
            raise KeyReused
        return reply

    def _slow_down(self, unit: Unit, customer_id: int) -> None:
        """Raise TooFast past the limit, which undoes the unit: a program can come back later, a person cannot."""
        lines = unit.messages.count_since(customer_id, unit.now - A_MINUTE, most=self._per_minute + 1)
        if lines > self._per_minute:
            raise TooFast

    def _reply(self, unit: Unit, sent: SentMessage, outcome: Outcome) -> Reply:
        if outcome.reply is None:
            raise RuntimeError("whoever waits for an answer gets one")
        verdict = outcome.verdict
        return Reply(
            original_message_id=outcome.message.public_id,
            is_first_message=outcome.first,
            priority=self._priority(sent, outcome),
            scenario=verdict.scenario if verdict else UNKNOWN,
            confidence=round(verdict.confidence, 4) if verdict else 0.0,
            reasoning=verdict.reasoning if verdict else "",
            message_id=outcome.reply.public_id,
            text=plain(outcome.reply.text),
            type=outcome.type,
            answer=verdict.answer if verdict else None,
            choices=unit.offers.of([outcome.reply.id]).get(outcome.reply.id, ()),
        )

    def _priority(self, sent: SentMessage, outcome: Outcome) -> Priority:
        if outcome.ticket is not None:
            return outcome.ticket.priority
        scenario = self._knowledge.scenario(outcome.verdict.scenario) if outcome.verdict else None
        return highest(scenario.priority if scenario else "low", of_words(sent.content))


def address_of(client_id: str) -> Address:
    return Address("api", client_id)


def page_of(unit: Unit, address: Address, *, after: UUID | None, most: int) -> Page:
    """Return the lines past a message, or from the start. Raises NoSuchMessage."""
    customer = unit.customers.find(address)
    past = unit.messages.by_public_id(customer.id, after) if customer and after else None
    if after is not None and past is None:
        raise NoSuchMessage
    found = unit.messages.history(customer.id, after=past.id if past else 0, most=most + 1) if customer else ()
    return Page(lines=lines_of(unit, found[:most]), more=len(found) > most)


def _digest(sent: SentMessage) -> str:
    return sha256(sent.content.encode()).hexdigest()


@cache
def _adapter() -> TypeAdapter[Reply]:
    return TypeAdapter(Reply)


def encode(reply: Reply) -> str:
    """Return a reply as JSON, for its receipt."""
    return _adapter().dump_json(reply).decode()


def decode(answer: str) -> Reply:
    return _adapter().validate_json(answer)
