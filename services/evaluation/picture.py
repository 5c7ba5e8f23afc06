"""Which scenario is taken for which, drawn for a terminal: the darker a cell, the larger its share of the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from services.classify.verdict import UNKNOWN
from services.evaluation.outcomes import Outcome

SHADES: Final = " ·░▒▓█"
WIDEST: Final = 18


def picture(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines: a row a scenario, a column for what its phrases were taken for, in the same order."""
    pairs = Counter((one.example.scenario, one.verdict.scenario) for one in outcomes)
    names = sorted({name for pair in pairs for name in pair}, key=lambda name: (name == UNKNOWN, name))
    width = min(max(map(len, names), default=0), WIDEST)
    yield f"{'':<{width + 3}} " + " ".join(f"{number:>2}" for number in range(1, len(names) + 1))
    for number, gold in enumerate(names, start=1):
        total = sum(count for (one, _), count in pairs.items() if one == gold)
        cells = " ".join(_shade(pairs[gold, named], total) for named in names)
        yield f"{number:>2} {gold[:width]:<{width}} {cells}"


def _shade(count: int, total: int) -> str:
    """Return two characters; what is there at all is never blank."""
    if not count:
        return "  "
    return SHADES[max(1, min(round(count / total * (len(SHADES) - 1)), len(SHADES) - 1))] * 2
