"""What has been reached and must not be lost: a change to the pack or the engine that falls below fails the benchmark.

`floors.toml` names a benchmark's row and its figures: the least that is let pass, or the most of a calibration error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LESS_IS_BETTER: Final = frozenset(("ece", "asked", "raised"))
FILE: Final = Path(__file__).with_name("floors.toml")


class Floors:
    """Collects what fell below."""

    def __init__(self, known: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self._known = tomllib.loads(FILE.read_text("utf-8")) if known is None else known
        self.missed: list[str] = []

    def hold(self, row: str, **figures: float) -> None:
        """Compare the figures of a row with its floors; a figure that nobody has named is let pass."""
        for name, floor in self._known.get(row, {}).items():
            found = figures[name]
            if not (found <= floor if name in LESS_IS_BETTER else found >= floor):  # not a number is no pass
                self.missed.append(f"{row}: {name} {found:.3f}, was {floor:.3f}")

    def end(self) -> None:
        """Raise SystemExit with what fell below, if anything did."""
        if self.missed:
            raise SystemExit("\n".join(("\nBelow what has been reached:", *self.missed)))
