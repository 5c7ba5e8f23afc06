"""Rows on the screen: ours, theirs, the ratio, the published marks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.classifier import public
from benchmarks.classifier.engines import ours, theirs
from benchmarks.classifier.few import few
from benchmarks.classifier.floors import Floors
from benchmarks.classifier.held_out import held_out
from benchmarks.classifier.languages import languages
from benchmarks.classifier.measuring import Figures, measured
from benchmarks.classifier.strangers import compare, strangers
from benchmarks.classifier.urgent import urgent
from benchmarks.progress import doing
from benchmarks.shipped import ANSWER_AT, CLARIFY_AT

PHRASES: Final = (10, 20, None)
HEAD: Final = (
    f"{'set':<10} {'phrases':>7}  {'engine':<8} {'acc':>5} {'auroc':>6} {'ece':>5} {'train s':>8} {'p50 ms':>7}"
    f" {'p99 ms':>7} {'keeps MB':>9} {'peak MB':>8}"
)


def run(data: Path | None = None, *, quick: bool = False) -> None:
    """Print everything; without the public sets only our own messages. `quick` leaves out the full sets.

    Raises SystemExit where a figure is below what has been reached.
    """
    floors = Floors()
    local = held_out(ANSWER_AT, CLARIFY_AT, floors)
    languages(local, ANSWER_AT, floors)
    urgent(local, floors)
    folder = public.folder(data)
    try:
        compare(local, strangers(folder), ANSWER_AT, floors)
        few(folder, floors)
        _engines(public.public_sets(folder), quick=quick)
    except OSError as error:
        print(f"\nPublic sets skipped: {error}; name their folder as an argument or in {public.FOLDER}")
    floors.end()


def _engines(sets: Sequence[public.PublicSet], *, quick: bool) -> None:
    print(f"\n{HEAD}")
    for dataset in sets:
        for phrases in PHRASES[:-1] if quick else PHRASES:
            for line in _lines(dataset.first(phrases), phrases):
                print(line, flush=True)


def _lines(dataset: public.PublicSet, phrases: int | None) -> Iterator[str]:
    label = f"{dataset.name:<10} {phrases or 'all':>7}"
    doing(f"{label}, ours")
    mine = measured(ours, dataset)
    doing("")
    yield f"{label}  {'ours':<8} {_cells(mine)}"
    doing(f"{label}, sklearn")
    other = measured(theirs, dataset)
    doing("")
    yield f"{'':<18}  {'sklearn':<8} {_cells(other)}"
    yield f"{'':<18}  {'ratio':<8} {_ratios(mine, other)}"
    yield from (f"{'':<18}  published: {mark}" for mark in _marks(dataset.name, phrases or 0))


def _cells(of: Figures) -> str:
    auroc = "–" if of.auroc is None else f"{of.auroc:.3f}"
    return (
        f"{of.accuracy:>5.3f} {auroc:>6} {of.ece:>5.3f} {of.train_s:>8.2f} {of.p50_ms:>7.2f} {of.p99_ms:>7.2f}"
        f" {of.memory_mb:>9.0f} {of.peak_mb:>8.0f}"
    )


def _ratios(mine: Figures, other: Figures) -> str:
    return (
        f"{mine.accuracy - other.accuracy:>+5.3f} {'':>6} {'':>5} {mine.train_s / other.train_s:>8.2f}"
        f" {mine.p50_ms / other.p50_ms:>7.2f} {mine.p99_ms / other.p99_ms:>7.2f}"
        f" {mine.memory_mb / other.memory_mb:>9.2f} {mine.peak_mb / other.peak_mb:>8.2f}"
    )


def _marks(name: str, phrases: int) -> Iterator[str]:
    marks = tomllib.loads(Path(__file__).with_name("marks.toml").read_text("utf-8"))["mark"]
    return (mark["text"] for mark in marks if (mark["set"], mark["phrases"]) == (name, phrases))
