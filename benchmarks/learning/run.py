"""Rows on the screen: how much the bot answers by itself after so many messages, and how often that is right."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.classifier import public
from benchmarks.classifier.floors import Floors
from benchmarks.learning.beside import beside
from benchmarks.learning.ladder import Ladder
from benchmarks.learning.stream import Shop, Step, begun
from benchmarks.shipped import CONFIGURED
from services.classify.local import Encoder
from storage.closed_sets import AnswerMode

BUSINESSES: Final = ("powerplay11", "sofmattress", "curekart")
AFTER: Final = (0, 50, 200, 1000)
BEGINNINGS: Final = (0, 8)
ORDERS: Final = 2
"""In so many orders the messages come, each with phrases of its own to begin with; all are counted together."""
STARTS: Final[tuple[AnswerMode, ...]] = ("auto", "suggest")
FLOORS: Final = Path(__file__).with_name("floors.toml")
SLOWEST_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    business: str
    each: int
    """Phrases an intent that the pack begins with."""
    start: AnswerMode

    @property
    def name(self) -> str:
        return f"{self.business}, {self.each or 'no'} phrases, {self.start}"


def run(data: Path | None = None, businesses: Sequence[str] = BUSINESSES) -> None:
    """Print the figures, and raise SystemExit where one is below what has been reached."""
    folder, floors = public.folder(data), Floors(tomllib.loads(FLOORS.read_text("utf-8")))
    encoder = Encoder()
    took: list[float] = []
    print("share answered by the bot itself, and how much of it is right, from message … up to the next column's")
    print(f"{'business':<12} {'phrases':>7} {'start':<8}" + "".join(f"{f'after {count}':>16}" for count in AFTER))
    try:
        for business in businesses:
            for each, start in product(BEGINNINGS, STARTS):
                took += _row(folder, Row(business=business, each=each, start=start), encoder, floors)
        beside(folder, floors)
    except OSError as error:
        print(f"skipped: {error}; name the folder of the public sets as an argument or in {public.FOLDER}")
        return
    slow = float(np.percentile(took, 95))
    print(
        f"\ntrainings: {len(took)}, CPU: median {np.median(took):.2f} s, p95 {slow:.2f} s (at most {SLOWEST_S:.0f} s)"
    )
    floors.hold("trainings", in_time=float(slow <= SLOWEST_S))
    floors.end()


def _row(folder: Path, row: Row, encoder: Encoder, floors: Floors) -> list[float]:
    """Print a row and return how long its trainings took."""
    streams, took = [], []
    for order in range(ORDERS):
        steps, trainings = _stream(folder, row, encoder, order)
        streams.append(steps)
        took += trainings
    cells: list[str] = []
    found: dict[str, float] = {}
    for begins, ends in zip(AFTER, (*AFTER[1:], None), strict=True):
        share, right = _figures([step for steps in streams for step in steps[begins:ends]])
        cells.append(f"{'–':>8} {'–':>7}" if share is None else f"{share:>8.3f} {_cell(right):>7}")
        if share is not None:
            found |= {f"share_{begins}": share, f"right_{begins}": float("nan") if right is None else right}
    floors.hold(row.name, **found)
    print(f"{row.business:<12} {row.each or '–':>7} {row.start:<8}" + "".join(cells), flush=True)
    return took


def _stream(folder: Path, row: Row, encoder: Encoder, order: int) -> tuple[list[Step], list[float]]:
    pack, lines = begun(folder, row.business, row.each, order)
    with tempfile.TemporaryDirectory() as beside:
        shop = Shop(
            pack=pack,
            ladder=Ladder(start=row.start),
            configured=CONFIGURED,
            encoder=encoder,
            path=Path(beside) / "m.npz",
        )
        return [shop.hears(text, intent) for text, intent in lines], shop.trainings_s


def _figures(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    if not steps:
        return None, None
    answered = [step.right for step in steps if step.answered]
    return len(answered) / len(steps), (sum(answered) / len(answered) if answered else None)


def _cell(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"
