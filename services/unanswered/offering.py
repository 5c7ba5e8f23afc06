"""Offers what operators answered to be learned, apart from the way of messages, and takes back what nobody took."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

import structlog

from services.desk.wording import from_page
from services.messages.lesson_effects import ShowLesson
from services.queues.outbox import DESK, Outgoing
from services.scenarios.knowledge import Knowledge
from services.unanswered.lesson_desk import settle_in_vain
from services.unanswered.meanings import reckon
from storage.records import Message
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
_MARKUP: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", re.DOTALL)
LATELY: Final = timedelta(minutes=10)
"""How long ago a reply may have been written that is offered still."""
A_WHILE: Final = timedelta(minutes=15)
"""An offer stays so long, although its ticket has moved on: operators close tickets as soon as they have answered."""
LONG: Final = timedelta(days=1)
AT_ONCE: Final = 20
LEAST_SIGNS: Final = 20
LEAST_WORDS: Final = 4
IN_VAIN: Final = 2
"""So often an offer for questions of one meaning may be left lying."""
SAME: Final = 0.8
"""From this likeness of their words a reply says what an answer of the bot says already."""


class Offering:
    """Looks for replies that are new, and for offers that are over."""

    def __init__(self, *, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    async def look(self) -> int:
        """Return how many were offered."""
        now = self._store.now()
        due = await self._store.read(lambda unit: unit.lessons.due(now - LATELY, most=AT_ONCE))
        over = await self._store.read(_over)
        if not due and not over:
            return 0

        def act(unit: Unit) -> int:
            offered = 0
            for ticket_id, message_id in due:
                line = unit.messages.get(message_id)
                if line is None or unit.lessons.get(ticket_id) is not None:
                    continue
                worth = self._worth(unit, ticket_id, line)
                unit.lessons.add(ticket_id, message_id, "offered" if worth else "passed")
                if worth and not from_page(line.key):
                    Outgoing(unit, f"lesson:{ticket_id}").put(ShowLesson(ticket_id=ticket_id), rank=DESK)
                offered += worth
            for ticket_id in over:
                self._end(unit, ticket_id)
            return offered

        offered = await self._store.write(act)
        log.info("lessons.looked", offered=offered, over=len(over))
        return offered

    def _end(self, unit: Unit, ticket_id: int) -> None:
        lesson = unit.lessons.get(ticket_id)
        if lesson is None or lesson.state != "offered":
            return
        settle_in_vain(unit, lesson, "ignored")
        if lesson.telegram_id is not None:
            Outgoing(unit, f"lesson-over:{ticket_id}").put(ShowLesson(ticket_id=ticket_id), rank=DESK)

    def _worth(self, unit: Unit, ticket_id: int, line: Message) -> bool:
        """Whether a reply may be an answer for all."""
        if len(line.text) < LEAST_SIGNS or len(line.text.split()) < LEAST_WORDS:
            return False
        customer = unit.customers.get(line.customer_id)
        if customer is None or customer.banned_at is not None:
            return False
        group = unit.question_groups.of_ticket(ticket_id)
        if group is not None and (group.offered >= IN_VAIN or group.state != "open"):
            return False
        return not self._said_already(line.text)

    def _said_already(self, text: str) -> bool:
        answers = [
            _MARKUP.sub(" ", one.text)
            for scenario in self._knowledge.scenarios
            for _, part in scenario.parts
            for one in part.templates
        ]
        if not answers:
            return False
        _, rows = reckon([text, *answers], None)
        return bool((rows[1:] @ rows[0]).max() >= SAME)


def _over(unit: Unit) -> list[int]:
    """Return the tickets of offers that nobody took."""
    found = unit.lessons.over(moved_on=unit.now - A_WHILE, old=unit.now - LONG, most=AT_ONCE)
    return [one.ticket_id for one in found]
