"""Keeps what the team is now in step with the database: what another process changes counts here within a second."""

from __future__ import annotations

from services.delivery.operator_groups import Groups
from services.queues.outbox import GROUP
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.store import Store


class TeamRefresh:
    """Looks who the admins are and where the operators sit."""

    def __init__(self, *, store: Store, groups: Groups, troubles: Troubles, team: Team) -> None:
        self._store = store
        self._groups = groups
        self._troubles = troubles
        self._team = team

    async def look(self) -> None:
        """Take over what has changed."""
        await self._groups.look()
        admins = await self._store.read(lambda unit: unit.admins.all())
        self._team.now.admin_ids = tuple(one.id for one in admins)
        self._team.now.group_id = None if self._team.names_group else self._groups.first.chat_id
        if self._team.has_group:
            await self._troubles.end("no_group")
        elif await self._store.read(lambda unit: unit.outbox.crowd(pool=GROUP)):
            await self._store.write(lambda unit: self._troubles.begin(unit, "no_group"))
