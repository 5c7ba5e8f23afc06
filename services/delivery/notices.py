"""The notice of what was set aside: one message for many, which counts, shows their words and edits itself.

What it says is made when it is shown, from what is set aside then, so the queue is the only memory; only where the
notice stands, and from which to which item it speaks, is noted. After an hour, or when it is full, the next begins.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from markupsafe import Markup

from services.delivery.addresses import Addresses
from services.delivery.attempts import Attempt
from services.delivery.messenger import Leave, MessageGone, Messenger, Refused, Target
from services.desk import set_aside
from services.messages.effects import ShowAside, Words
from services.messages.lengths import units
from services.queues.outcomes import Postpone
from services.texts import say, text_key
from services.texts.team import Team
from storage.outbox import UNCONFIRMED
from storage.quarantined import Quarantined
from storage.queue_statements import QueueName
from storage.records import Task
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
COLLECTS: Final = timedelta(hours=1)
BETWEEN: Final = timedelta(seconds=10)
"""A notice changes no more often than this: customers' cards need the group's few calls more."""
FULL: Final = 3500
"""Units of text after which a notice takes nothing more."""
MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notice:
    """Where the last notice stands, and what it speaks of: everything set aside from `since` to `until`."""

    telegram_id: int | None
    since: str
    until: str
    shown_at: str


class Notices:
    """Shows notices."""

    def __init__(self, *, store: Store, messenger: Messenger, addresses: Addresses, team: Team) -> None:
        self._store = store
        self._messenger = messenger
        self._addresses = addresses
        self._team = team

    async def show(self, attempt: Attempt, effect: ShowAside) -> None:
        """Say what is set aside now: in the notice that stands, or in a new one."""
        task = attempt.task
        target = await self._addresses.find(effect.to, attempt)

        def look(unit: Unit) -> tuple[bool, _Notice | None, list[Quarantined], str, timedelta]:
            again = bool(unit.outbox.same(task))
            last = _read(unit.key_values.read(_note(effect.queue, target)))
            standing = last if last and unit.now - datetime.fromisoformat(last.since) < COLLECTS else None
            items = self._since(unit, effect.queue, last, standing, task)
            words = self._words(unit, effect.queue, items)
            if standing and items and units(words) > FULL:  # it is full: what came later begins another
                standing, items = None, self._since(unit, effect.queue, last, None, task)
                words = self._words(unit, effect.queue, items)
            pause = datetime.fromisoformat(last.shown_at) + BETWEEN - unit.now if last else timedelta()
            return again, standing, items, words, pause

        again, standing, items, words, pause = await self._store.read(look)
        if items and not again and pause > timedelta():
            raise Postpone(min(pause, BETWEEN), "the notice has just been shown")
        if again or not items:
            await self._store.write(lambda unit: unit.outbox.settle(task))
            return
        shown = await self._shown(target, standing, Words(text=words), attempt.leave)
        span = [one.settled_at.isoformat() for one in items]

        def act_2(unit: Unit) -> None:
            notice = _Notice(
                telegram_id=shown,
                since=standing.since if standing else span[0],
                until=span[-1],
                shown_at=unit.now.isoformat(),
            )
            unit.outbox.settle(task)
            unit.key_values.write(_note(effect.queue, target), json.dumps(asdict(notice)))
            if shown is not None and target.chat_id < 0:
                unit.placements.give_up(target.chat_id, shown)

        await self._store.write(act_2)

    @staticmethod
    def _since(
        unit: Unit, queue: QueueName, last: _Notice | None, standing: _Notice | None, task: Task
    ) -> list[Quarantined]:
        """Return what a notice speaks of: all since it began; for a new one all that the last has not told."""
        if standing is not None:
            return _told_here(unit.queue(queue).aside_from(datetime.fromisoformat(standing.since), most=MOST))
        told = datetime.fromisoformat(last.until) if last else None
        start = max(told + _MOMENT, task.created_at - COLLECTS) if told else task.created_at - COLLECTS
        return _told_here(unit.queue(queue).aside_from(start, most=MOST))

    def _words(self, unit: Unit, queue: QueueName, items: list[Quarantined]) -> str:
        told = [set_aside.line(unit, queue, one, self._team.language) for one in items]
        text = Markup("\n").join(_that_fit(list(filter(None, told))))
        return say(text_key("aside", queue), self._team.language, count=len(items), lines=text)

    async def _shown(self, target: Target, standing: _Notice | None, words: Words, leave: Leave) -> int | None:
        if standing is not None and standing.telegram_id is not None:
            try:
                await self._messenger.edit(target.chat_id, standing.telegram_id, words)
            except (MessageGone, Refused) as error:
                log.info("notice.sent_anew", reason=str(error))
            else:
                return standing.telegram_id
        return (await self._messenger.say(target, words, leave=leave)).telegram_id


_MOMENT: Final = timedelta(microseconds=1)


def _that_fit(lines: list[str]) -> list[Markup]:
    """Return what one message holds, the newest rather than the oldest: those stood there before."""
    room = 4000
    kept: list[Markup] = []
    for told in reversed(lines):
        room -= units(told) + 1
        if room < 0:
            break
        kept.insert(0, Markup(told))  # noqa: S704  # made by `say`, which escapes
    return kept


def _told_here(items: list[Quarantined]) -> list[Quarantined]:
    """Leave out what may have arrived all the same: that is listed apart."""
    return [one for one in items if not one.error.startswith(UNCONFIRMED)]


def _note(queue: QueueName, target: Target) -> str:
    return f"aside:{queue}:{target.chat_id}"


def _read(noted: str | None) -> _Notice | None:
    return _Notice(**json.loads(noted)) if noted else None
