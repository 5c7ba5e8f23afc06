"""Who may use the dashboard, and as what: members of the operator groups, and admins.

Unlike in the group, nobody has shown already that they belong there by writing in it. So only a clear yes of the
messenger counts, or one that is remembered while the messenger does not answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

import structlog

from services.delivery.administrators import Administrators
from services.delivery.messenger import Messenger, MessengerError
from services.delivery.operator_groups import Groups
from services.desk.roster import MEMBER, note_of
from storage.api_tokens import Role
from storage.store import Store

__all__ = ["Authorization", "Role"]

log = structlog.get_logger()
FRESH_S: Final = 120.0
"""For so long an answer is believed: whoever leaves the group is out of the dashboard soon after."""
ASK_S: Final = 5.0
REMEMBERED: Final = 1_000


class Authorization:
    """Asks the messenger, and remembers for minutes what it was told."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        groups: Groups,
        admins: Administrators,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._groups = groups
        self._admins = admins
        self._clock = clock
        self._answers: dict[tuple[int, int], tuple[bool, float]] = {}

    async def role_of(self, user_id: int) -> Role | None:
        """Return what somebody may do here; None: nothing."""
        if await self._admins.counts(user_id):
            return "admin"
        for group in self._groups:
            if group.chat_id is not None and await self._is_member(group.chat_id, user_id):
                return "operator"
        return None

    async def _is_member(self, chat_id: int, user_id: int) -> bool:
        known = self._answers.get((chat_id, user_id))
        if known is not None and self._clock() - known[1] < FRESH_S:
            return known[0]
        try:
            async with asyncio.timeout(ASK_S):
                member = await self._messenger.is_member(chat_id, user_id)
        except (MessengerError, TimeoutError) as error:
            log.info("dashboard.no_answer", error=type(error).__name__)
            return known[0] if known is not None else await self._was_member(chat_id, user_id)
        if len(self._answers) >= REMEMBERED:
            self._answers.clear()
        self._answers[chat_id, user_id] = (member, self._clock())
        return member

    async def _was_member(self, chat_id: int, user_id: int) -> bool:
        """Whether they were one when the messenger was last asked about what they did in the group."""
        return await self._store.read(lambda unit: unit.key_values.read(note_of(chat_id, user_id))) == MEMBER
