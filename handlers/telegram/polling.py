"""Fetches updates and stores them; only what is on disk is confirmed to Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError

from handlers.telegram.arrival import arrival
from handlers.telegram.methods import GetUpdates
from handlers.telegram.order import in_order
from services.health.database_log import DatabaseTrouble
from services.queues.intake import Intake

log = structlog.get_logger()

WANTED: Final = (
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
)
"""What the bot asks for, by name: Telegram leaves reactions out otherwise."""
BATCH: Final = 100
SLACK_S: Final = 10
"""Past the long poll itself, before the connection counts as dead."""
FIRST_PAUSE_S: Final = 1.0
MOST_PAUSE_S: Final = 30.0
DATABASE_PAUSE_S: Final = 2.0
"""A steady pace: the database is in this process's reach, and is back at once when it is."""
STAND_BY_S: Final = 5.0
STAND_BY_MOST_S: Final = 30.0
"""Each poll of one bot ends the other's, and hands it what that one has not confirmed yet: seldom is better."""
PEACE_S: Final = 120.0
CONFIRM_S: Final = 3.0


class Polling:
    """One long poll after another. Stopping it loses nothing: what is not stored is not confirmed."""

    def __init__(self, *, bot: Bot, intake: Intake, long_poll_s: int, peace_s: float = PEACE_S) -> None:
        """`peace_s`: after so long without a conflict the other poller is believed to be gone."""
        self._bot = bot
        self._intake = intake
        self._long_poll_s = long_poll_s
        self._offset: int | None = None
        self._term: int | None = None
        self._pause_s = FIRST_PAUSE_S
        self._refused = False
        self._stand_by_s = STAND_BY_S
        self._peace_s = peace_s
        self._contested_s = -peace_s
        self._peace_since_s = time.monotonic()
        self._stopping = asyncio.Event()
        self._fetching: asyncio.Future[list[Any]] | None = None

    async def run(self, leads: Callable[[], Awaitable[bool]], term: int | None = None) -> None:
        """Poll until stopped, or until another process leads. Raises TelegramUnauthorizedError.

        `term`: under which this process leads; what comes after its end is left to the next leader.
        """
        self._term = term
        while not self._stopping.is_set():
            if not await leads():
                self._offset = None  # how far the next leader has come is not for this one to say
                return
            if not self._stopping.is_set():  # told so while it asked; a poll that begins now is cut off by nobody
                await self._step()

    def stop(self) -> None:
        """Give up the poll under way; a batch that is being stored is stored."""
        self._stopping.set()
        self._intake.fetched(whole=False)
        if self._fetching is not None:
            self._fetching.cancel()

    async def confirm(self) -> None:
        """Tell Telegram what is stored, on the way out: the next start need not hear it again."""
        if self._offset is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CONFIRM_S):
                    await self._fetch(0, limit=1)

    async def _step(self) -> None:
        """Poll once and store what came; after trouble, wait a little."""
        try:
            await self._store(await self._poll())
            await self._enjoy_peace()
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError:
            log.warning("polling.conflict", hint="another process polls with this token; standing by")
            with contextlib.suppress(DatabaseTrouble):  # the next conflict tells the admins
                await self._intake.contested()
            await self._rest(self._stand_by())
        except TelegramRetryAfter as error:
            log.warning("polling.asked_to_wait", pause_s=error.retry_after)
            await self._rest(error.retry_after)
        except DatabaseTrouble:
            if not self._refused:
                log.warning("polling.failed", error="DatabaseTrouble", hint="updates stay with Telegram meanwhile")
            self._refused = True
            await self._rest(DATABASE_PAUSE_S)
        except Exception as error:  # noqa: BLE001  # whatever it was, the next poll brings the same updates
            log.warning("polling.failed", error=type(error).__name__, pause_s=self._pause_s)
            await self._rest(self._pause_s)
            self._pause_s = min(self._pause_s * 2, MOST_PAUSE_S)
        else:
            self._pause_s, self._refused = FIRST_PAUSE_S, False

    async def _enjoy_peace(self) -> None:
        """Polls go well between two conflicts too: only a while without any says that the other poller is gone."""
        if time.monotonic() - self._peace_since_s >= self._peace_s:
            await self._intake.in_peace()

    def _stand_by(self) -> float:
        """Return how long to leave the updates to the other poller: twice as long each time."""
        now = time.monotonic()
        again = now - self._contested_s < self._peace_s
        self._stand_by_s = min(self._stand_by_s * 2, STAND_BY_MOST_S) if again else STAND_BY_S
        self._contested_s = self._peace_since_s = now
        return self._stand_by_s

    async def _poll(self) -> list[Any]:
        # The first poll only looks: that updates can come in is known at once, not after a long wait.
        wait_s = self._long_poll_s if self._intake.fresh_at else 0
        self._fetching = asyncio.ensure_future(self._fetch(wait_s))
        try:
            return await self._fetching
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return []
            raise
        finally:
            self._fetching = None

    async def _fetch(self, wait_s: int, *, limit: int = BATCH) -> list[Any]:
        poll = GetUpdates(offset=self._offset, limit=limit, timeout=wait_s, allowed_updates=list(WANTED))
        updates: Any = await self._bot(poll, request_timeout=wait_s + SLACK_S)
        return updates if isinstance(updates, list) else []

    async def _store(self, updates: list[Any]) -> None:
        if updates:
            if not await self._intake.accept([arrival(update) for update in in_order(updates)], term=self._term):
                log.warning("polling.term_over", updates=len(updates))
                return
            self._offset = max(map(number, updates)) + 1 or self._offset
        self._intake.fetched(whole=len(updates) >= BATCH)
        self._intake.spoke()

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


def number(update: Any) -> int:
    """Return the update's id; -1 for what has none, and so can never be confirmed by itself."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) else -1
