"""A business at work: its customers write in turn, a few want a person, an operator looks after them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from benchmarks.load.telegram import QUESTIONS
from playground import defaults
from playground.chats import Message
from playground.limits import TELEGRAM
from playground.server import Playground
from playground.world import Change

ASKS: Final = "Позовите оператора, пожалуйста, обращение {}"
EVERY: Final = 400
"""One message in so many asks for a person: three tickets a minute at 20 messages a second, which a group can take."""
HELPED_S: Final = (5.0, 15.0, 25.0)
"""So long after its card has come a ticket is taken, answered and closed."""
KEPT_LINES: Final = 50
"""The pretend Telegram forgets what is further back in a chat, or it would be what fills the memory."""


class Business:
    """The same customers again and again: a bot that runs for years does not get a new one with every message."""

    def __init__(self, *, customers: int) -> None:
        self.playground = Playground(budget=TELEGRAM)
        self.olga = self.playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
        self.group = self.playground.add_group()
        self.customers = [
            self.playground.add_customer(f"Клиент{number:05}", language_code="ru") for number in range(customers)
        ]
        self.written = 0
        self.answered = 0
        self.refusals: Counter[str] = Counter()
        """Calls that the server answered with 429."""
        self.closed = 0
        self._helping: set[asyncio.Task[None]] = set()
        self._cards: set[int] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Serve the Bot API, and look after tickets; give the address."""
        self.playground.world.listeners.append(self._seen)
        async with self.playground.serve() as url:
            try:
                yield url
            finally:
                for task in self._helping:
                    task.cancel()
                await asyncio.gather(*self._helping, return_exceptions=True)

    async def write(self, *, seconds: float, per_second: float) -> None:
        """Let customers write for so long, each at their turn."""
        began = time.monotonic()
        for number in range(int(seconds * per_second)):
            await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
            self._one_writes()

    def tidy(self) -> None:
        """Count what was refused, and forget what nobody will look at."""
        for call in self.playground.calls:
            if call.status == 429:
                self.refusals[
                    f"{call.method} {'in the group' if call.chat_id == self.group.id else 'to a customer'}"
                ] += 1
        self.playground.calls.clear()
        for chat in self.playground.world.chats.values():
            for number in list(chat.messages)[:-KEPT_LINES]:
                if number not in self._cards:
                    del chat.messages[number]

    def _one_writes(self) -> None:
        number = self.written
        self.written += 1
        turn, which = divmod(number, len(self.customers))
        text = ASKS if number % EVERY == EVERY - 1 else QUESTIONS[(turn + which) % len(QUESTIONS)]
        self.customers[which].send(text.format(number))

    def _seen(self, change: Change) -> None:
        message = change.message
        if change.kind != "message" or message is None or not message.from_bot:
            return
        if change.chat is not self.group.chat:
            self.answered += 1
        elif any("Взять" in button.text for button in message.buttons):
            task = asyncio.create_task(self._help(message))
            self._helping.add(task)
            task.add_done_callback(self._helping.discard)

    async def _help(self, card: Message) -> None:
        """Take the ticket, answer it, close it."""
        self._cards.add(card.id)
        at = self.olga.at(self.group)
        waited = 0.0
        for after, button in zip(HELPED_S, ("Взять", "", "Закрыть"), strict=True):
            await asyncio.sleep(after - waited)
            waited = after
            if button:
                at.press(card, next((b.data or "" for b in card.buttons if button in b.text), ""))
            else:
                self.olga.write(self.group, "Всё проверили, готово.", reply_to=card)
        self.closed += 1
        await asyncio.sleep(HELPED_S[-1])
        self._cards.discard(card.id)
