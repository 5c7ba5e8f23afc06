"""Short lines in a row, and the parts of an album, are one question: each is stored at once, the last answered for all.

Answering a line is a task at the end of its customer's lane. When the task's turn comes, later lines have
been stored before it; so either it is the last and answers all, or the later one will. All of it stands in the inbox,
so a restart in the middle loses neither the lines nor that task.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.classify.remarks import remark_of
from services.classify.verdict import Verdict
from services.customers.answering import Answering
from services.customers.edits import settled_by
from services.customers.sessions import Sessions
from services.customers.situation import Situation
from services.delivery.batches import ALBUM_PAUSE
from services.messages import customer_lines
from services.messages.ages import NONE, left_of
from services.messages.incoming import Cause, CustomerMessage
from services.queues.outcomes import Postpone
from services.queues.pending import PREFIX, pending_answer, pending_message, times_put_back
from storage.records import Customer, Message, Task
from storage.store import Store
from storage.units import Unit

MOST_PUT_BACK: Final = 20
LOOK_AHEAD: Final = 20
PARTS_PAUSE: Final = timedelta(seconds=2)
"""So soon the next of several forwards, or of a text pasted in pieces, is there."""
CORRECTION_PAUSE: Final = timedelta(seconds=1)
"""Who changes a line often changes it again: so long it must have rested, however short the pause is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What there is when it is the turn of a line to be answered."""

    message: Message
    customer: Customer
    lines: list[Message]
    behind: list[Task]
    context: tuple[str, ...]
    rest: timedelta
    """How long to wait for more."""


class Debounce:
    """Answers the lines that wait for more."""

    def __init__(self, *, store: Store, sessions: Sessions, answering: Answering, pause: timedelta) -> None:
        self._store = store
        self._sessions = sessions
        self._answering = answering
        self._pause = pause

    async def play(self, cause: Cause, payload: str, last_try: bool) -> None:  # noqa: FBT001  # called by position
        """Answer the lines that end with the one of the task, unless more follow. Raises Postpone while more may.

        The last try asks no engine: people do see lines that could not be judged.
        """
        task = cause.task
        if task is None:
            return
        key, written_at = pending_message(payload)
        found = await self._store.read(lambda unit: self._look(unit, task, key))
        if found is None or not found.lines or _is_pending_behind(found.lines, found.message, found.behind):
            return
        if _others(found.behind) and times_put_back(task.key) < MOST_PUT_BACK:
            await self._put_back(cause, task, found.message, written_at)
        elif found.rest:
            raise Postpone(found.rest, "more may follow")
        else:
            said = customer_lines.question(cause, found.customer, found.lines, written_at)
            context = () if last_try else found.context
            await self._answer(said, found.customer, found.lines, context, ask=not last_try)

    def _look(self, unit: Unit, task: Task, key: str) -> _Found | None:
        message = unit.messages.caused_by(key)
        customer = unit.customers.get(message.customer_id) if message else None
        if message is None or customer is None:
            return None
        lines = customer_lines.around(unit.lines.owed(customer.id), message)
        return _Found(
            message=message,
            customer=customer,
            lines=lines,
            behind=unit.inbox.behind(task, most=LOOK_AHEAD),
            context=self._answering.context(unit, customer),
            rest=self._rest(lines, unit.now, task.created_at),
        )

    def _rest(self, lines: list[Message], now: datetime, noted_at: datetime) -> timedelta:
        """Return how long the last of these lines is still to wait for more."""
        if not lines:
            return NONE
        pause = max(self._pause, ALBUM_PAUSE) if any(line.album for line in lines) else self._pause
        if any(map(customer_lines.comes_in_parts, lines)):
            pause = max(pause, PARTS_PAUSE)
        changed_at = lines[-1].edited_at
        if changed_at is None:
            return left_of(pause, now, noted_at)
        pause = max(pause, CORRECTION_PAUSE)
        return max(left_of(pause, now, noted_at), left_of(pause, now, changed_at))

    async def _put_back(self, cause: Cause, task: Task, message: Message, written_at: datetime | None) -> None:
        """Something else of this customer waits: it goes first, since it may be the next line."""

        def act(unit: Unit) -> None:
            again = times_put_back(task.key) + 1
            unit.inbox.put(pending_answer(message.key, task.lane, again=again, written_at=written_at))

        await self._store.write(act, cause)

    async def _answer(
        self, said: CustomerMessage, customer: Customer, lines: list[Message], context: tuple[str, ...], *, ask: bool
    ) -> None:
        verdict = None
        if ask and said.text.strip() and remark_of(said.text) is None:
            before = context[: -len(lines)] if context else ()
            verdict = await self._answering.verdict(said, customer, before, key=lines[-1].key)

        def act(unit: Unit) -> None:
            known = unit.customers.get(customer.id, lock=True) or customer
            if known.banned_at is not None:
                unit.lines.shelve(lines)
                return
            owed = customer_lines.around(unit.lines.owed(customer.id), lines[-1])
            now = self._sessions.situations.of(unit, known, said)
            if now.speaker == "people" and owed:
                # An operator has come meanwhile: they read it, and the bot is silent.
                self._answering.respond(unit, said, customer=known, now=now, lines=owed, verdict=None)
            elif now.speaker != "people" and owed != lines:
                raise Postpone(NONE, "some of the lines have been dealt with")
            elif owed:
                # They were within the limit as they came.
                now = replace(now, crowded=False)
                if not self._is_settled(unit, now, lines, verdict):
                    self._answering.respond(unit, said, customer=known, now=now, lines=lines, verdict=verdict)

        await self._store.write(act, said.cause)

    def _is_settled(self, unit: Unit, now: Situation, lines: list[Message], verdict: Verdict | None) -> bool:
        """Whether a changed line still means what was answered; it is then part of that question."""
        if len(lines) != 1 or lines[0].edited_at is None:
            return False
        question = settled_by(unit, lines[0], verdict, self._answering.plan(now, verdict))
        if question is not None:
            unit.lines.join(lines, question)
        return question is not None


def _is_pending_behind(lines: list[Message], message: Message, behind: list[Task]) -> bool:
    """Whether a task behind will answer these lines too: for a later one of them, or for the same one once more."""
    owed = {pending_message(task.payload)[0] for task in behind if task.key.startswith(PREFIX)}
    return any(line.key in owed for line in lines if line.id >= message.id)


def _others(behind: list[Task]) -> bool:
    return any(not task.key.startswith(PREFIX) for task in behind)
