"""The chart of a span as a picture: drawn by matplotlib in a process of its own, which takes its memory with it.

It has a background of its own, so that it reads the same in Telegram's light and dark theme, and letters for a phone.
"""

from __future__ import annotations

import asyncio
import io
import json
import multiprocessing
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, Final

import structlog

from services.delivery.messenger import File

log = structlog.get_logger()
DRAWS_S: Final = 60.0
INCHES: Final = (7.2, 6.0)
DOTS: Final = 150
PAPER: Final = "#F4F6FA"
INK: Final = "#1F2733"
FAINT: Final = "#D5DBE5"
BOT: Final = "#3478F6"
PEOPLE: Final = "#F2994A"
LABELS_MOST: Final = 8
NUMBERS_MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn: two sorts of bars, one upon the other, by day."""

    title: str
    days: tuple[str, ...]
    answers: tuple[int, ...]
    tickets: tuple[int, ...]
    answers_label: str
    """Empty: nothing is told of answers."""
    tickets_label: str

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Chart:
        told: dict[str, Any] = json.loads(text)
        values: dict[str, Any] = {name: _frozen(value) for name, value in told.items()}
        return cls(**values)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


async def drawn(about: str) -> File | None:
    """Return the picture; None where it cannot be drawn: the figures say it all without it."""
    apart = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        async with asyncio.timeout(DRAWS_S):
            content = await asyncio.get_running_loop().run_in_executor(apart, draw, Chart.from_text(about))
    except (OSError, BrokenExecutor, TimeoutError) as error:
        log.warning("chart.not_drawn", error=type(error).__name__)
        return None
    finally:
        apart.shutdown(wait=False, cancel_futures=True)
    return File(name="chart.png", content=content, is_picture=True)


def draw(chart: Chart) -> bytes:
    """Return a PNG. matplotlib is imported here: nobody else needs its 60 MB."""
    from matplotlib.figure import Figure  # in the process that draws
    from matplotlib.ticker import MaxNLocator  # likewise

    figure = Figure(figsize=INCHES, dpi=DOTS, facecolor=PAPER, layout="constrained")
    figure.set_layout_engine("constrained", w_pad=0.2, h_pad=0.2)
    axes = figure.subplots()
    axes.set_facecolor(PAPER)
    places = range(len(chart.days))
    if chart.answers_label:
        axes.bar(places, chart.answers, width=0.72, color=BOT, label=chart.answers_label, zorder=2)
    axes.bar(places, chart.tickets, width=0.72, bottom=chart.answers, color=PEOPLE, label=chart.tickets_label, zorder=2)
    for place, day in enumerate(zip(chart.answers, chart.tickets, strict=True)):
        if sum(day) and len(chart.days) <= NUMBERS_MOST:
            axes.annotate(
                str(sum(day)),
                (place, sum(day)),
                (0, 5),
                textcoords="offset points",
                ha="center",
                fontsize=14,
                color=INK,
            )
    step = -(-len(chart.days) // LABELS_MOST)
    axes.set_xticks(list(places)[::step], chart.days[::step])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.set_ylim(0, max(1, *(sum(day) for day in zip(chart.answers, chart.tickets, strict=True))) * 1.12)
    axes.grid(axis="y", color=FAINT, linewidth=1.2, zorder=0)
    axes.tick_params(colors=INK, labelsize=15, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title(chart.title, color=INK, fontsize=19, fontweight="bold", loc="left", pad=14)
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=16, labelcolor=INK)
    paper = io.BytesIO()
    figure.savefig(paper, format="png", facecolor=PAPER)
    return paper.getvalue()
