"""Telegram breaks: it refuses, fails, lies, hangs, and counts twenty messages a minute in a group."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from benchmarks.faults.figures import Figures, measured
from benchmarks.faults.scene import Scene, staged
from playground.faults import Fault, Kind

SEED: Final = 20_262
ALWAYS: Final = 10**9
CROWD: Final = 120
OUTAGE_S: Final = 30.0
BROKEN: Final = (Kind.HTTP_500_HTML, Kind.HTTP_502_HTML, Kind.EMPTY_504, Kind.BARE_500)


async def _outage(database: str, name: str, faults: list[Fault], *, planned_429: bool = False) -> Figures:
    """Let the faults strike for 30 seconds while 120 customers write, and wait until all is well again."""
    async with staged(database) as scene:
        await scene.bot()
        for fault in faults:
            scene.playground.faults.add(fault)
        writing = asyncio.create_task(scene.write(CROWD, per_second=CROWD / (OUTAGE_S * 0.8)))
        await asyncio.sleep(OUTAGE_S)
        scene.playground.faults.clear()
        await writing
        await scene.all_served(within_s=180)
        await _settled(scene)
        planned = sum(fault.struck for fault in faults) if planned_429 else 0
        note = f"{_alerts(scene)} notices of trouble in the group"
        return measured(scene, name, note=note, planned_429=planned)


async def storm_429(database: str) -> Figures:
    """Refuse a fifth of the sends for a second each."""
    fault = Fault(method="sendMessage", kind=Kind.TOO_MANY_REQUESTS, times=ALWAYS, when=_one_in(5))
    return await _outage(database, "429 on 20 % of sends", [fault], planned_429=True)


async def storm_5xx(database: str) -> Figures:
    """Fail a quarter of all calls with four kinds of 5xx, before they have an effect."""
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again

    def strikes(kind: Kind, _params: Mapping[str, Any]) -> bool:
        return chance.random() < 0.0625 * 1.1 and kind in BROKEN

    faults = [Fault(method="*", kind=kind, times=ALWAYS, when=partial(strikes, kind)) for kind in BROKEN]
    return await _outage(database, "5xx on 25 % of calls", faults)


async def sends_down(database: str) -> Figures:
    """Fail every send for 30 seconds while getMe answers."""
    faults = [Fault(method=name, kind=Kind.HTTP_502_HTML, times=ALWAYS) for name in ("sendMessage", "copyMessage")]
    return await _outage(database, "sends fail 30 s, getMe answers", faults)


async def accepted_but_500(database: str) -> Figures:
    """Carry every send out and answer 500 for 30 seconds."""
    fault = Fault(method="sendMessage", kind=Kind.HTTP_500_HTML, times=ALWAYS, after_effect=True)
    return await _outage(database, "accepted but 500 for 30 s", [fault])


async def reset_after_accept(database: str) -> Figures:
    """Carry a fifth of the sends out and break the connection."""
    fault = Fault(method="sendMessage", kind=Kind.RESET, times=ALWAYS, after_effect=True, when=_one_in(5))
    return await _outage(database, "accepted, then reset, 20 %", [fault])


async def forty_hang(database: str) -> Figures:
    """Let 40 chats hang for 30 seconds each, and measure everybody else."""
    async with staged(database) as scene:
        await scene.bot()
        hanging = {scene.ask().id for _ in range(40)}
        scene.playground.faults.add(
            Fault(method="sendMessage", kind=Kind.HANG, times=ALWAYS, seconds=30, chat_id=lambda chat: chat in hanging)
        )
        await scene.write(200, per_second=10)
        await scene.all_served(within_s=120)
        told = {number: at for number, at in scene.asked.items() if number not in hanging}
        whole = measured(scene, "")
        scene.asked = told
        return measured(scene, "40 chats hang", note=f"of the others; with the 40: {whole.lost} lost")


def _one_in(many: int) -> Any:
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    return lambda _params: chance.random() < 1 / many


async def _settled(scene: Scene) -> None:
    """Wait until nothing has been sent for a while, a minute at most: what comes late must be counted too."""
    for _ in range(6):
        before = len(scene.playground.calls.of("sendMessage"))
        await asyncio.sleep(10)
        if len(scene.playground.calls.of("sendMessage")) == before:
            return


def _alerts(scene: Scene) -> int:
    return sum(message.text.startswith("⚠️") for message in scene.group.from_bot)
