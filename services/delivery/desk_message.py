"""The desk message: pinned in each group, it says what waits there, whose it is and what was put off.

It edits itself, and is the last thing that the group's minute is spent on.
Where it stands is remembered in the key-value table: a restart, or another replica, goes on with the same message.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from services.delivery.attempts import Attempt
from services.delivery.messenger import MessageGone, Messenger, Refused, Target
from services.delivery.operator_group import Group
from services.desk import board, list_pages
from services.messages.ages import is_near
from services.messages.effects import GroupPlace, Say, ShowDesk, Words, encode
from services.queues.outbox import DESK, LINE, Outgoing, lane_of
from services.texts import say
from services.texts.team import Team
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
BETWEEN: Final = timedelta(seconds=10)
"""It changes no more often than this: customers' cards need the group's few calls more."""
LINES_MOST: Final = 12
LOOKED_FOR: Final = timedelta(minutes=1)
"""As often it is looked whether it still stands, while it has nothing new to say."""
LOST_MOST: Final = 8
"""So often its pause is doubled where it keeps being deleted: to 43 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where the message stands, and what it says."""

    telegram_id: int | None = None
    said: str = ""
    shown_at: str = ""
    edition: int = 0
    pinned: bool = False
    """Or it cannot be pinned, which was told."""
    lost: int = 0
    """How often in a row it was gone when it was looked for."""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is too early to write it: where something deletes it each time, it comes ever more seldom."""
        rest = BETWEEN * 2 ** min(self.lost, LOST_MOST)
        return bool(self.shown_at) and is_near(now, datetime.fromisoformat(self.shown_at), rest)

    def gone(self) -> _Standing:
        """Return that it stands nowhere."""
        return _Standing(edition=self.edition + 1, shown_at=self.shown_at, lost=self.lost + 1)


class DeskMessage:
    """Keeps it true."""

    def __init__(self, *, store: Store, messenger: Messenger, group: Group, team: Team, wanted: bool) -> None:
        self._store = store
        self._messenger = messenger
        self._group = group
        self._team = team
        self._wanted = wanted
        self._looked_for: datetime | None = None

    async def look(self) -> bool:
        """Have the message written if it says what is no longer true; False when it is not time to."""
        chat = self._group.chat_id
        if chat is None or not self._wanted:
            return False

        def look_at(unit: Unit) -> tuple[_Standing, Words | None, datetime]:
            standing = _read(unit.key_values.read(_note(chat)))
            return standing, self._words(unit, standing), unit.now

        standing, words, now = await self._store.read(look_at)
        if words is None or standing.is_fresh(now):
            return False
        if list_pages.mark(words) == standing.said:
            return await self._missed(chat, standing, now)
        return await self._store.write(lambda unit: self._ask(unit, chat, standing))

    async def _missed(self, chat: int, standing: _Standing, now: datetime) -> bool:
        """Have it written anew where somebody has deleted it."""
        if standing.telegram_id is None or (self._looked_for and is_near(now, self._looked_for, LOOKED_FOR)):
            return False
        self._looked_for = now
        if await self._messenger.stands(chat, standing.telegram_id):
            return False

        def act(unit: Unit) -> bool:
            if _read(unit.key_values.read(_note(chat))) != standing:
                return False
            _write(unit, chat, standing.gone())
            return self._ask(unit, chat, standing.gone())

        return await self._store.write(act)

    def _ask(self, unit: Unit, chat: int, standing: _Standing) -> bool:
        effect = ShowDesk(group_id=self._group.id)
        if unit.outbox.waits(lane_of(effect), encode(effect)):
            return False
        minute = int(unit.now.timestamp()) // 60  # one that was set aside is not the last
        Outgoing(unit, f"desk:{chat}:{standing.edition + 1}:{minute}").put(effect, rank=DESK)
        return True

    def _words(self, unit: Unit, standing: _Standing) -> Words | None:
        """Return what it has to say; None where nothing has ever been open."""
        now = unit.ticket_lists.counts(self._group.id)
        if not now.open:
            return Words(text=say("board.empty", self._team.language)) if standing.telegram_id is not None else None
        language, zone = self._team.language, self._team.zone
        tickets = unit.ticket_lists.open(self._group.id, most=LINES_MOST)
        lines = [board.head(now, zone, language), *board.lines_of(tickets, zone, language)]
        if now.open > len(tickets):
            lines.append(say("board.more", language, count=now.open - len(tickets)))
        return Words(text="\n".join(lines))

    async def show(self, attempt: Attempt) -> None:
        """Write the message, or pin it: one call."""
        task, chat = attempt.task, self._group.chat_id
        if chat is None:
            await self._settle(task)
            return

        def look_at(unit: Unit) -> tuple[_Standing, Words | None]:
            standing = _read(unit.key_values.read(_note(chat)))
            return standing, self._words(unit, standing)

        standing, words = await self._store.read(look_at)
        if standing.telegram_id is not None and not standing.pinned:
            await self._pin(task, chat, standing, standing.telegram_id)
        elif words is None or list_pages.mark(words) == standing.said:
            await self._settle(task)
        else:
            await self._write(attempt, chat, standing, words)

    async def _write(self, attempt: Attempt, chat: int, standing: _Standing, words: Words) -> None:
        said = replace(standing, said=list_pages.mark(words), edition=standing.edition + 1)
        if standing.telegram_id is not None:
            try:
                await self._messenger.edit(chat, standing.telegram_id, words)
            except (MessageGone, Refused) as error:
                log.info("desk.posted_anew", reason=str(error))
                said = replace(said, lost=standing.lost + 1)
            else:
                await self._note_shown(attempt.task, chat, replace(said, lost=0))
                return
        sent = await self._messenger.say(Target(chat_id=chat), words, leave=attempt.leave)
        await self._note_shown(attempt.task, chat, replace(said, telegram_id=sent.telegram_id, pinned=False))

    async def _note_shown(self, task: Task, chat: int, standing: _Standing) -> None:
        def act(unit: Unit) -> None:
            unit.outbox.settle(task)
            _write(unit, chat, replace(standing, shown_at=unit.now.isoformat()))
            if standing.telegram_id is not None and not standing.pinned:
                unit.placements.give_up(chat, standing.telegram_id)
                Outgoing(unit, f"pin:{chat}:{standing.telegram_id}").put(ShowDesk(group_id=self._group.id), rank=DESK)

        await self._store.write(act)

    async def _pin(self, task: Task, chat: int, standing: _Standing, telegram_id: int) -> None:
        """Pin it without a sound. What may not be pinned is told of once, and stays useful where it is."""
        refused = gone = False
        try:
            await self._messenger.pin(chat, telegram_id)
        except MessageGone:
            gone = True
        except Refused as error:
            log.info("desk.not_pinned", reason=str(error))
            refused = True

        def act(unit: Unit) -> None:
            unit.outbox.settle(task)
            _write(unit, chat, standing.gone() if gone else replace(standing, pinned=True))
            if refused and unit.key_values.read(_told(chat)) is None:
                unit.key_values.write(_told(chat), unit.now.isoformat())
                words = Words(text=say("board.cannot_pin", self._team.language))
                Outgoing(unit, f"cannot_pin:{chat}").put(
                    Say(to=GroupPlace(group_id=self._group.id), words=words), rank=LINE
                )
            elif not refused and not gone:
                unit.key_values.forget(_told(chat))

        await self._store.write(act)

    async def _settle(self, task: Task) -> None:
        await self._store.write(lambda unit: unit.outbox.settle(task))


def _note(chat: int) -> str:
    return f"desk:{chat}"


def _told(chat: int) -> str:
    return f"desk_unpinned:{chat}"


def _read(noted: str | None) -> _Standing:
    return _Standing(**json.loads(noted)) if noted else _Standing()


def _write(unit: Unit, chat: int, standing: _Standing) -> None:
    unit.key_values.write(_note(chat), json.dumps(asdict(standing)))
