"""What the calls of a scenario say: who was served, how often anything arrived twice, how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from benchmarks.faults.scene import Scene
from playground.calls import Call
from tests.durability.crowd import SENDS, marks_of_call

HEADS: Final = ("asked", "served", "lost", "repeated", "copies", "429", "p50 s", "p95 s", "slowest s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one scenario on one database."""

    scenario: str
    asked: int
    lost: int
    """Customers without an answer, or who asked for people that never read them."""
    repeated: int
    """Sends carried out beyond the first of the same thing."""
    copies: int
    """The most of any one thing."""
    refused: int
    """Calls that the server answered with 429, beyond those that a scenario plans."""
    p50_s: float
    p95_s: float
    slowest_s: float
    note: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        seconds = (f"{value:.2f}" for value in (self.p50_s, self.p95_s, self.slowest_s))
        counts = (self.asked, self.asked - self.lost, self.lost, self.repeated, self.copies, self.refused)
        return (*map(str, counts), *seconds)


def measured(scene: Scene, scenario: str, *, note: str = "", planned_429: int = 0) -> Figures:
    """Count what has happened until now."""
    times = times_sent(scene.playground.calls)
    waits = sorted(_waits(scene))
    return Figures(
        scenario=scenario,
        asked=len(scene.asked),
        lost=len(scene.unserved()),
        repeated=sum(times) - len(times),
        copies=max(times, default=0),
        refused=sum(call.status == 429 for call in scene.playground.calls) - planned_429,
        p50_s=share(waits, 0.5),
        p95_s=share(waits, 0.95),
        slowest_s=waits[-1] if waits else 0.0,
        note=note,
    )


def times_sent(calls: Iterable[Call]) -> list[int]:
    """Return how often each thing was sent that was sent at all."""
    return list(Counter(mark for call in calls if _arrived(call) for mark in _marks(call)).values())


def _arrived(call: Call) -> bool:
    return call.method in SENDS and call.carried_out


def _marks(call: Call) -> list[Hashable]:
    return [(call.chat_id, mark) for mark in marks_of_call(call)]


def _waits(scene: Scene) -> list[float]:
    """Return the seconds from each customer's message to the first answer that arrived."""
    first: dict[int, float] = {}
    for call in scene.playground.calls:
        if _arrived(call) and call.chat_id in scene.asked:
            first.setdefault(call.chat_id, call.at)
    return [at - scene.asked[customer] for customer, at in first.items()]


def share(ordered: list[float], part: float) -> float:
    """Return the value that so large a part stays below."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
