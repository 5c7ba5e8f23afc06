"""The real bot, in this process, behind a pretend Telegram: people write, people read."""

from __future__ import annotations

import asyncio
import gc
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot import foundation
from bot.running import run
from bot.settings import load
from bot.trained import MODEL
from playground import defaults
from playground.chats import Message
from playground.groups import Group
from playground.people import Customer, Operator
from playground.server import Playground
from services.delivery import rate_limits
from services.scenarios.fact_values import fill_with_examples
from services.scenarios.knowledge import replace
from services.scenarios.packs import read_pack
from storage.records import Pack
from storage.store import Clock, Store, utc_now
from tests.kept import Kept, kept_once
from tests.learned import learned_once
from tests.packs import SHOP
from tests.ports import free_port
from tests.shared import filled_once, lend_encoder

TIMEOUT_S: Final = 90.0
"""When a test gives up; on a busy machine everything takes many times as long, and a good run waits for none of it."""
GATHERED_AT = 5
"""A stopped bot is some large arrays in a circle; the collector counts objects, and comes too late for them."""
_STOPS = itertools.count(1)
QUICKLY = (1, 0.05)
"""Messages to one person, and in how many seconds: a playground without limits takes them as they come."""
OPEN = Callable[..., Awaitable["House"]]


@dataclass(kw_only=True)
class House:
    """A bot at work, and the people around it."""

    playground: Playground
    group: Group
    olga: Operator
    anna: Customer
    john: Customer
    database_url: str
    http: str
    stopping: asyncio.Event
    running: asyncio.Task[None]

    async def answer(self, customer: Customer, after: Message | None = None, *, within_s: float = TIMEOUT_S) -> Message:
        """Return what the bot says next to a customer: past their last message, or past a given one."""
        past = after.id if after else max((m.id for m in customer.chat.messages.values() if not m.from_bot), default=0)

        def found() -> list[Message]:
            return [message for message in customer.replies if message.id > past]

        return (await self.playground.wait_for(found, within_s))[0]

    async def in_group(self, words: str, *, past: int = 0, within_s: float = TIMEOUT_S) -> Message:
        """Return the newest message of the bot in the group that holds these words."""

        def found() -> list[Message]:
            return [m for m in self.group.chat.from_bot if m.id > past and words in m.text]

        return (await self.playground.wait_for(found, within_s))[-1]

    async def stop(self) -> None:
        self.stopping.set()
        await self.running


@pytest.fixture
def home(tmp_path: Path, trained_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, for a bot that need not wait a second between two messages to one person."""
    monkeypatch.setattr(rate_limits, "IN_PRIVATE", QUICKLY)
    learned_once(monkeypatch)
    (tmp_path / MODEL.parent).mkdir()
    (tmp_path / MODEL).symlink_to(trained_model)
    lend_encoder(trained_model, tmp_path / MODEL.parent)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that knows the pack: a bot need not read and check it once more at every start."""
    return filled_once(tmp_path_factory, "taught.db", sqlite_template, taught)


@pytest.fixture(scope="session")
def postgresql_kept(postgresql_template: str, postgresql_kept: Kept) -> Kept:
    """A database that knows the pack."""
    return kept_once("kept_taught", postgresql_template, postgresql_kept, taught)


async def taught(database_url: str) -> None:
    """Let an empty database know what the first start of a bot in the playground would teach it."""
    pack = _pack()
    async with Store(database_url) as store:
        await replace(store, pack, author="import scenarios")
        await store.write(lambda unit: fill_with_examples(unit, pack.facts, author="example"))


@cache
def _pack() -> Pack:
    return read_pack(SHOP)


@asynccontextmanager
async def opened(
    database_url: str,
    *,
    forum: bool = False,
    playground: Playground | None = None,
    clock: Clock = utc_now,
    **more: str,
) -> AsyncIterator[House]:
    """Start a playground and a bot against it; more settings by their environment names."""
    playground = playground or Playground()
    olga = playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    playground.add_operator("Max", user_id=defaults.OPERATOR_ID)
    group = playground.add_group(forum=forum)
    anna = playground.add_customer("Анна", language_code="ru")
    john = playground.add_customer("John", language_code="en")
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(playground.serve())
        port = free_port()
        settings = load(
            env={
                "BOT_TOKEN": defaults.TOKEN,
                "DATABASE_URL": database_url,
                "SUPPORT_TELEGRAM__API_URL": url,
                "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
                "SUPPORT_OPERATORS__CHAT_ID": str(group.chat.id),
                "SUPPORT_SCENARIOS__PATH": str(SHOP),
                "SUPPORT_HTTP__PORT": str(port),
                "SUPPORT_PLAYGROUND__INSIGHT": "true",
                "SUPPORT_CLASSIFIER__PAUSE_S": "0",
                "SUPPORT_OPERATORS__DESK_MESSAGE": "false",
            }
            | more
        )
        stopping = asyncio.Event()
        running = asyncio.create_task(run(settings, stopping, clock=clock))
        house = House(
            playground=playground,
            group=group,
            olga=olga,
            anna=anna,
            john=john,
            database_url=database_url,
            http=f"http://127.0.0.1:{port}",
            stopping=stopping,
            running=running,
        )
        try:
            yield house
        finally:
            await house.stop()
            if next(_STOPS) % GATHERED_AT == 0:
                gc.collect()


@pytest.fixture
async def house(database_url: str, home: Path) -> AsyncIterator[House]:
    """A bot with a plain operator group, on each database."""
    async with opened(database_url) as opened_house:
        yield opened_house


@pytest.fixture
async def forum(database_url: str, home: Path) -> AsyncIterator[House]:
    """A bot with a forum for its operators, on each database."""
    async with opened(database_url, forum=True) as opened_house:
        yield opened_house


@pytest.fixture
async def memory(house: House) -> AsyncIterator[Store]:
    """What the bot of `house` has stored."""
    async with Store(house.database_url) as store:
        yield store


@pytest.fixture
def short_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the group's twenty calls be free again soon, where operators press faster than people do."""
    monkeypatch.setattr(foundation, "MINUTE_S", 5.0)
