"""All figures of one run. A row's `guess`, `score` and `right` are defined in `outcomes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from services.classify.verdict import UNKNOWN
from services.evaluation import measures
from services.evaluation.outcomes import Outcome

PUBLIC: Final = (
    "n", "accuracy", "macro_f1", "oos_auroc", "oos_recall_at_95_coverage", "ece", "auto_share", "auto_precision",
    "p50_ms", "p99_ms", "llm_calls", "by_scenario",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """So many lines of one scenario were taken for another."""

    gold: str
    named: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFigures:
    n: int
    precision: float | None
    """Share of the verdicts naming it that are right; None when none names it."""
    recall: float | None
    f1: float
    auto_share: float | None
    """Share of its lines that are answered automatically, rightly or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Figures are None where the file has no line to tell them from."""

    n: int
    accuracy: float | None
    """Share of the in-scope lines whose best in-scope guess is right, however unsure."""
    macro_f1: float
    """Mean F1 of the verdicts' scenarios over the scenarios in the file, `UNKNOWN` among them, thresholds aside."""
    oos_auroc: float | None
    """Chance that an in-scope line scores above an out-of-scope one."""
    oos_recall_at_95_coverage: float | None
    """Share of out-of-scope lines below the score that 95 % of the in-scope lines reach."""
    ece: float | None
    """Of all lines, ten equal bins: the score against "the guess is right and in scope"."""
    auto_share: float | None
    """Of all lines, those with a named scenario and a score of `answer_at` or more, so nobody is asked. Scenarios that
    go to people count too: routing them is the answer."""
    auto_precision: float | None
    """Share of these that are right; an out-of-scope line among them counts as wrong."""
    clarify_share: float | None
    """Share of all lines that are between the thresholds: "did you mean"."""
    p50_ms: float
    p99_ms: float
    llm_calls: int
    """Questions that were sent to a language model, also those it failed on."""
    cost_usd: float
    by_scenario: Mapping[str, ScenarioFigures]
    confusions: tuple[Confusion, ...]
    """Most frequent first; `UNKNOWN` as the verdicts say it."""
    curve: tuple[tuple[float, float, float], ...]
    """(threshold, share answered, share of those right)."""
    answer_at: float
    clarify_at: float

    def public(self) -> dict[str, Any]:
        """Return what `eval --json` prints, rounded to four places."""
        fields = asdict(self)
        return {key: _rounded(fields[key]) for key in PUBLIC}


def report(outcomes: Sequence[Outcome], *, answer_at: float, clarify_at: float) -> Report:
    scores = np.array([outcome.score for outcome in outcomes], float)
    right = np.array([outcome.right for outcome in outcomes], bool)
    inside = np.array([outcome.in_scope for outcome in outcomes], bool)
    named = np.array([outcome.verdict.scenario != UNKNOWN for outcome in outcomes], bool)
    auto = named & (scores >= answer_at)
    times = [outcome.latency_ms for outcome in outcomes] or [0.0]
    figures = _by_scenario(outcomes, auto)
    return Report(
        n=len(outcomes),
        accuracy=measures.share(right[inside]),
        macro_f1=float(np.mean([of.f1 for of in figures.values()] or [0.0])),
        oos_auroc=measures.auroc(scores[inside], scores[~inside]),
        oos_recall_at_95_coverage=measures.recall_at_coverage(scores[inside], scores[~inside]),
        ece=measures.calibration_error(scores, right),
        auto_share=measures.share(auto),
        auto_precision=measures.share(right[auto]),
        clarify_share=measures.share(~auto & (scores >= clarify_at)),
        p50_ms=float(np.quantile(times, 0.5)),
        p99_ms=float(np.quantile(times, 0.99)),
        llm_calls=sum(outcome.verdict.spent.calls for outcome in outcomes),
        cost_usd=sum(outcome.verdict.spent.cost_usd for outcome in outcomes),
        by_scenario=figures,
        confusions=_confusions(outcomes),
        curve=tuple(measures.coverage_precision(scores, right)),
        answer_at=answer_at,
        clarify_at=clarify_at,
    )


def _by_scenario(outcomes: Sequence[Outcome], auto: measures.Flags) -> dict[str, ScenarioFigures]:
    gold = [outcome.example.scenario for outcome in outcomes]
    named = [outcome.verdict.scenario for outcome in outcomes]
    truth, verdicts = np.array(gold, object), np.array(named, object)
    return {
        scenario: ScenarioFigures(
            n=gold.count(scenario),
            precision=measures.share(truth[verdicts == scenario] == scenario),
            recall=measures.share(verdicts[truth == scenario] == scenario),
            f1=measures.f1(gold, named, scenario),
            auto_share=measures.share(auto[truth == scenario]),
        )
        for scenario in sorted(set(gold))
    }


def _confusions(outcomes: Sequence[Outcome]) -> tuple[Confusion, ...]:
    wrong = [outcome for outcome in outcomes if outcome.verdict.scenario != outcome.example.scenario]
    pairs = Counter((outcome.example.scenario, outcome.verdict.scenario) for outcome in wrong)
    first = {(outcome.example.scenario, outcome.verdict.scenario): outcome.example.text for outcome in reversed(wrong)}
    return tuple(
        Confusion(gold=gold, named=named, count=count, example=first[gold, named])
        for (gold, named), count in pairs.most_common()
    )


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, 4)
        case dict():
            return {key: _rounded(inner) for key, inner in value.items()}
        case _:
            return value
