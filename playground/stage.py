"""The playground as a program: the usual cast, the page, the Bot API, on one port."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playground import cast, defaults, site
from playground.archive import Archive
from playground.insight import Insights
from playground.limits import TELEGRAM, Budget
from playground.memory import Memory, restore
from playground.server import Playground

EPOCH: Final = 1_767_225_600
IDS_A_SECOND: Final = 10
"""A playground whose chats are gone may meet a bot that remembers them, and takes a known id for a known message. So
ids begin at the tenths of seconds since 2026 began: people and bot together write fewer messages than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A playground that listens."""

    url: str
    """Of the page, and the base URL of the Bot API."""
    playground: Playground


@asynccontextmanager
async def opened(
    *,
    host: str = defaults.HOST,
    port: int = defaults.PORT,
    token: str = defaults.TOKEN,
    insight: str | None = None,
    desk: str | None = None,
    widget: str | None = None,
    budget: Budget | None = TELEGRAM,
    chats: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[Stage]:
    """Listen, with the chats that a file keeps, or else with the usual cast; `say` is told what is wrong with the file.

    Raises ValueError for a host others could reach, OSError for a taken port, ArchiveUnusable.
    """
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"{host}: the playground listens on this machine only (127.0.0.1 or ::1)")
    playground = Playground(token=token, budget=budget, past=max(0, int((time.time() - EPOCH) * IDS_A_SECOND)))
    playground.desk, playground.widget = desk, widget
    async with AsyncExitStack() as stack:
        memory = stack.enter_context(_remembering(playground, chats, say)) if chats else None
        if memory is None:
            cast.enter(playground)
        app = site.build(playground)
        if memory:
            app.middlewares.append(memory.middleware)
        if insight:
            insights = Insights(world=playground.world, address=insight, customers=playground.customers)
            await stack.enter_async_context(insights)
        url = await stack.enter_async_context(playground.serve(host, port, app=app))
        yield Stage(url=url, playground=playground)


@contextmanager
def _remembering(playground: Playground, chats: Path, say: Callable[[str], None]) -> Iterator[Memory]:
    """Bring back what a file keeps, and keep what comes."""
    archive, kept = Archive.opened(chats, say)
    with closing(archive):
        if kept:
            restore(playground, kept)
            if not playground.accounts and defaults.ADMIN_ID in playground.operators:  # kept by an older version
                cast.open_doors(playground)
            if playground.language:
                cast.speak(playground, playground.language)
        else:
            cast.enter(playground)
        memory = Memory(playground, archive, say)
        try:
            yield memory
        finally:
            memory.write()


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
