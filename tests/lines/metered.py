"""A world whose group takes twenty calls a minute, by the clock of the play."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiogram import Bot

from services.delivery.group_budget import Budget
from services.delivery.messenger import Leave, Sent, Target
from services.delivery.rate_limits import RateLimits, rank_now
from services.messages.effects import Words
from tests.lines.world import Screen, World


class Counted(RateLimits):
    """Counts calls to groups; what people are sent in private takes no time here."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget=budget)
        self._of_groups = budget

    @asynccontextmanager
    async def turn(self, chat_id: int, count: int = 1) -> AsyncIterator[None]:
        if chat_id < 0:
            await self._of_groups.take(chat_id, rank_now(), count)
        yield


class MeteredScreen(Screen):
    """Whatever counts at Telegram waits for its turn."""

    clock: Callable[[], float]
    edited: list[tuple[float, int]]
    """When which message was edited."""

    async def say(self, target: Target, words: Words, *, leave: Leave) -> Sent:
        async with self.rate_limits.turn(target.chat_id):
            return await super().say(target, words, leave=leave)

    async def copy(
        self, target: Target, from_chat: int, telegram_ids: Sequence[int], *, leave: Leave, bare: bool = False
    ) -> list[Sent]:
        async with self.rate_limits.turn(target.chat_id, len(telegram_ids)):
            return await super().copy(target, from_chat, telegram_ids, leave=leave, bare=bare)

    async def edit(self, chat_id: int, telegram_id: int, words: Words, *, via: str | None = None) -> None:
        async with self.rate_limits.turn(chat_id):
            await super().edit(chat_id, telegram_id, words, via=via)
            self.edited.append((self.clock(), telegram_id))

    async def pin(self, chat_id: int, telegram_id: int) -> None:
        async with self.rate_limits.turn(chat_id):
            await super().pin(chat_id, telegram_id)

    async def open_topic(self, chat_id: int, name: str, *, leave: Leave, icon: str | None = None) -> int:
        async with self.rate_limits.turn(chat_id):
            return await super().open_topic(chat_id, name, leave=leave, icon=icon)

    async def edit_topic(
        self, chat_id: int, topic_id: int, *, name: str | None = None, icon: str | None = None
    ) -> None:
        async with self.rate_limits.turn(chat_id):
            await super().edit_topic(chat_id, topic_id, name=name, icon=icon)

    async def turn_topic(self, chat_id: int, topic_id: int, *, closed: bool) -> None:
        async with self.rate_limits.turn(chat_id):
            await super().turn_topic(chat_id, topic_id, closed=closed)


class Metered(World):
    """The product before such a group."""

    def opened_screen(self, bot: Bot, *, forum: bool) -> Screen:
        budget = Budget(store=self.store, clock=self.seconds, pool_at=lambda chat: self.parts.groups.pool_at(chat))  # noqa: PLW0108  # made later
        self.parts.__dict__.update(budget=budget)
        screen = MeteredScreen(bot, forum=forum)
        screen.rate_limits, screen.clock, screen.edited = Counted(budget), self.seconds, []
        return screen
