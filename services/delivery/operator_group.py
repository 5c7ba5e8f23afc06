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
CONNECTED: Final = "operators_group"
"""Where the chat is kept that an admin has connected."""
FRESH_S: Final = 10.0
"""For so long an answer of the messenger about the group is believed."""
WITHOUT_TOPICS_S: Final = 60.0
"""For so long none is opened after the messenger has refused one for want of a right."""


class Group:
    """What is known of one operator group."""

    def __init__(self, *, store: Store, messenger: Messenger, chat_id: int | None, group_id: int | None = None) -> None:
        """`group_id`: how tickets name it, None for the first group.

        `chat_id`: as the settings name it; None: an admin connects it, or has, which `read` learns.
        """
        self._store = store
        self._messenger = messenger
        self.is_named = chat_id is not None
        """Whether the settings name it."""
        self._base = chat_id
        self._chat_id = chat_id
        self.id = group_id
        self.title = ""
        self._forum = False
        self._asked_at = -FRESH_S
        self._denied_at = -WITHOUT_TOPICS_S

    @property
    def chat_id(self) -> int | None:
        """Where it lives now; None while there is no group."""
        return self._chat_id

    @property
    def pool(self) -> str:
        """The budget that its calls are counted in."""
        return pool_of_group(self.id)

    def is_it(self, chat_id: int) -> bool:
        """Whether a chat is this group, under its old id or its new."""
        return self._base is not None and chat_id in (self._base, self._chat_id)

    def note_move(self, unit: Unit, chat_id: int) -> None:
        """Write down the id of the supergroup that the group becomes; who reads it next takes it over.

        The cards stay behind where nobody can press them: they are shown again, first those whose customers wait.
        """
        unit.key_values.write(_moved(self._base), str(chat_id))
        outgoing = Outgoing(unit, f"group_moved:{chat_id}")
        for ticket in unit.ticket_groups.leave(self.id, chat_id):
            waits = ticket.state == "waiting"
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority) if waits else TOUCH)

    def connect(self, unit: Unit, chat_id: int, cause: str) -> bool:
        """Write down that an admin has chosen this chat; False where that stands already. `adopt` takes it over.

        All open tickets get their cards there.
        """
        if not unit.key_values.turn(CONNECTED, str(chat_id)):
            return False
        unit.key_values.forget(_moved(chat_id))
        outgoing = Outgoing(unit, f"group_connected:{cause}")
        for ticket in unit.ticket_groups.gather(self.id, chat_id):
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))
        return True

    async def settle(self) -> None:
        """Show the cards that were posted where the group was, by a process that had not heard of another yet."""
        chat_id = self._chat_id

        def act(unit: Unit) -> None:
            if chat_id is None:
                return
            outgoing = Outgoing(unit, f"group_settled:{chat_id}:{unit.now.isoformat()}")
            for ticket in unit.ticket_groups.leave(self.id, chat_id):
                outgoing.put(ShowCard(ticket_id=ticket.id), rank=rank_of_card(ticket.priority))

        await self._store.write(act)

    def read(self, unit: Unit) -> None:
        """Learn which chat was connected, and where a moved group went."""
        if not self.is_named:
            kept = unit.key_values.read(CONNECTED)
            self._base = int(kept) if kept is not None else None
        if self._base is not None:
            moved = unit.key_values.read(_moved(self._base))
            self.adopt(self._base if moved is None else int(moved), base=self._base)

    async def move(self, chat_id: int) -> None:
        """Take over the id of the supergroup that the group has become."""
        if chat_id == self._chat_id:
            return
        await self._store.write(lambda unit: self.note_move(unit, chat_id))
        self.follow(chat_id)

    def adopt(self, chat_id: int, *, base: int | None = None) -> None:
        """Live in a chat from now on. `base`: the chat that was connected, where it has moved since."""
        if chat_id != self._chat_id:
            self._asked_at, self._denied_at, self.title = -FRESH_S, -WITHOUT_TOPICS_S, ""
        self._base, self._chat_id = base or chat_id, chat_id

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

    @property
    def gives_topics(self) -> bool:
        """Whether it is worth asking for a topic."""
        return time.monotonic() - self._denied_at > WITHOUT_TOPICS_S

    def denies_topics(self) -> None:
        """Learn that the bot may not open any."""
        self._denied_at = time.monotonic()

    async def is_forum(self, *, ask: bool = False) -> bool:
        """Return whether tickets get topics; asks the messenger when the last answer is old, or when told to."""
        if self._chat_id is not None and (ask or time.monotonic() - self._asked_at > FRESH_S):
            try:
                self.saw(forum=await self._messenger.is_forum(self._chat_id))
            except Refused:
                log.info("group.unknown")  # an answer it must not hang on: sending tells more
        return self._forum


def connected(unit: Unit) -> int | None:
    """Return where the group lives that an admin has connected; None where none has."""
    kept = unit.key_values.read(CONNECTED)
    return None if kept is None else int(unit.key_values.read(_moved(int(kept))) or kept)


def _moved(base: int | None) -> str:
    return f"group:{base}"
