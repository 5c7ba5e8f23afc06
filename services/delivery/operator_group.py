"""An operator group as it is now: its id may move, and whether it is a forum may change."""

from __future__ import annotations

import time
from typing import Final

import structlog

from services.delivery.messenger import Messenger, Refused
from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing, pool_of_group, rank_of_card
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
FRESH_S: Final = 10.0
"""For so long an answer of the messenger about the group is believed."""


class Group:
    """What is known of one operator group."""

    def __init__(self, *, store: Store, messenger: Messenger, chat_id: int | None, group_id: int | None = None) -> None:
        """`group_id`: how tickets name it, None for the first group. `chat_id`: None where no group is configured."""
        self._store = store
        self._messenger = messenger
        self._configured = chat_id
        self._chat_id = chat_id
        self.id = group_id
        self.title = ""
        self._forum = False
        self._asked_at = -FRESH_S

    @property
    def chat_id(self) -> int | None:
        """Where it lives now; None when no group is configured."""
        return self._chat_id

    @property
    def pool(self) -> str:
        """The budget that its calls are counted in."""
        return pool_of_group(self.id)

    def is_it(self, chat_id: int) -> bool:
        """Whether a chat is this group, under its old id or its new."""
        return self._configured is not None and chat_id in (self._configured, self._chat_id)

    def note_move(self, unit: Unit, chat_id: int) -> None:
        """Write down the id of the supergroup that the group becomes; who reads it next takes it over.

        The cards stay behind where nobody can press them: they are shown again, first those whose customers wait.
        """
        unit.key_values.write(self._note, str(chat_id))
        outgoing = Outgoing(unit, f"group_moved:{chat_id}")
        for ticket in unit.ticket_groups.leave(self.id, chat_id):
            waits = ticket.state == "waiting"
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority) if waits else TOUCH)

    def read(self, unit: Unit) -> None:
        """Learn where a moved group went."""
        moved = unit.key_values.read(self._note)
        if moved is not None:
            self._chat_id = int(moved)

    async def move(self, chat_id: int) -> None:
        """Take over the id of the supergroup that the group has become."""
        if chat_id == self._chat_id:
            return
        await self._store.write(lambda unit: self.note_move(unit, chat_id))
        self.follow(chat_id)

    def follow(self, chat_id: int) -> None:
        """Look for the group where it has been noted to be."""
        self._chat_id = chat_id
        self._asked_at = -FRESH_S
        log.warning("group.moved", chat_id=chat_id)

    def saw(self, *, forum: bool | None, title: str | None = None) -> None:
        """Learn in passing, from any message of the group, what it is called and whether it is a forum."""
        self.title = title or self.title
        if forum is not None:
            self._forum = forum
            self._asked_at = time.monotonic()

    async def is_forum(self, *, ask: bool = False) -> bool:
        """Return whether tickets get topics; asks the messenger when the last answer is old, or when told to."""
        if self._chat_id is not None and (ask or time.monotonic() - self._asked_at > FRESH_S):
            try:
                self.saw(forum=await self._messenger.is_forum(self._chat_id))
            except Refused:
                log.info("group.unknown")  # an answer it must not hang on: sending tells more
        return self._forum

    @property
    def _note(self) -> str:
        return f"group:{self._configured}"
