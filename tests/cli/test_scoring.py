"""`scenarios score` and what `scenarios check` says a pack lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import call
from bot.cli.scoring import mixed_lines_within
from services.evaluation.gaps import gaps
from services.evaluation.picture import picture
from services.evaluation.unseen import cross_validated, mixed_up
from services.scenarios.packs import write_pack
from storage.records import BackgroundLine, Pack, Template
from tests.classify.packs import pack

pytestmark = pytest.mark.long


def _whole() -> Pack:
    """Return a small pack whose scenarios all have a text in Russian."""
    text = (Template(language="ru", text="Так."),)
    scenarios = tuple(
        replace(one, title={"ru": one.key, "en": one.key}, templates=() if one.answers else text)
        for one in pack().scenarios
    )
    return replace(pack(), scenarios=scenarios)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_pack(_whole(), tmp_path / "mine")
    return tmp_path / "mine"


def test_a_score_has_figures_and_a_picture(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "score", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "scenario right" in out
    assert "by words and meaning" in out
    assert "calibration error" in out
    assert " 1 " in out
    assert "DELIVERY" in out
    assert "time was up" not in out


def test_a_score_counts_what_of_an_owners_questions_is_covered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = folder.parent / "mine.txt"
    known = next(line for one in _whole().scenarios for lines in one.phrases.values() for line in lines)
    questions.write_text(f"{known}\n\nqwertz uiop\n", "utf-8")
    asked = ["scenarios", "score", str(folder), "--seconds", "0", "--questions", str(questions)]
    assert call(asked) == 0
    out = capsys.readouterr().out
    assert "of the questions in mine.txt (2) the bot would" in out
    assert "answer by itself         50 %" in out
    questions.write_text("\n")
    assert call(asked) == 2


def test_a_score_keeps_to_its_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "score", str(folder), "--seconds", "0"]) == 0
    assert "(1 of 5 parts: the time was up)" in capsys.readouterr().out


def test_check_tells_what_is_lacking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["scenarios", "check", str(folder), "--quick"]) == 0
    out = capsys.readouterr().out
    assert "lacks: REFUND: 6 phrases in ru, too few for automatic answers" in out
    assert "no template in en" in out


def test_check_tells_how_many_texts_need_facts_of_the_business(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next(file for file in folder.glob("*.toml") if "Так." in file.read_text("utf-8"))
    (folder / "facts.toml").write_text(
        '[[facts]]\nkey = "delivery.cost"\ntype = "text"\nquestion = { ru = "Сколько стоит?", en = "How much?" }\n'
        'example = { ru = "300", en = "300" }\n',
        "utf-8",
    )
    file.write_text(file.read_text("utf-8").replace("Так.", "Так: {{ facts.delivery.cost }}."), "utf-8")
    assert call(["scenarios", "check", str(folder), "--quick"]) == 0
    assert "facts: 1 text waits for what only you can tell" in capsys.readouterr().out


def test_a_phrase_that_is_background_too_is_named() -> None:
    contrary = replace(_whole(), background=(BackgroundLine(language="ru", text="Верните деньги!"),))
    assert "background: “Верните деньги!” is a phrase of REFUND too; keep it in one of them" in list(gaps(contrary))


def test_what_is_mixed_up_is_named_with_its_phrases() -> None:
    refund, *others = _whole().scenarios
    twin = replace(refund, key="TWIN", examples={code: texts[::-1] for code, texts in refund.examples.items()})
    trial = cross_validated(replace(_whole(), scenarios=(refund, twin, *others)), seconds=600)
    worst = mixed_up(trial.tried)[0]
    assert {worst.gold, worst.named} == {"REFUND", "TWIN"}
    assert len(worst.phrases) == worst.count >= 3


def test_the_picture_is_dark_where_all_of_a_row_goes() -> None:
    tried = [one.outcome for one in cross_validated(_whole(), seconds=600).tried]
    head, *rows = picture(tried)
    assert len(rows) == len(head.split())
    right = [replace(one, verdict=replace(one.verdict, scenario=one.example.scenario)) for one in tried]
    _, *rows = picture(right)
    assert [row.count("██") for row in rows] == [1] * len(rows)


def _twins() -> Pack:
    """Return a pack with two scenarios whose phrases nobody could tell apart."""
    refund = _whole().scenarios[0]
    many = {
        code: tuple(f"{text} {word}" for text in texts for word in ("1", "ok", "да", "!"))
        for code, texts in refund.examples.items()
    }
    twin = {code: texts[::-1] for code, texts in many.items()}
    scenarios = (replace(refund, examples=many), replace(refund, key="TWIN", examples=twin), *_whole().scenarios[1:])
    return replace(_whole(), scenarios=scenarios)


def test_the_doctor_tells_what_is_mixed_up() -> None:
    assert any("TWIN" in line and "REFUND" in line for line in mixed_lines_within(_twins(), 100) or ())


def test_the_doctor_does_not_look_longer_than_it_may() -> None:
    assert mixed_lines_within(_twins(), 0.001) is None
