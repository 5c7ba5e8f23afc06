"""Sees that a card was deleted by hand, and has it shown again.

In a plain group lines hang on their card, and the answer of the server tells whether they do. In a topic they hang on
nothing, so the card is asked after when something has been said there.
"""

from __future__ import annotations

import structlog

from services.delivery.messenger import Messenger, Target
from services.messages.effects import ShowCard
from services.queues.outbox import CARD, Outgoing
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


class CardWatch:
    """Looks at the card of a topic."""

    def __init__(self, *, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger

    async def look(self, task: Task, target: Target, ticket_id: int) -> None:
        """Have the card of a ticket shown again if it is gone. Once for each line: whoever deletes it ends no loop."""
        if target.topic_id is None or target.shared:
            return
        ticket = await self._store.read(lambda unit: unit.tickets.get(ticket_id))
        if ticket is None or ticket.card_id is None or ticket.chat_id != target.chat_id:
            return
        card = ticket.card_id
        if await self._messenger.stands(target.chat_id, card):
            return
        log.info("card.deleted", ticket=ticket_id)

        def act(unit: Unit) -> None:
            now = unit.tickets.get(ticket_id)
            if now is not None and now.card_id == card:
                unit.tickets.place(ticket_id, card_id=None)
                Outgoing(unit, f"deleted:{task.key}").put(ShowCard(ticket_id=ticket_id), rank=CARD)

        await self._store.write(act)
