"""The playground as a program: the usual cast, the page, the Bot API, on one port."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playground import defaults, site
from playground.insight import Insights
from playground.limits import TELEGRAM, Budget
from playground.server import Playground

EPOCH: Final = 1_767_225_600
"""The playground forgets what was said when it ends; the bot's database does not, and takes a known id for a known
message. So ids go on with the seconds since 2026 began: nobody writes more than one message a second for long."""
CAST: Final = Path(__file__).with_name("cast.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A playground that listens."""

    url: str
    """Of the page, and the base URL of the Bot API."""
    playground: Playground


def with_cast(playground: Playground) -> Playground:
    """Add the people and the group that the page starts with."""
    cast = json.loads(CAST.read_text(encoding="utf-8"))
    for operator in cast["operators"]:
        playground.add_operator(operator["first_name"], language_code=operator["language_code"], user_id=operator["id"])
    playground.add_group(cast["group"], chat_id=defaults.GROUP_ID)
    for customer in cast["customers"]:
        playground.add_customer(customer["first_name"], language_code=customer["language_code"])
    return playground


@asynccontextmanager
async def opened(
    *,
    host: str = defaults.HOST,
    port: int = defaults.PORT,
    token: str = defaults.TOKEN,
    insight: str | None = None,
    budget: Budget | None = TELEGRAM,
) -> AsyncIterator[Stage]:
    """Listen with the usual cast. Raises ValueError for a host others could reach, OSError for a taken port."""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"{host}: the playground listens on this machine only (127.0.0.1 or ::1)")
    playground = with_cast(Playground(token=token, budget=budget, past=int(time.time()) - EPOCH))
    async with AsyncExitStack() as stack:
        if insight:
            insights = Insights(world=playground.world, address=insight, customers=playground.customers)
            await stack.enter_async_context(insights)
        url = await stack.enter_async_context(playground.serve(host, port, app=site.build(playground)))
        yield Stage(url=url, playground=playground)


async def run(
    *,
    host: str = defaults.HOST,
    port: int = defaults.PORT,
    token: str = defaults.TOKEN,
    insight: str | None = None,
    budget: Budget | None = TELEGRAM,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until cancelled; `ready` is called with the address once it listens."""
    async with opened(host=host, port=port, token=token, insight=insight, budget=budget) as stage:
        ready(stage.url)
        await asyncio.Event().wait()
