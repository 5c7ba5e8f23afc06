"""All operator groups: the one of `operators.chat_id`, or that an admin has connected, and those that routes name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import structlog

from services.delivery.messenger import Messenger
from services.delivery.operator_group import Group
from services.queues.outbox import GROUP
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()


class Groups:
    """Finds a group by its chat, and by how tickets name it."""

    def __init__(self, *, store: Store, messenger: Messenger, chat_id: int | None, others: Sequence[int] = ()) -> None:
        """`chat_id`: of the first group; `others`: of those that routes name, which tickets name by the same ids."""
        self._store = store
        self.first = Group(store=store, messenger=messenger, chat_id=chat_id)
        self._others = {
            other: Group(store=store, messenger=messenger, chat_id=other, group_id=other) for other in others
        }

    def __iter__(self) -> Iterator[Group]:
        yield self.first
        yield from self._others.values()

    def at(self, chat_id: int) -> Group | None:
        """Return the group that lives in a chat, or lived there before it became a supergroup."""
        return next((group for group in self if group.is_it(chat_id)), None)

    def of(self, group_id: int | None) -> Group:
        """Return the group that a ticket belongs to: the first one, where the settings no longer name its own."""
        return self.first if group_id is None else self._others.get(group_id, self.first)

    def name_of(self, group: Group) -> str:
        """Return what to call a group where there are several; empty where there is one."""
        return (group.title or str(group.chat_id)) if self._others else ""

    def pool_at(self, chat_id: int) -> str:
        """Return the budget of a chat."""
        group = self.at(chat_id)
        return GROUP if group is None else group.pool

    def lives_at(self, unit: Unit, chat_id: int) -> bool:
        """Whether a chat is an operator group, even where only another process has heard yet that it moved."""
        if self.at(chat_id) is None:
            self._read(unit)
        return self.at(chat_id) is not None

    def note_move(self, unit: Unit, chat_id: int, to: int) -> None:
        """Write down that the group of a chat becomes another chat."""
        group = self.at(chat_id)
        if group is not None:
            group.note_move(unit, to)

    def follow(self, chat_id: int, to: int) -> None:
        """Look for the group of a chat where it has been noted to be."""
        group = self.at(chat_id)
        if group is not None:
            group.follow(to)

    async def move(self, chat_id: int, to: int) -> None:
        """Take over the id of the supergroup that the group of a chat has become."""
        group = self.at(chat_id)
        if group is not None:
            await group.move(to)

    async def load(self) -> None:
        """Remember where groups are; tickets of groups that no route names any more go to the first one."""
        known = list(self._others)

        def look(unit: Unit) -> bool:
            self._read(unit)
            return self.first.chat_id is not None and unit.ticket_groups.strange(known)

        if await self._store.read(look):
            sent = await self._store.write(lambda unit: unit.ticket_groups.send_home(known, pool=GROUP))
            log.warning("groups.sent_home", tickets=sent, hint="no route names their group any more")

    async def look(self) -> None:
        """Learn what another process has heard, or what was connected meanwhile."""
        before = self.first.chat_id
        await self._store.read(self._read)
        if before is not None and self.first.chat_id != before:
            await self.first.settle()

    def _read(self, unit: Unit) -> None:
        for group in self:
            group.read(unit)
