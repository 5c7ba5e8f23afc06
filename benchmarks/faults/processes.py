"""The process dies: killed, told to stop, one of three replicas killed and one frozen."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from dataclasses import replace

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import EVERY, Scene, staged

SEED = 20_261
PER_SECOND = 25.0
AWAY_PER_SECOND = 5.0
LIFE_S = (0.3, 2.5)
"""How long a process lives, once it has greeted Telegram."""
FROZEN_S = 30.0
TAKEN_WITHIN_S = 15.0
"""So soon another replica is to poll, as README promises."""


async def killed(database: str, kills: int = 20) -> Figures:
    """Kill the bot again and again while customers write."""
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    async with staged(database) as scene:
        alive, ending = asyncio.Event(), asyncio.Event()
        writing = asyncio.create_task(_write_until(scene, ending, alive))
        for _ in range(kills):
            bot = await scene.bot()
            alive.set()
            await asyncio.sleep(chance.uniform(*LIFE_S))
            await bot.kill()
            alive.clear()
        ending.set()
        await writing
        last = await scene.bot()
        await scene.all_served(within_s=180)
        code = await last.stop()
        figures = measured(scene, f"kill -9, {kills} times")
    return replace(figures, note=f"{figures.repeated / kills:.2f} repeated a kill; then stopped with {code}")


async def told_to_stop(database: str) -> Figures:
    """Stop and start the bot five times while customers write."""
    async with staged(database) as scene:
        ending, codes = asyncio.Event(), []
        writing = asyncio.create_task(_write_until(scene, ending))
        for _ in range(5):
            bot = await scene.bot()
            await asyncio.sleep(1)
            codes.append(await bot.stop())
        ending.set()
        await writing
        await scene.bot()
        await scene.all_served(within_s=120)
        return measured(scene, "SIGTERM, 5 times", note=f"exit codes {sorted(set(codes))}")


async def three_replicas(database: str) -> Figures:
    """Kill one of three and freeze another, the poller, for half a minute."""
    async with staged(database) as scene:
        replicas = [await scene.bot() for _ in range(3)]
        writing = asyncio.create_task(scene.write(1_000, per_second=PER_SECOND))
        await asyncio.sleep(8)
        os.kill(replicas[0].pid, signal.SIGSTOP)  # the first to stand polls
        since = time.monotonic()
        try:
            await asyncio.sleep(4)
            await replicas[1].kill()
            while not any("leadership.taken" in other.words for other in replicas[1:]):
                if time.monotonic() - since > TAKEN_WITHIN_S:
                    raise TimeoutError(f"the poller stood still for {TAKEN_WITHIN_S} s and no other took its place")
                await asyncio.sleep(0.1)
            taken = time.monotonic() - since
            await asyncio.sleep(FROZEN_S - taken)
        finally:
            os.kill(replicas[0].pid, signal.SIGCONT)
        await writing
        await scene.all_served(within_s=120)
        note = f"another polled after {taken:.0f} s"
        return measured(scene, f"3 replicas: 1 killed, 1 frozen {FROZEN_S:.0f} s", note=note)


async def _write_until(scene: Scene, ending: asyncio.Event, alive: asyncio.Event | None = None) -> None:
    """Write on and on; fewer while the bot is known to be away, or draining what they wrote would take longest."""
    due, number = time.monotonic(), 0
    while not ending.is_set():
        number += 1
        scene.ask(people=number % EVERY == 0)
        due += 1 / (PER_SECOND if alive is None or alive.is_set() else AWAY_PER_SECOND)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
