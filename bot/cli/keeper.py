"""Keeps the playground's bot running: a process of its own, started again whenever it ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from typing import Final

from bot.cli.child import Child
from playground import cast, defaults
from playground.process import Beginning, BotProcess
from playground.server import Playground
from playground.world import Change

STOP_S: Final = 35
STEADY_S: Final = 10.0
"""Who ends sooner after its start than this has ended at once: the more often in a row, the longer it is left alone."""
MOST_PAUSE_S: Final = 30.0
MISCONFIGURED: Final = 2
"""The exit code of a bot that would not run the next time either; it has said why."""

Told = Callable[[str | None, Beginning], Mapping[str, str]]


def pause_s(ended_at_once: int) -> float:
    """Return how long a bot is left alone after so many ends in a row that came at once: 0, 1, 2, 4 … 30 seconds."""
    return float(min(MOST_PAUSE_S, 2 ** (ended_at_once - 2))) if ended_at_once > 1 else 0.0


def reason(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


class Keeper:
    """Runs the bot of one playground, in the language that its page has chosen."""

    def __init__(
        self,
        playground: Playground,
        *,
        first: Child,
        told: Told,
        language: str,
        forget: Callable[[], None] | None,
        say: Callable[[str], None],
    ) -> None:
        """Take a process that waits to be the bot, and what it is told, `told`, of its language and its beginning.

        `language` is the bot's where none is chosen on the page; `forget` makes it forget all.
        """
        self._playground = playground
        self._told = told
        self._usual = language
        self._spoken = self._wanted
        self._say = say
        self._turn = asyncio.Event()
        """Set when the bot speaks another language than the page, or shall begin anew."""
        self._forget = forget
        self._anew: Beginning | None = None
        self._first: Child | None = first
        self._child: Child | None = None
        self._state = playground.process = BotProcess(kill=self.kill, begin_anew=self.begin_anew if forget else None)
        playground.world.listeners.append(self._listen)

    async def run(self, stopping: asyncio.Event) -> int:
        """Keep it running until told to stop, or until it says that it is misconfigured; give its exit code."""
        told = asyncio.create_task(stopping.wait())
        at_once = 0
        while not told.done():
            began = asyncio.get_running_loop().time()
            code = await self._live(told)
            if told.done() or code == MISCONFIGURED:
                told.cancel()
                return max(code, 0)
            if self._turn.is_set():
                self._state.fallen = False
                self._begin()
                continue
            at_once = at_once + 1 if asyncio.get_running_loop().time() - began < STEADY_S else 0
            await self._pause(code, pause_s(at_once), told)
        return 0

    def kill(self) -> None:
        if self._child:
            self._child.kill()

    def begin_anew(self, beginning: Beginning) -> None:
        """End the bot, and start it again with another memory: its own and that of the chats begin empty."""
        self._anew = beginning
        self.kill()
        self._turn.set()

    def _begin(self) -> None:
        if self._anew is None or self._forget is None:
            return
        self._playground.beginning, self._anew = self._anew, None
        self._forget()
        cast.enter_anew(self._playground)
        if self._playground.beginning == "nothing":
            self._playground.operators[defaults.ADMIN_ID].send("/setup")

    @property
    def _wanted(self) -> str:
        return self._playground.language or self._usual

    def _listen(self, change: Change) -> None:
        if change.kind == "people" and self._wanted != self._spoken:
            self._turn.set()

    async def _live(self, told: asyncio.Task[bool]) -> int:
        """Start it and wait for its end, which is brought about when it has to stop or to speak another language."""
        self._turn.clear()
        self._spoken = self._wanted
        self._child, self._first = self._first or await Child.started(), None
        self._child.tell(self._told(self._playground.language, self._playground.beginning))
        self._tell(running=True)
        ended, turned = asyncio.create_task(self._child.wait()), asyncio.create_task(self._turn.wait())
        await asyncio.wait({ended, turned, told}, return_when=asyncio.FIRST_COMPLETED)
        turned.cancel()
        if not ended.done():
            await self._child.stop(within=STOP_S)
        code = await ended
        self._playground.world.updates.forget_poller()
        self._tell(running=False)
        return code

    async def _pause(self, code: int, seconds: float, told: asyncio.Task[bool]) -> None:
        self._state.fallen = True
        self._state.ended += 1
        self._tell(running=False, pause=seconds)
        when = f"in {seconds:g} s" if seconds else "now"
        self._say(f"The bot was stopped ({reason(code)}). It is started again {when}; messages wait for it.")
        await asyncio.wait({told}, timeout=seconds)

    def _tell(self, *, running: bool, pause: float = 0.0) -> None:
        self._state.running, self._state.pause_s = running, pause
        self._playground.world.tell("bot")
