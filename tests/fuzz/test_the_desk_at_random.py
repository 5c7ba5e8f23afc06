"""Customers and operators do at random whatever they can; what must always hold, holds in the end.

The suite plays one seed with a few dozen customers. `make fuzz-desk` plays several with two hundred and
five operators; `make fuzz-desk SEEDS="7 8"` plays these again.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

from tests.fuzz.desk_crowd import Crowd
from tests.fuzz.desk_invariants import all_hold, kept
from tests.lines.world import World

SEEDS: Final = [int(seed) for seed in os.environ.get("DESK_SEEDS", "10").split()]
CUSTOMERS: Final = int(os.environ.get("DESK_CUSTOMERS", "40"))
ACTIONS: Final = int(os.environ.get("DESK_ACTIONS", 3 * CUSTOMERS))
SALES: Final = -1002
ROUTES: Final = json.dumps([{"scenario": "COMPLAINT", "chat_id": SALES, "name": "Жалобы"}])
KINDS: Final = ("plain", "forum", "two groups")
ON_SCREEN: Final = (
    "shown",
    "everything",
    "ours",
    "targets",
    "copies",
    "copied",
    "topics",
    "pinned",
    "_ids",
    "reactions",
)
Start = Callable[[World | None], Awaitable[World]]


@pytest.fixture(params=KINDS)
async def start(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Start]:
    """Return what starts the bot: before a plain group, one with topics, or two of which one has topics."""
    routes = {"SUPPORT_OPERATORS__ROUTES": ROUTES} if request.param == "two groups" else {}
    worlds: list[World] = []

    async def starts(before: World | None) -> World:
        world = World(sqlite_url, tmp_path, forum=request.param == "forum", **routes)
        world.screen.forums |= {SALES} if routes else set()
        if before is not None:
            await before.close()
            world.now, world.numbers = before.now, before.numbers
            world.screen.__dict__.update({name: before.screen.__dict__[name] for name in ON_SCREEN})
        await world.open()
        worlds.append(world)
        return world

    yield starts
    await worlds[-1].close()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.long
async def test_what_must_hold_holds_whatever_people_do(start: Start, seed: int) -> None:
    crowd = Crowd(await start(None), range(10_001, 10_001 + CUSTOMERS), seed, start)
    for who in crowd.customers:
        await crowd.asks(who)
    for _ in range(ACTIONS):
        await crowd.act()
    await settled(crowd)
    all_hold(crowd, await crowd.world.store.read(kept))


async def settled(crowd: Crowd) -> None:
    """Let all that is under way arrive; whose card was deleted says one more thing, and it is shown again."""
    await _calm(crowd.world)
    for ticket in (await crowd.world.store.read(kept)).tickets:
        if ticket.id in crowd.torn and ticket.status != "closed":
            await crowd.asks(10_000 + ticket.customer_id)
    await _calm(crowd.world)


async def _calm(world: World) -> None:
    """The group takes twenty messages a minute."""
    for _ in range(400):
        await world.passes(61)
        waiting = await world.store.read(lambda unit: unit.outbox.backlog()[0] + unit.inbox.backlog()[0])
        if not waiting:
            return
    pytest.fail("something never arrives")
