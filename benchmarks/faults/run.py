"""The table: one row a scenario and database; the exit code says whether a message was lost."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any, Final

from benchmarks.databases import NAMES
from benchmarks.faults import clock, crowds, databases, door, inputs, model, processes, telegram
from benchmarks.faults.figures import HEADS, Figures
from benchmarks.progress import doing

Scenario = Callable[[str], Coroutine[Any, Any, Figures]]
SQLITE: Final = ("SQLite",)
POSTGRESQL: Final = ("PostgreSQL",)
SCENARIOS: Final[dict[str, tuple[Scenario, tuple[str, ...]]]] = {
    "kill": (processes.killed, NAMES),
    "term": (processes.told_to_stop, NAMES),
    "replicas": (processes.three_replicas, POSTGRESQL),
    "429": (telegram.storm_429, SQLITE),
    "5xx": (telegram.storm_5xx, NAMES),
    "sends": (telegram.sends_down, SQLITE),
    "accepted": (telegram.accepted_but_500, NAMES),
    "reset": (telegram.reset_after_accept, SQLITE),
    "hang": (telegram.forty_hang, SQLITE),
    "poison": (inputs.poison, NAMES),
    "replays": (inputs.replays, NAMES),
    "ids": (inputs.used_numbers, SQLITE),
    "full": (databases.disk_full, SQLITE),
    "lock": (databases.locked, SQLITE),
    "lost": (databases.file_lost, SQLITE),
    "restart": (databases.restarted, POSTGRESQL),
    "clock": (clock.set_about, NAMES),
    "slow": (door.slow_bytes, SQLITE),
    "group": (crowds.plain_group, SQLITE),
    "forum": (crowds.forum, SQLITE),
    "model": (model.chaos, SQLITE),
}
KILLS: Final = 20


def main() -> None:
    """Run the scenarios that are named, or all."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks faults", description="Break things while customers write, and count."
    )
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"which ones: {', '.join(SCENARIOS)}; none: all")
    parser.add_argument("--kills", type=int, default=KILLS, help="how often the process is killed on each database")
    parser.add_argument("--on", choices=NAMES, help="only on this database")
    told = parser.parse_args()
    unknown = [name for name in told.name if name not in SCENARIOS]
    if unknown:
        parser.error(f"there is no scenario {unknown[0]!r}; there are {', '.join(SCENARIOS)}")
    if told.on and not any(told.on in SCENARIOS[name][1] for name in told.name or SCENARIOS):
        parser.error(f"none of these runs on {told.on}")
    kill = {"kill": (partial(processes.killed, kills=told.kills), NAMES)}
    sys.exit(_run(told.name or list(SCENARIOS), SCENARIOS | kill, (told.on,) if told.on else NAMES))


def _run(names: list[str], known: Mapping[str, tuple[Scenario, tuple[str, ...]]], where: Sequence[str]) -> int:
    print("faults: customers who write while things break; `copies` is the most that anybody got of one thing")
    print(f"\n  {'scenario':<36} {'database':<11}" + "".join(f"{head:>10}" for head in HEADS))
    lost = 0
    for name in names:
        scenario, on = known[name]
        for database in (one for one in on if one in where):
            doing(f"faults: {name} on {database} …")
            figures = asyncio.run(scenario(database))
            doing("")
            cells = "".join(f"{cell:>10}" for cell in figures.cells)
            print(f"  {figures.scenario:<36} {database:<11}{cells}", flush=True)
            if figures.note:
                print(f"  {'':<36} {figures.note}", flush=True)
            lost += figures.lost
    print(f"\n  {lost} lost" if lost else "\n  nothing lost")
    return int(lost > 0)
