"""The operator group as it is now: its id may move, and whether it is a forum may change."""

from __future__ import annotations

import time
from typing import Final

import structlog

from services.delivery.messenger import Messenger, Refused
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
FRESH_S: Final = 10.0
"""For so long an answer of the messenger about the group is believed."""


class Group:
    """What is known of the operator group."""

    def __init__(self, *, store: Store, messenger: Messenger, chat_id: int | None) -> None:
        self._store = store
        self._messenger = messenger
        self._configured = chat_id
        self._chat_id = chat_id
        self._forum = False
        self._asked_at = -FRESH_S

    @property
    def chat_id(self) -> int | None:
        """Where it lives now; None when no group is configured."""
        return self._chat_id

    def is_it(self, chat_id: int) -> bool:
        """Whether a chat is the operator group, under its old id or its new."""
        return self._configured is not None and chat_id in (self._configured, self._chat_id)

    def lives_at(self, unit: Unit, chat_id: int) -> bool:
        """Whether a chat is the operator group, even where only another process has heard yet that it moved."""
        if not self.is_it(chat_id) and self._configured is not None:
            self._read(unit)
        return self.is_it(chat_id)

    def note_move(self, unit: Unit, chat_id: int) -> None:
        """Write down the id of the supergroup that the group becomes; who reads it next takes it over."""
        unit.key_values.write(self._note, str(chat_id))

    async def load(self) -> None:
        """Remember where a moved group went."""
        if self._configured is None:
            return
        await self._store.read(self._read)

    def _read(self, unit: Unit) -> None:
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

    def saw(self, *, forum: bool | None) -> None:
        """Learn in passing, from any message of the group, whether it is a forum."""
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
