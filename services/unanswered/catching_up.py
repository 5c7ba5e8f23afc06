"""Who waits already for what the bot has just been taught: the new answer is proposed on their cards, too."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog

from services.desk.suggesting import suggest
from services.queues.outbox import Outgoing
from services.scenarios.knowledge import Knowledge
from storage.matters import Matter
from storage.question_pages import Waiting
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
LATELY: Final = timedelta(hours=1)
"""How long ago it may have been decided what answers a question."""
AT_ONCE: Final = 20


class CatchingUp:
    """Looks for open tickets whose question has an answer since."""

    def __init__(self, *, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    async def look(self) -> int:
        """Return on how many cards an answer was proposed."""
        since = self._store.now() - LATELY
        found = await self._store.read(lambda unit: unit.question_pages.waiting(since, most=AT_ONCE))
        due = [(one, matter) for one in found if (matter := self._matter(one)) is not None]
        if not due:
            return 0

        def act(unit: Unit) -> int:
            still = unit.question_pages.waiting(since, most=AT_ONCE)
            return sum(_propose(unit, one, matter) for one, matter in due if one in still)

        proposed = await self._store.write(act)
        log.info("unanswered.caught_up", tickets=proposed)
        return proposed

    def _matter(self, one: Waiting) -> Matter | None:
        """Return what answers it by now; None while this process has not heard of it, or where people answer."""
        scenario = self._knowledge.scenario(one.scenario)
        part = scenario.answer(one.answer) if scenario else None
        if scenario is None or (one.answer is not None and part is None):
            return None
        matter = Matter(scenario, part)
        given = scenario.texts(part) and matter.action != "escalate" and matter.mode != "off"
        return matter if given else None


def _propose(unit: Unit, one: Waiting, matter: Matter) -> bool:
    ticket, line = unit.tickets.get(one.ticket_id), unit.messages.get(one.message_id)
    if ticket is None or line is None:
        return False
    suggest(unit, Outgoing(unit, f"caught_up:{ticket.id}:{line.id}"), ticket, line, [matter])
    return True
