"""The figures of `eval`, by hand and beside scikit-learn; the file, the table and the curve."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.classify.verdict import UNKNOWN, Guess, Question, Spent, Verdict
from services.evaluation import (
    Example,
    ExampleError,
    Outcome,
    Report,
    curve_svg,
    evaluate,
    measures,
    prediction,
    read_examples,
    report,
    table,
)
from services.evaluation.texts import texts


def outcome(gold: str, named: str, score: float, *nearest: Guess, engine: str = "local", took: float = 1.0) -> Outcome:
    return Outcome(
        example=Example(text=f"{gold} as {named}", lang="en", scenario=gold),
        verdict=Verdict(
            scenario=named,
            confidence=score,
            reasoning="",
            engine=engine,
            version="v",
            nearest=nearest,
            spent=Spent(calls=int(engine == "llm"), cost_usd=0.01),
        ),
        latency_ms=took,
    )


def guess(scenario: str, confidence: float) -> Guess:
    return Guess(scenario=scenario, confidence=confidence)


ROWS = (
    outcome("A", "A", 0.95, took=1),
    outcome("A", "A", 0.9, took=2),
    outcome("A", "B", 0.6, took=3),
    outcome("B", "B", 0.85, took=4, engine="llm"),
    outcome("B", UNKNOWN, 0.3, guess("B", 0.3), guess("A", 0.1), took=5),
    outcome(UNKNOWN, UNKNOWN, 0.2, guess("A", 0.2), took=6),
    outcome(UNKNOWN, "A", 0.8, took=7),
    outcome(UNKNOWN, UNKNOWN, 0.99, took=8, engine="llm"),
)


@pytest.fixture
def figures() -> Report:
    return report(ROWS, answer_at=0.8, clarify_at=0.3)


def test_the_figures_by_hand(figures: Report) -> None:
    assert figures.n == 8
    assert figures.accuracy == pytest.approx(4 / 5)  # the unsure B counts by its best guess
    assert figures.auto_share == pytest.approx(4 / 8)
    assert figures.auto_precision == pytest.approx(3 / 4)
    assert figures.clarify_share == pytest.approx(2 / 8)
    assert figures.oos_auroc == pytest.approx((3 + 3 + 2 + 3 + 2) / 15)
    assert figures.oos_recall_at_95_coverage == pytest.approx(2 / 3)  # of .2, .8 and 0 below .3
    assert figures.ece == pytest.approx((0.05 + 0.1 + 0.6 + 0.15 + 0.7 + 0.2 + 0.8 - 2 * 0.15) / 8)
    assert figures.llm_calls == 2
    assert figures.cost_usd == pytest.approx(0.08)
    assert figures.p50_ms == pytest.approx(4.5)
    assert figures.p99_ms == pytest.approx(7.93)


def test_f1_is_that_of_scikit_learn(figures: Report) -> None:
    gold = [row.example.scenario for row in ROWS]
    named = [row.verdict.scenario for row in ROWS]
    from sklearn import metrics  # takes a second, and every worker reads this file

    assert figures.macro_f1 == pytest.approx(metrics.f1_score(gold, named, average="macro"))
    assert figures.by_scenario["B"].f1 == pytest.approx(0.5)
    assert figures.by_scenario["B"].precision == pytest.approx(0.5)
    assert figures.by_scenario["A"].recall == pytest.approx(2 / 3)
    assert figures.by_scenario["A"].auto_share == pytest.approx(2 / 3)


def test_confusions_come_most_frequent_first() -> None:
    found = report((*ROWS, outcome("A", "B", 0.5)), answer_at=0.8, clarify_at=0.3).confusions
    assert [(of.gold, of.named, of.count) for of in found] == [("A", "B", 2), ("B", UNKNOWN, 1), (UNKNOWN, "A", 1)]


def test_without_out_of_scope_lines_there_is_no_auroc() -> None:
    figures = report(ROWS[:3], answer_at=0.99, clarify_at=0.3)
    assert (figures.oos_auroc, figures.oos_recall_at_95_coverage, figures.auto_precision) == (None, None, None)
    assert figures.public()["auto_precision"] is None


def test_nothing_to_evaluate() -> None:
    figures = report((), answer_at=0.8, clarify_at=0.3)
    assert (figures.n, figures.accuracy, figures.curve) == (0, None, ())
    assert table(figures)
    ET.fromstring(curve_svg(figures))  # noqa: S314 - our own file


def test_the_public_object_is_the_contract(figures: Report) -> None:
    shown = json.loads(json.dumps(figures.public()))
    assert list(shown) == [
        "n", "accuracy", "macro_f1", "oos_auroc", "oos_recall_at_95_coverage", "ece", "auto_share", "auto_precision",
        "p50_ms", "p99_ms", "llm_calls", "by_scenario",
    ]  # fmt: skip
    assert shown["by_scenario"]["B"] == {"n": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5, "auto_share": 0.5}


scores = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=30)


@settings(deadline=None)  # the first example imports scikit-learn
@given(scores, scores)
def test_auroc_is_that_of_scikit_learn(positive: list[float], negative: list[float]) -> None:
    from sklearn import metrics

    labels = [1] * len(positive) + [0] * len(negative)
    theirs = metrics.roc_auc_score(labels, positive + negative)
    assert measures.auroc(np.array(positive), np.array(negative)) == pytest.approx(theirs)


@given(scores)
def test_calibration_error_by_definition(confidences: list[float]) -> None:
    values = np.array(confidences)
    right = np.random.default_rng(len(confidences)).random(len(values)) < 0.5
    bins = np.minimum((values * 10).astype(int), 9)
    expected = sum(
        (bins == place).mean() * abs(values[bins == place].mean() - right[bins == place].mean())
        for place in np.unique(bins)
    )
    assert measures.calibration_error(values, right) == pytest.approx(expected)


def test_the_curve_has_a_point_for_every_threshold() -> None:
    points = measures.coverage_precision(np.array([0.9, 0.9, 0.5, 0.1]), np.array([True, False, True, True]))
    assert points == [(0.9, 0.5, 0.5), (0.5, 0.75, pytest.approx(2 / 3)), (0.1, 1.0, 0.75)]


class Parrot:
    """Names whatever it hears, surely."""

    async def classify(self, question: Question) -> Verdict:
        return Verdict(scenario=question.text, confidence=0.9, reasoning="", engine="local", version="v")


@pytest.mark.parametrize("at_once", [1, 3])
async def test_every_line_is_asked_in_order_and_progress_is_heard(at_once: int) -> None:
    examples = [Example(text=key, lang="en", scenario="A") for key in ("A", "B", "A")]
    heard: list[tuple[int, int]] = []
    found = await evaluate(
        examples, Parrot(), progress=lambda done, total: heard.append((done, total)), at_once=at_once
    )
    assert [row.verdict.scenario for row in found] == ["A", "B", "A"]
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert [prediction(row)["right"] for row in found] == [True, False, True]


def test_examples_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('\ufeff{"text": "где?", "lang": "ru", "scenario": "A", "more": 1}\n\n', "utf-8")
    assert read_examples(path) == (Example(text="где?", lang="ru", scenario="A"),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not an object"),
        (b'{"text": "a", "lang": "ru"}', '"scenario" is missing'),
        (b'{"text": 5, "lang": "ru", "scenario": "A"}', '"text" is 5, not a text'),
        (b'{"text": "a", "lang": "", "scenario": "A"}', "\"lang\" is '', not a text"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"text": "a", "lang": "ru", "scenario": "A"}\n' + line)
    with pytest.raises(ExampleError, match=re.escape(f"{path}:2: {said}")):
        read_examples(path)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text("\n")
    with pytest.raises(ExampleError, match="no examples"):
        read_examples(tmp_path / "lines.jsonl")


@pytest.mark.parametrize("language", ["ru", "en", "de"])
def test_the_table_shows_figures_and_confusions(figures: Report, language: str) -> None:
    shown = table(figures, language)
    assert "0.800" in shown
    assert "A → B" in shown


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_curve_is_a_picture(figures: Report, language: str) -> None:
    picture = ET.fromstring(curve_svg(figures, language))  # noqa: S314 - our own file
    kinds = [element.tag.rpartition("}")[2] for element in picture.iter()]
    assert {"polyline", "circle", "text"} <= set(kinds)


def test_the_texts_mirror_each_other() -> None:
    ru, en = texts()["ru"], texts()["en"]
    assert ru.keys() == en.keys()
    for key, text in ru.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", en[key]))
