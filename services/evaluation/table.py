"""A report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from services.evaluation.report import Confusion, Report, ScenarioFigures
from services.evaluation.texts import words

COUNTS: Final = ("n", "llm_calls")
SHARES: Final = (
    "accuracy", "macro_f1", "oos_auroc", "oos_recall_at_95_coverage", "ece",
    "auto_share", "auto_precision", "clarify_share",
)  # fmt: skip
NUMBERS: Final = ("p50_ms", "p99_ms", "cost_usd")
COLUMNS: Final = ("n", "precision", "recall", "f1", "auto")
CONFUSIONS: Final = 12
QUOTED: Final = 60


def table(report: Report, language: str = "en") -> str:
    said = words(language)
    return "\n".join([*_figures(report, said), "", *_scenarios(report, said), *_confusions(report, said)])


def _figures(report: Report, said: Mapping[str, str]) -> Iterator[str]:
    width = max(len(said[key]) for key in (*COUNTS, *SHARES, *NUMBERS))
    for key in ("n", *SHARES, *NUMBERS, "llm_calls"):
        value = getattr(report, key)
        shown = _share(value) if key in SHARES else f"{value:.2f}" if key in NUMBERS else str(value)
        yield f"{said[key]:<{width}}  {shown:>7}"


def _scenarios(report: Report, said: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, [said["scenario"], *report.by_scenario]))
    yield f"{said['scenario']:<{width}}" + "".join(f"  {said[column]:>7}" for column in COLUMNS)
    for scenario, figures in report.by_scenario.items():
        yield f"{scenario:<{width}}" + "".join(f"  {cell:>7}" for cell in _cells(figures))


def _cells(figures: ScenarioFigures) -> tuple[str, ...]:
    shares = (figures.precision, figures.recall, figures.f1, figures.auto_share)
    return (str(figures.n), *map(_share, shares))


def _confusions(report: Report, said: Mapping[str, str]) -> Iterator[str]:
    if report.confusions:
        yield f"\n{said['confusions']}"
    for confusion in report.confusions[:CONFUSIONS]:
        yield "  " + _confusion(confusion, said)


def _confusion(confusion: Confusion, said: Mapping[str, str]) -> str:
    line = " ".join(confusion.example.split())
    example = line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"
    return said["confusion"].format(count=confusion.count, gold=confusion.gold, named=confusion.named, example=example)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
