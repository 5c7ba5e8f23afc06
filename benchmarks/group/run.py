"""A minute of the group: who is visible when, what is refused, how long a press takes to show, and who else is held up.

Earlier traffic has spent some of the minute's calls, right before the crowd comes. The customers' own chats are
compared with as many customers at once whose questions are answered without the group: Telegram takes 30 messages a
second, so a hundred answers take more than three seconds whatever the group does.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.bots import running
from benchmarks.group.crowd import ASKS, LOOK_S, PRESSING, Asked, Seen, chatter, one_by_one, take, watch
from benchmarks.progress import doing
from playground import defaults
from playground.api import COSTS
from playground.groups import Group
from playground.limits import TELEGRAM
from playground.people import Customer, Operator
from playground.server import Playground

CUSTOMERS: Final = 100
CRITICAL: Final = 10
SPENT: Final = (5, 8)
"""Calls of the minute that earlier traffic has taken."""
ALONE: Final = 10
LATER: Final = 19
LATER_EVERY_S: Final = 0.5
"""From one to ten seconds after the crowd."""
PRESSES_S: Final = (3.0, 20.0, 40.0)
SOON_S: Final = 5.0
MINUTE_S: Final = 60.0
ABOUT: Final = f"""\
group: {CUSTOMERS} customers ask for a person within a second, {CRITICAL} of them in a critical matter; one more edits a
       line twice a second; earlier traffic has spent some of the 20 calls of the minute
       critical cards, critical shown: within 5 s, as a card; as a card or by words and button of a list
       p95 of answers in private chats, in seconds: to who asks alone; to 100 at once whose questions need no group,
       to the 100 of the crowd; to who asks one to ten seconds after each of the two
"""
HEADS: Final = (
    *(("group", 7), ("spent", 6), ("refused", 8), ("at 5 s", 7), ("30 s", 6), ("60 s", 6), ("last s", 7)),
    *(("cards", 6), ("critical cards", 15), ("critical shown", 15), ("press to shown s", 17)),
)
CHATS: Final = (("alone", 7), ("100 without", 12), ("after", 7), ("100 with", 10), ("after", 7))


def main() -> None:
    """Print what becomes of the crowd and of everybody else, in a plain group and in a forum."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.group", description="A crowd, and a group's minute.")
    parser.add_argument("--spent", type=int, nargs="*", default=SPENT, help="calls that earlier traffic has taken")
    told = parser.parse_args()
    print(ABOUT)
    print("  " + "".join(f"{head:>{width}}" for head, width in (*HEADS, *CHATS)))
    for forum in (False, True):
        for spent in told.spent:
            name = "forum" if forum else "plain"
            doing(f"group: a minute in a {name} group, {spent} calls spent …")
            minute = asyncio.run(measured(forum=forum, spent=spent))
            doing("")
            print(_line(name, minute), flush=True)
    print()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What became of the crowd, and how long everybody waited for an answer in their own chat."""

    playground: Playground
    seen: Seen
    spent: int
    crowd: list[Customer]
    critical: frozenset[str]
    """The names of those whose matter is critical."""
    waits: Sequence[Sequence[float]]
    """Of each column of `CHATS`."""

    @property
    def refused(self) -> int:
        return sum(call.status == 429 for call in self.playground.calls)

    @property
    def presses(self) -> str:
        """How many seconds each pressed button took to show."""
        return " ".join(f"{seconds:.1f}" for seconds in self.seen.press_to_shown) or "never"

    def critical_soon(self, when: dict[str, float]) -> int:
        return sum(when.get(name, MINUTE_S) <= SOON_S for name in self.critical)


async def measured(*, forum: bool, spent: int, on: str = "SQLite") -> Minute:
    """Let the crowd come and watch the group for a minute."""
    playground = Playground(budget=TELEGRAM)
    olga = playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group = playground.add_group(forum=forum)
    [talker, *alone] = _people(playground, "Болтун", 1 + ALONE)
    others, crowd = (_people(playground, name, CUSTOMERS) for name in ("Другой", "Клиент"))
    later = [_people(playground, name, LATER) for name in ("Поздний", "Вечерний")]
    async with playground.serve() as api, running(playground, api, on):
        talker.send(ASKS)
        await playground.wait_for(lambda: group.from_bot, 60)
        waits = [await _waits(playground, alone), *await _without_group(playground, others, later[0])]
        spent = await _spend(playground, olga, group, spent)
        seen = Seen()
        asked, late = Asked(playground), Asked(playground)
        doings = [
            asyncio.create_task(watch(group, frozenset(one.user.first_name for one in crowd), seen)),
            asyncio.create_task(chatter(talker)),
            asyncio.create_task(one_by_one(late, later[1], first_s=1.0, every_s=LATER_EVERY_S)),
            *(asyncio.create_task(take(playground, olga, group, at, seen)) for at in PRESSES_S),
        ]
        critical = _ask(asked, crowd)
        await asyncio.sleep(MINUTE_S + SOON_S)
        for task in doings:
            task.cancel()
        await asyncio.gather(*doings, return_exceptions=True)
    return Minute(
        playground=playground,
        seen=seen,
        spent=spent,
        crowd=crowd,
        critical=critical,
        waits=(*waits, asked.waits, late.waits),
    )


def _people(playground: Playground, name: str, many: int) -> list[Customer]:
    return [playground.add_customer(f"{name}{number:03}", language_code="ru") for number in range(many)]


async def _waits(playground: Playground, customers: Sequence[Customer]) -> Sequence[float]:
    """Let customers ask the bot one after the other, and return how long each waited."""
    asked = Asked(playground)
    await one_by_one(asked, customers, first_s=0.0, every_s=LATER_EVERY_S)
    await asked.all_answered(60)
    return asked.waits


async def _without_group(
    playground: Playground, crowd: Sequence[Customer], later: Sequence[Customer]
) -> list[Sequence[float]]:
    """Let a hundred ask at once what the bot answers by itself, and others right after; return how long they waited."""
    asked, late = Asked(playground), Asked(playground)
    for customer in crowd:
        asked.ask(customer)
    await one_by_one(late, later, first_s=1.0, every_s=LATER_EVERY_S)
    await asyncio.gather(asked.all_answered(60), late.all_answered(60))
    return [asked.waits, late.waits]


async def _spend(playground: Playground, operator: Operator, group: Group, calls: int) -> int:
    """Let an operator ask for figures until so many calls of the minute are spent; return how many are."""

    def used() -> int:
        since = playground.world.clock() - MINUTE_S
        return sum(
            call.chat_id == group.id and call.at > since and COSTS.fullmatch(call.method) is not None
            for call in playground.calls
        )

    while (before := used()) < calls:
        operator.write(group, "/stats")
        async with asyncio.timeout(MINUTE_S):
            while used() == before:  # noqa: ASYNC110  # a call rings no bell
                await asyncio.sleep(LOOK_S)
    return used()


def _ask(asked: Asked, crowd: list[Customer]) -> frozenset[str]:
    """Let everybody write; return the names of those whose matter is critical."""
    critical = frozenset(one.user.first_name for one in crowd[:: len(crowd) // CRITICAL])
    for number, customer in enumerate(crowd):
        asked.ask(customer, f"{PRESSING if customer.user.first_name in critical else ASKS} {number}")
    return critical


def _line(name: str, minute: Minute) -> str:
    seen = minute.seen
    last = max(seen.visible.values(), default=0.0) if len(seen.visible) == CUSTOMERS else float("inf")
    counts = (name, minute.spent, minute.refused, *(seen.visible_within(at) for at in (SOON_S, 30.0, MINUTE_S)))
    soon = (f"{minute.critical_soon(when)} of {CRITICAL}" for when in (seen.cards, seen.words))
    waits = (f"{_p95(one):.2f}" for one in minute.waits)
    cells = (*map(str, counts), f"{last:.1f}", str(len(seen.cards)), *soon, minute.presses, *waits)
    return "  " + "".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, (*HEADS, *CHATS), strict=True))


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else float("inf")
