"""A minute of the group: who is visible when, how many calls were refused, how long a pressed button takes to show."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.databases import database
from benchmarks.group.crowd import ASKS, LOOK_S, PRESSING, Seen, ask, chatter, converse, take, watch
from benchmarks.load.run import REPOSITORY
from benchmarks.progress import doing
from playground import defaults
from playground.limits import TELEGRAM
from playground.people import Customer
from playground.server import Playground
from tests.packs import SHOP

CUSTOMERS: Final = 100
CRITICAL: Final = 10
TALKERS: Final = 5
PAUSE_S: Final = 15.0
PRESSES_S: Final = (3.0, 20.0, 40.0)
MINUTE_S: Final = 60.0
START_S: Final = 120.0
STOP_S: Final = 30.0


async def run() -> None:
    """Print a table for a plain group and for a forum."""
    print(f"group: {CUSTOMERS} customers ask for a person within a second, {CRITICAL} of them in a critical matter;")
    print("       one more edits a line twice a second, some talk to the bot; the server takes 20 calls a minute\n")
    print(
        f"  {'group':<7} {'refused':>7} {'visible at 5 s':>14} {'30 s':>5} {'60 s':>5} {'last':>7} {'cards':>5}"
        f" {'critical at 5 s':>15} {'press to shown':>16} {'answer p95':>11} {'before':>7}"
    )
    for forum in (False, True):
        doing(f"group: a minute in a {'forum' if forum else 'plain group'} …")
        minute = await measured(forum=forum)
        doing("")
        print(_line("forum" if forum else "plain", minute))
    print()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What became of the crowd."""

    playground: Playground
    quiet: Seen
    """What was seen before the crowd came."""
    seen: Seen
    crowd: list[Customer]
    pressing: frozenset[str]
    """The names of those whose matter is critical."""

    @property
    def refused(self) -> int:
        return sum(call.status == 429 for call in self.playground.calls)

    @property
    def presses(self) -> str:
        """How many seconds each pressed button took to show."""
        return " ".join(f"{seconds:.1f}" for seconds in self.seen.press_to_shown) or "never"


async def measured(*, forum: bool, on: str = "SQLite") -> Minute:
    """Let the crowd come and watch the group for a minute."""
    playground = Playground(budget=TELEGRAM)
    olga = playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group = playground.add_group(forum=forum)
    crowd = [playground.add_customer(f"Клиент{number:03}", language_code="ru") for number in range(CUSTOMERS)]
    others = [playground.add_customer(f"Болтун{number}", language_code="ru") for number in range(TALKERS + 1)]
    names = frozenset(customer.user.first_name for customer in crowd)
    async with _bot(playground, on):
        others[0].send(ASKS)
        await playground.wait_for(lambda: group.from_bot, 60)
        quiet = Seen()
        await asyncio.gather(*(ask(playground, one, quiet) for one in others[1:]))
        seen = Seen()
        doings = [
            asyncio.create_task(watch(group, names, seen)),
            asyncio.create_task(chatter(others[0])),
            *(asyncio.create_task(converse(playground, one, PAUSE_S, seen)) for one in others[1:]),
            *(asyncio.create_task(take(playground, olga, group, at, seen)) for at in PRESSES_S),
        ]
        pressing = _ask(crowd)
        await asyncio.sleep(MINUTE_S + PAUSE_S / 3)
        for task in doings:
            task.cancel()
        await asyncio.gather(*doings, return_exceptions=True)
    return Minute(playground=playground, quiet=quiet, seen=seen, crowd=crowd, pressing=pressing)


def _ask(crowd: list[Customer]) -> frozenset[str]:
    """Let everybody write; return the names of those whose matter is critical."""
    pressing = frozenset(one.user.first_name for one in crowd[:: len(crowd) // CRITICAL])
    for number, customer in enumerate(crowd):
        customer.send(f"{PRESSING if customer.user.first_name in pressing else ASKS} {number}")
    return pressing


def _line(name: str, minute: Minute) -> str:
    seen = minute.seen
    last = max(seen.visible.values(), default=0.0) if len(seen.visible) == CUSTOMERS else float("inf")
    critical = sum(seen.cards.get(one, float("inf")) <= 5 for one in minute.pressing)
    return (
        f"  {name:<7} {minute.refused:>7} {seen.visible_within(5):>14} {seen.visible_within(30):>5}"
        f" {seen.visible_within(60):>5} {last:>5.1f} s {len(seen.cards):>5}"
        f" {critical:>9} of {len(minute.pressing):<2} {minute.presses:>14} s"
        f" {_p95(seen.answers):>9.2f} s {_p95(minute.quiet.answers):>5.2f} s"
    )


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else float("inf")


@asynccontextmanager
async def _bot(playground: Playground, on: str) -> AsyncIterator[None]:
    """Run the real bot in a process of its own against a playground."""
    with tempfile.TemporaryDirectory() as folder, database(on) as url:
        async with playground.serve() as api:
            environment = dict(os.environ) | {
                "PYTHONPATH": str(REPOSITORY),
                "BOT_TOKEN": defaults.TOKEN,
                "DATABASE_URL": url,
                "SUPPORT_TELEGRAM__API_URL": api,
                "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
                "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
                "SUPPORT_SCENARIOS__PATH": str(SHOP),
                "SUPPORT_HTTP__PORT": "0",
            }
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                async with asyncio.timeout(START_S):
                    while not playground.world.updates.polled_now:  # noqa: ASYNC110  # polling rings no bell
                        await asyncio.sleep(LOOK_S)
                yield
            finally:
                bot.terminate()
                async with asyncio.timeout(STOP_S):
                    await bot.wait()
