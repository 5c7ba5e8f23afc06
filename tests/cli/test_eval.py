import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.cli import call

LINES = (
    ("где моя реферальная ссылка", "ru", "REFERRAL"),
    ("where is my referral link", "en", "REFERRAL"),
    ("позовите оператора", "ru", "HUMAN_OPERATOR"),
    ("как приготовить борщ", "ru", "UNKNOWN"),
)


@pytest.fixture(autouse=True)
def folder(starter: Path) -> Path:
    lines = [json.dumps({"text": text, "lang": lang, "scenario": scenario}) for text, lang, scenario in LINES]
    (starter / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return starter


def test_json_has_the_figures_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["eval", "lines.jsonl", "--json"]) == 0
    out, err = capsys.readouterr()
    figures = json.loads(out)
    assert list(figures) == [
        "n",
        "accuracy",
        "macro_f1",
        "oos_auroc",
        "oos_recall_at_95_coverage",
        "ece",
        "auto_share",
        "auto_precision",
        "p50_ms",
        "p99_ms",
        "llm_calls",
        "by_scenario",
    ]
    assert figures["n"] == len(LINES)
    assert figures["accuracy"] == 1
    assert err == ""


def test_the_table_predictions_and_curve(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["eval", "lines.jsonl", "--predictions", "verdicts.jsonl", "--curve", "curve.svg"]) == 0
    assert "accuracy in scope" in capsys.readouterr().out
    verdicts = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [verdict["text"] for verdict in verdicts] == [text for text, _, _ in LINES]
    assert ET.parse(folder / "curve.svg").getroot().tag.endswith("svg")  # noqa: S314 - we have just written it


def test_scenarios_that_nobody_knows_are_mentioned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "lines.jsonl").write_text('{"text": "hi", "lang": "en", "scenario": "GRETING"}', encoding="utf-8")
    assert call(["eval", "lines.jsonl", "--json"]) == 0
    assert capsys.readouterr().err == "note: not among the scenarios: GRETING\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gone.jsonl"], "gone.jsonl: cannot be read: No such file or directory"),
        (["scenarios/thanks.toml"], "scenarios/thanks.toml:1: not JSON"),
        (["lines.jsonl", "--predictions", "gone/x.jsonl"], "gone/x.jsonl: cannot be written"),
    ],
)
def test_a_wrong_file_is_one_line_and_code_2(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["eval", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
