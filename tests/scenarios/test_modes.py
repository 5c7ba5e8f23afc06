"""Who answers, as packs say it: written, read, imported, compared and kept in versions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.differences import differences
from services.messages.callbacks import decode, encode
from services.messages.mode_presses import OnMode
from services.scenarios.documents import content_of, scenario_of
from services.scenarios.knowledge import load
from services.scenarios.knowledge import replace as put
from services.scenarios.modes import modes_of, with_modes
from services.scenarios.packs import inspect_pack, pack_version, read_pack, write_pack
from storage.closed_sets import AnswerMode
from storage.records import Answer, Pack, Scenario, Template
from storage.store import Store

TEXT = (Template(language="ru", text="Так."), Template(language="en", text="So."))
PHRASES = {"ru": ("раз",), "en": ("one",)}
TITLE = {"ru": "Ответ", "en": "Answer"}


def answer(key: str, mode: AnswerMode | None = None) -> Answer:
    return Answer(key=key, title=TITLE, examples={"ru": (key,), "en": (key,)}, templates=TEXT, mode=mode)


def scenario(*answers: Answer, mode: AnswerMode | None = None, key: str = "PAY") -> Scenario:
    return Scenario(
        key=key,
        title=TITLE,
        description="Paying",
        priority="low",
        action="answer",
        examples={} if answers else PHRASES,
        templates=() if answers else TEXT,
        answers=answers,
        mode=mode,
    )


def pack(one: Scenario) -> Pack:
    return Pack(scenarios=(one,), background=(), version=pack_version((one,), ()))


@pytest.mark.parametrize(
    ("said", "standing", "start", "expected"),
    [
        (scenario(), (), "auto", {"PAY": "auto"}),
        (scenario(), (), "suggest", {"PAY": "suggest"}),
        (scenario(mode="off"), (), "suggest", {"PAY": "off"}),
        (scenario(), (scenario(mode="off"),), "suggest", {"PAY": "off"}),  # what stands goes before what begins
        (scenario(mode="auto"), (scenario(mode="off"),), "suggest", {"PAY": "auto"}),  # what is said goes before both
        (
            scenario(answer("CARD"), answer("CASH", "off"), answer("NEW")),
            (scenario(answer("CARD", "auto"), answer("CASH", "auto")),),
            "suggest",
            {"PAY.CARD": "auto", "PAY.CASH": "off", "PAY.NEW": "suggest"},
        ),
        # A greeting is answered, not proposed; where people shall write alone, they greet alone, too.
        (scenario(key="GREETING"), (), "suggest", {"GREETING": "auto"}),
        (scenario(answer("SO"), key="THANKS"), (), "suggest", {"THANKS.SO": "auto"}),
        (scenario(key="GREETING"), (), "off", {"GREETING": "off"}),
        (scenario(key="GREETING"), (scenario(mode="suggest", key="GREETING"),), "auto", {"GREETING": "suggest"}),
    ],
)
def test_an_unsaid_mode_is_what_stands_and_else_what_answers_begin_with(
    said: Scenario, standing: tuple[Scenario, ...], start: AnswerMode, expected: dict[str, str]
) -> None:
    assert modes_of(with_modes([said], standing, start=start)) == expected


@pytest.mark.parametrize(
    "one",
    [scenario(mode="suggest"), scenario(answer("CARD", "suggest"), answer("CASH", "auto")), scenario(answer("CARD"))],
)
def test_files_carry_modes_there_and_back(tmp_path: Path, one: Scenario) -> None:
    write_pack(pack(one), tmp_path)
    assert modes_of(read_pack(tmp_path).scenarios) == modes_of((one,))
    assert read_pack(tmp_path).version == pack(one).version


def test_the_mode_of_a_file_is_that_of_its_answers(tmp_path: Path) -> None:
    write_pack(pack(scenario(answer("CARD"), answer("CASH", "off"))), tmp_path)
    file = tmp_path / "pay.toml"
    file.write_text(file.read_text("utf-8").replace('action = "answer"', 'action = "answer"\nmode = "suggest"', 1))
    assert modes_of(read_pack(tmp_path).scenarios) == {"PAY.CARD": "suggest", "PAY.CASH": "off"}


def test_a_mode_that_there_is_not_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    write_pack(pack(scenario(answer("CARD", "suggest"))), tmp_path)
    file = tmp_path / "pay.toml"
    file.write_text(file.read_text("utf-8").replace('mode = "suggest"', 'mode = "shadow"'))
    found = [str(problem) for problem in inspect_pack(tmp_path).problems if problem.severity == "error"]
    assert len(found) == 1
    assert "answers.0.mode cannot be 'shadow'" in found[0]
    assert "off, suggest, auto" in found[0]


async def test_an_import_that_says_nothing_of_modes_costs_no_answer_its_trust(store: Store) -> None:
    await put(store, pack(scenario(answer("CARD", "suggest"), answer("CASH", "off"))), author="test")
    await put(store, pack(scenario(answer("CARD"), answer("CASH"), answer("NEW"))), author="test", start="suggest")
    kept = await load(store)
    assert modes_of(kept.scenarios) == {"PAY.CARD": "suggest", "PAY.CASH": "off", "PAY.NEW": "suggest"}
    assert kept.version == pack_version(kept.scenarios, ())


def test_versions_tell_modes_apart_and_auto_is_as_before_there_were_any() -> None:
    silent, auto, suggest = (scenario(mode=mode) for mode in (None, "auto", "suggest"))
    assert pack(silent).version == pack(auto).version != pack(suggest).version
    assert content_of(silent) == content_of(auto) != content_of(suggest)
    assert "mode" not in content_of(auto)
    assert scenario_of(content_of(suggest)) == suggest
    assert scenario_of(content_of(silent)) == auto
    several = scenario(answer("CARD", "off"), mode="auto")
    assert scenario_of(content_of(several)) == several


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (scenario(mode="auto"), scenario(), []),
        (scenario(mode="auto"), scenario(mode="suggest"), ["~ PAY: mode auto → suggest"]),
        (
            scenario(answer("CARD", "suggest"), mode="auto"),
            scenario(answer("CARD", "auto"), mode="suggest"),
            ["~ PAY: CARD mode suggest → auto"],
        ),
        (scenario(answer("CARD", "suggest"), mode="auto"), scenario(answer("CARD")), []),
    ],
)
def test_a_comparison_tells_what_becomes_of_modes(before: Scenario, after: Scenario, told: list[str]) -> None:
    assert differences(pack(before), pack(after), details=False) == told


@pytest.mark.parametrize("mode", ["off", "suggest", "auto"])
def test_a_button_carries_the_longest_keys(mode: AnswerMode) -> None:
    press = OnMode(mode, "S" * 40, "A" * 16)
    assert len(encode(press).encode()) <= 64
    assert decode(encode(press)) == press
    assert decode(encode(replace(press, answer=None))) == replace(press, answer=None)


@pytest.mark.parametrize("data", ["M", "M:a", "M:x:PAY", "M:a:", "M:a:PAY:", "M:a:PAY:CARD:MORE"])
def test_what_no_button_says_is_nothing(data: str) -> None:
    assert decode(data) is None
