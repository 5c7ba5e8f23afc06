"""Who is an admin of the bot: whom the settings name, who came by a code, and perhaps administrators of the groups.

A setting says whether these count. Of them the messenger is asked, and its answer believed for minutes; while it gives
none, the last one holds. A group that the bot no longer sees has no say.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Collection
from typing import Final

import structlog

from services.delivery.messenger import ChatGone, Messenger, MessengerError
from services.delivery.operator_groups import Groups
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
FRESH_S: Final = 180.0
"""For so long an answer is believed: who loses the right loses it with the bot soon after."""
AGAIN_S: Final = 15.0
"""So soon after a failure it is asked anew: the message that brought the question does not wait for that."""
ASK_S: Final = 4.0
NOBODY: Final[frozenset[int]] = frozenset()


class Administrators:
    """Asks, and remembers what it was told, over restarts too."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        groups: Groups,
        ids: Callable[[], Collection[int]],
        of_groups: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ids`: of those who are named; `of_groups`: whether administrators of the operator groups count too."""
        self._store = store
        self._messenger = messenger
        self._groups = groups
        self._ids = ids
        self._of_groups = of_groups
        self._clock = clock
        self._told: dict[int, tuple[frozenset[int], float]] = {}
        self._asking = asyncio.Lock()

    async def counts(self, user_id: int) -> bool:
        """Return whether somebody is an admin of the bot."""
        if user_id in self._ids():
            return True
        return self._of_groups and any([user_id in await self._of(chat) for chat in self._chats()])

    def may_count(self, user_id: int) -> bool:
        """Whether somebody was an admin when that was last asked: for what must not wait for an answer."""
        return user_id in self._ids() or any(user_id in told for told, _ in self._told.values())

    def are_of_groups(self) -> bool:
        """Whether administrators of a group are admins, so that nobody else need be made one first."""
        return self._of_groups and bool(self._chats())

    def speaks_for(self, chat_id: int, sender_chat: int) -> bool:
        """Whether a line that a group has written about itself is one of its administrators', who stays anonymous."""
        return self._of_groups and chat_id == sender_chat and self._groups.at(chat_id) is not None

    async def load(self) -> None:
        """Read what was told before this start; it is asked anew when it is first needed."""
        for chat in self._chats() if self._of_groups else ():
            self._told[chat] = (await self._noted(chat), self._clock() - FRESH_S)

    def _chats(self) -> list[int]:
        return [group.chat_id for group in self._groups if group.chat_id is not None]

    async def _of(self, chat_id: int) -> frozenset[int]:
        """Return the administrators of a group; of many who need to know at once, one asks."""
        async with self._asking:
            known = self._told.get(chat_id)
            if known is not None and self._clock() - known[1] < FRESH_S:
                return known[0]
            before = known[0] if known is not None else await self._noted(chat_id)
            told, fresh_s = await self._asked(chat_id, before)
            self._told[chat_id] = (told, self._clock() - FRESH_S + fresh_s)
        if told != before:
            row = _row(chat_id)
            await self._store.write(lambda unit: unit.key_values.write(row, json.dumps(sorted(told))))
        return told

    async def _asked(self, chat_id: int, before: frozenset[int]) -> tuple[frozenset[int], float]:
        """Return who they are, and for how long that is to be believed."""
        try:
            async with asyncio.timeout(ASK_S):
                return frozenset(await self._messenger.administrators(chat_id)), FRESH_S
        except ChatGone:
            return NOBODY, FRESH_S
        except (MessengerError, TimeoutError) as error:
            log.info("administrators.no_answer", error=type(error).__name__)
            return before, AGAIN_S

    async def _noted(self, chat_id: int) -> frozenset[int]:
        def look(unit: Unit) -> frozenset[int]:
            return frozenset(json.loads(unit.key_values.read(_row(chat_id)) or "[]"))

        return await self._store.read(look)


def _row(chat_id: int) -> str:
    return f"administrators:{chat_id}"
