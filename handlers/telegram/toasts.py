"""The answer to a press: the one call made at once and not from the outbox. If it is lost, nobody misses it."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from aiogram import Bot
from aiogram.types import CallbackQuery

from services.texts import label
from services.texts.team import Team

log = structlog.get_logger()
AT_ONCE: Final = 50
ANSWER_S: Final = 5.0


async def show(query: CallbackQuery, text: str | None) -> None:
    """Stop the button's spinner, with a word or without."""
    try:
        await query.answer(text)
    except Exception as error:  # noqa: BLE001  # too old, no network: the action itself is done
        log.info("toast.lost", error=type(error).__name__)


class Spinners:
    """Tells whoever presses a button in a group that is not the operators' that it does nothing there.

    Such buttons stand in a group that was the operators' once, or beside nothing at all.

    Nothing of such a press is kept, so its answer is tried once, and where too many are under way not at all.
    """

    def __init__(self, *, bot: Bot, team: Team) -> None:
        self._bot = bot
        self._team = team
        self._under_way: set[asyncio.Task[None]] = set()

    def stop(self, press: str) -> None:
        """Answer a press, in the background."""
        if len(self._under_way) < AT_ONCE:
            task = asyncio.create_task(self._answer(press), name="spinner")
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _answer(self, press: str) -> None:
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._bot.answer_callback_query(press, text=label("toast.connect_elsewhere", self._team.language))
        except Exception as error:  # noqa: BLE001  # too old, no network: nothing hangs on it
            log.info("toast.lost", error=type(error).__name__)
