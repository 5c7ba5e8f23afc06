"""A bot as users start it, in front of a pretend Telegram that breaks to order, and customers who count."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.databases import database
from playground import defaults
from playground.groups import Group
from playground.limits import Budget
from playground.people import Customer
from playground.server import Playground
from tests.durability.crowd import QUESTIONS
from tests.durability.processes import Bot, Bots
from tests.packs import SHOP

WISH: Final = "Позовите оператора, пожалуйста, обращение {}"
READY_S: Final = 60
EVERY: Final = 10
"""One customer in so many asks for a person: their words must reach the group as well."""


@dataclass(kw_only=True)
class Scene:
    """One bot, one database, one Telegram."""

    playground: Playground
    bots: Bots
    group: Group
    database_url: str
    url: str
    asked: dict[int, float] = field(default_factory=dict)
    """When each customer wrote, by their id, in seconds of the playground's clock."""
    for_people: list[Customer] = field(default_factory=list)

    @property
    def customers(self) -> list[Customer]:
        return [self.playground.customers[number] for number in self.asked]

    async def bot(self, *, program: Sequence[str] = (), **more: str) -> Bot:
        """Start a process and wait until it has greeted Telegram."""
        before = len(self.playground.calls)
        bot = await self.bots.start(self.url, self.database_url, program=program, **more)
        await self.playground.wait_for(lambda: self._greeted(before), READY_S)
        return bot

    def _greeted(self, before: int) -> bool:
        return any(call.method in ("deleteWebhook", "setWebhook") for call in list(self.playground.calls)[before:])

    def ask(self, *, people: bool = False) -> Customer:
        """Let somebody new write one message."""
        number = len(self.asked)
        customer = self.playground.add_customer(f"Клиент{number:05}", language_code="ru")
        self.asked[customer.id] = time.time()
        customer.send(WISH.format(number) if people else QUESTIONS[number % len(QUESTIONS)].format(number))
        if people:
            self.for_people.append(customer)
        return customer

    async def write(self, many: int, *, per_second: float, every: int = EVERY) -> None:
        """Let so many customers write, one after the other; every so many ask for a person (0: nobody does)."""
        began = time.monotonic()
        for number in range(many):
            await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
            self.ask(people=bool(every) and number % every == every - 1)

    async def all_served(self, within_s: float) -> None:
        """Wait until everybody has an answer and the group has read everybody who asked for people, or give up."""
        try:
            await self.playground.wait_for(lambda: not self.unserved(), within_s)
        except TimeoutError:
            return  # the figures tell how many are missing

    def unserved(self) -> list[Customer]:
        """Return who has no answer, or asked for people and is unknown to the group."""
        shown = "\n".join(message.text for message in self.group.from_bot)
        waiting = {customer.id for customer in self.for_people if customer.user.first_name not in shown}
        return [customer for customer in self.customers if customer.id in waiting or not customer.replies]


@asynccontextmanager
async def staged(name: str, *, budget: Budget | None = None, forum: bool = False) -> AsyncIterator[Scene]:
    """Set a scene on `SQLite` or `PostgreSQL`; everything that was started ends with it."""
    playground = Playground(budget=budget)
    playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group = playground.add_group(forum=forum)
    bots = Bots(group_id=group.chat.id)
    with _folder(), database(name) as database_url:
        async with playground.serve() as url:
            try:
                yield Scene(playground=playground, bots=bots, group=group, database_url=database_url, url=url)
            finally:
                await bots.close()


@contextmanager
def _folder() -> Iterator[None]:
    """Work in an empty folder that has the trained engine: training it at each start would be measured instead."""
    from bot.trained import MODEL, trained
    from services.scenarios.packs import read_pack

    kept = Path(tempfile.gettempdir()) / f"support-bot-faults-{os.getuid()}" / MODEL.name
    kept.parent.mkdir(exist_ok=True)
    trained(read_pack(SHOP), kept)
    before = Path.cwd()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / MODEL.parent).mkdir()
        shutil.copy(kept, Path(folder) / MODEL)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
