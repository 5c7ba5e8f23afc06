"""What becomes of a line that its customer changes.

People who look after the customer are shown the new words, and their ticket is as urgent as these ask for. Words that
nobody has dealt with yet are read as they stand when their turn comes. Words that were answered, or shown to people who
are done, are answered like any new line, unless they still mean the same. Judgement waits until the changes end: the
last state counts, and costs one verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from services.classify.urgency import of_words
from services.classify.verdict import Verdict
from services.customers.plans import Choose, Clarify, Escalate, GiveAnswer, Plan
from services.customers.reception import Reception
from services.customers.sessions import Sessions
from services.messages.effects import ShowCard
from services.messages.incoming import CustomerMessage
from services.queues.outbox import TOUCH, Outgoing
from storage.messages import as_stored
from storage.records import Customer, Message, Ticket
from storage.store import Store
from storage.units import Unit

LOOK_AHEAD: Final = 10
Edits = Callable[[str], int | None]
"""Reads from what waits in the inbox which message of its chat it changes; None for what changes none."""


class Corrections:
    """Receives changed lines."""

    def __init__(self, *, store: Store, reception: Reception, sessions: Sessions, edits: Edits) -> None:
        self._store = store
        self._reception = reception
        self._sessions = sessions
        self._edits = edits

    async def receive(self, said: CustomerMessage) -> None:
        """Note a change, unless the next one of the same line waits right behind it."""

        def look(unit: Unit) -> tuple[bool, Customer | None, Message | None]:
            customer = unit.customers.find(said.person.address)
            old = unit.messages.in_private_chat(customer.id, said.telegram_id or 0) if customer else None
            return self._changes_again(unit, said), customer, old

        again, customer, old = await self._store.read(look)
        if again:
            return
        if customer is None or old is None:
            await self._reception.receive(said)
        elif customer.banned_at is not None:
            await self._note(said, customer, old, None, owed=False)
        elif old.kind == said.kind == "location":
            await self._move(said, customer, old)
        elif (old.text, old.media, old.entities) != (said.text, said.media, as_stored(said.entities)):
            await self._change(said, customer, old)

    def _changes_again(self, unit: Unit, said: CustomerMessage) -> bool:
        task = said.cause.task
        behind = unit.inbox.behind(task, most=LOOK_AHEAD) if task else []
        return any(self._edits(one.payload) == said.telegram_id for one in behind)

    async def _change(self, said: CustomerMessage, customer: Customer, old: Message) -> None:
        def look(unit: Unit) -> tuple[Ticket | None, bool, bool]:
            ticket = unit.tickets.open_of(customer.id)
            owed = any(line.id == old.id for line in unit.lines.owed(customer.id))
            return ticket, owed, unit.ratings.commented_by(old.id) is not None

        ticket, owed, comment = await self._store.read(look)
        # Other formatting of the same words is no other question.
        news = (bool(said.text.strip()) and said.text != old.text) or old.media != said.media
        anew = news and said.kind != "command" and not owed
        if ticket is None and (anew or said.wants_person) and not comment:
            await self._reception.receive(replace(said, edited=True))
        else:
            await self._note(said, customer, old, ticket, owed=owed)

    async def _move(self, said: CustomerMessage, customer: Customer, old: Message) -> None:
        """A place that moves says nothing new: people see it move, and nobody is called."""

        def act(unit: Unit) -> None:
            unit.messages.change(old.id, media=said.media, edited_at=unit.now)
            ticket = unit.tickets.open_of(customer.id)
            if ticket is not None and said.position is not None:
                talk = self._sessions.conversation(unit, said.cause, customer, customer.language)
                talk.people.moved(ticket, old, said.position)

        await self._store.write(act, said.cause)

    async def _note(
        self, said: CustomerMessage, customer: Customer, old: Message, ticket: Ticket | None, *, owed: bool
    ) -> None:
        def act(unit: Unit) -> None:
            unit.messages.edit(
                old.id, text=said.text, kind=said.kind, entities=said.entities, media=said.media, file=said.file
            )
            if (rated := unit.ratings.commented_by(old.id)) is not None:
                Outgoing(unit, said.cause.key).put(ShowCard(ticket_id=rated), rank=TOUCH)
            elif ticket is not None and not owed:  # what is owed is shown when its turn comes, as it stands then
                talk = self._sessions.conversation(unit, said.cause, customer, customer.language)
                said_anew = said.text != old.text
                urgency = of_words(said.text) if said_anew else "low"
                talk.people.correct(talk.people.raised(ticket, urgency, said.text), old, said)

        await self._store.write(act, said.cause)


def settled_by(unit: Unit, line: Message, verdict: Verdict | None, plan: Plan) -> int | None:
    """Return the question whose answer holds for a changed line too: a typo put right brings no second one.

    What is urgent, or asks for a person, is not settled by any answer.
    """
    old = unit.messages.replaced_by(line)
    given = unit.messages.answer_to(old.question_id or old.id) if old else None
    match plan:
        case GiveAnswer(handover=False) | Clarify() | Choose() if given is not None and verdict is not None:
            asked_back = given.kind == "clarify" and not isinstance(plan, GiveAnswer)
            same = asked_back or _same(given, plan)
            return given.question_id if same else None
        case Escalate("unsure") if given is not None and verdict is not None:
            return given.question_id if given.scenario == verdict.scenario else None
        case _:
            return None


def _same(given: Message, plan: Plan) -> bool:
    """Whether what was said before is what the plan would say."""
    said = (given.scenario, given.answer)
    return isinstance(plan, GiveAnswer) and said == (plan.scenario.key, plan.matter.answer_key)
