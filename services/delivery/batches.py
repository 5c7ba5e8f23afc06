"""What travels together: the pictures of an album, and lines of one customer that have been waiting behind each other.

An album arrives as separate messages with no end mark, so it is closed by a pause; the pause is that of its lane, which
stands in the database. Waiting lines are joined because the group takes twenty messages a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Final

from services.messages.ages import left_of
from services.messages.effects import Copy, Effect, Say, SendFile, TicketPlace, Words, decode
from services.messages.lengths import MESSAGE, units
from services.queues.outcomes import Postpone
from storage.records import Task
from storage.store import Store

ALBUM_PAUSE: Final = timedelta(seconds=1)
FILES_PAUSE: Final = timedelta(seconds=20)
"""So long the next file of an album may take to come up from a page."""
ALBUM_MOST: Final = 10
LINES_MOST: Final = 100


class Batches:
    """Looks down a lane for what belongs to its head."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def album(self, task: Task, effect: Copy) -> list[tuple[Task, Copy]]:
        """Return the whole album that an effect begins, itself included. Raises Postpone while more of it may come."""
        if effect.album is None:
            return [(task, effect)]
        rest = await self._behind(task, ALBUM_MOST - 1, lambda other: _same_album(effect, other))
        whole = [(task, effect), *((one, other) for one, other in rest if isinstance(other, Copy))]
        if len(whole) < ALBUM_MOST and left_of(ALBUM_PAUSE, self._store.now(), whole[-1][0].created_at):
            raise Postpone(ALBUM_PAUSE, "an album may not be complete")
        return whole

    async def files(self, task: Task, effect: SendFile) -> list[tuple[Task, SendFile]]:
        """Return all files of an album that are here, the first included. Raises Postpone while more may come."""
        if effect.album is None:
            return [(task, effect)]
        waiting = await self._store.read(lambda unit: unit.outbox.behind(task, most=LINES_MOST))
        others = ((one, decode(one.payload)) for one in waiting if one.calls == task.calls)  # cards stand between them
        rest = [(one, other) for one, other in others if isinstance(other, SendFile) and other.album == effect.album]
        whole = [(task, effect), *rest]
        if len(whole) < effect.parts and left_of(FILES_PAUSE, self._store.now(), whole[-1][0].created_at):
            raise Postpone(ALBUM_PAUSE, "files are on their way")
        return whole

    async def lines(self, task: Task, effect: Say) -> list[tuple[Task, Say]]:
        """Return the lines that can be said together with this one, itself included."""
        if not isinstance(effect.to, TicketPlace) or effect.head is None:
            return [(task, effect)]
        behind = await self._behind(task, LINES_MOST - 1, lambda other: _same_place(effect, other))
        together = [(task, effect), *((one, other) for one, other in behind if isinstance(other, Say))]
        while len(together) > 1 and not _fits([other for _, other in together]):
            together.pop()
        return together

    async def _behind(self, task: Task, most: int, belongs: Callable[[Effect], bool]) -> list[tuple[Task, Effect]]:
        """What may have been sent already does not travel with what has never been: one is a repeat, one is not."""
        waiting = await self._store.read(lambda unit: unit.outbox.behind(task, most=most))
        effects = ((one, decode(one.payload)) for one in waiting)
        return list(takewhile(lambda pair: pair[0].calls == task.calls and belongs(pair[1]), effects))


def joined(effects: Sequence[Say]) -> Words:
    """Return what several lines say, each under its head unless that stands above already."""
    if effects[0].head is None:
        return effects[0].words
    text, head = "", None
    entities: list[dict[str, object]] = []
    for effect in _newest(effects):
        if effect.head is not None and effect.head != head:
            head = effect.head
            text += "\n" if text else ""
            entities.append({"type": "bold", "offset": units(text), "length": units(head)})
            text += head
        text += "\n"
        shift = units(text)
        entities += [{**entity, "offset": int(entity["offset"]) + shift} for entity in effect.words.entities]
        text += effect.words.text
    return Words(text=text, html=False, entities=tuple(entities), preview=effects[0].words.preview)


def _newest(effects: Sequence[Say]) -> list[Say]:
    """Leave out corrections that have been corrected again."""
    last = {effect.message_id: effect.edition for effect in effects if effect.edition is not None}
    return [effect for effect in effects if effect.edition in (None, last.get(effect.message_id))]


def _fits(effects: Sequence[Say]) -> bool:
    return units(joined(effects).text) <= MESSAGE


def _same_album(first: Copy, other: Effect) -> bool:
    return isinstance(other, Copy) and other.album == first.album and other.origin == first.origin


def _same_place(first: Say, other: Effect) -> bool:
    """Whether it is a customer's line, too, for the same ticket, and answers nothing else."""
    if not isinstance(other, Say) or other.head is None:
        return False
    return (other.to, other.answers, other.quote) == (first.to, first.answers, first.quote)
