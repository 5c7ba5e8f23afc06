"""The pack that ships: valid, broad in both languages, and every answer can be sent to anybody."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from services.scenarios.packs import inspect_pack, pack_version, read_pack
from services.templates import MAX_UNITS, Templates, visible_length

FOLDER = Path(__file__).parents[2] / "scenarios"
PACK = read_pack(FOLDER)
CUT_UP = any(scenario.answers for scenario in PACK.scenarios)
"""Answers of single questions name the facts; the texts of whole scenarios speak for any business and need none."""
BY_KEY = {scenario.key: scenario for scenario in PACK.scenarios}
STARTERS = {
    "REFERRAL", "PRICING", "PAYMENT", "REFUND", "DELIVERY", "ACCOUNT_ACCESS", "TECHNICAL_ISSUE", "COMPLAINT",
    "HUMAN_OPERATOR", "CANCEL_SUBSCRIPTION", "GREETING", "THANKS",
}  # fmt: skip
NAMES = [
    "Анна",
    "",
    "   ",
    None,
    "<3",
    "{{7*7}}",
    "😀" * 4096,
    "\u202eabc\u202c",
    "\u200f\u3164",
    "a\n\nb",
    "O'Hara & <b>",
]


def test_nothing_is_wrong_with_it_not_even_a_notice() -> None:
    wrong = [
        problem for problem in inspect_pack(FOLDER).problems if CUT_UP or "no template uses" not in problem.message
    ]
    assert [str(problem) for problem in wrong] == []


def test_all_starters_are_there_and_two_of_them_go_to_people() -> None:
    assert set(BY_KEY) == STARTERS
    assert {key for key, scenario in BY_KEY.items() if scenario.action == "escalate"} == {"COMPLAINT", "HUMAN_OPERATOR"}


@pytest.mark.parametrize("key", sorted(STARTERS))
def test_each_is_taught_in_both_languages(key: str) -> None:
    assert len(BY_KEY[key].examples["ru"]) >= 60
    assert len(BY_KEY[key].examples["en"]) >= 40


def test_background_is_broad_and_balanced() -> None:
    ru, en = (sum(line.language == language for line in PACK.background) for language in ("ru", "en"))
    assert ru + en >= 300
    assert abs(ru - en) <= 0.1 * max(ru, en)


def test_each_phrase_stands_in_the_script_of_its_language() -> None:
    for scenario in PACK.scenarios:
        strays = [phrase for phrase in scenario.examples["en"] if any("а" <= char <= "я" for char in phrase.lower())]
        assert strays == []


@pytest.mark.parametrize("key", sorted(STARTERS - {"COMPLAINT", "HUMAN_OPERATOR"}))
def test_every_answer_can_be_said_to_anybody(key: str) -> None:
    words = Templates()
    for template, name, first, hour in product(BY_KEY[key].templates, NAMES, (True, False), ("morning", "night")):
        said = words.render(
            template.text, {"customer": {"first_name": name}, "first_contact": first, "time_of_day": hour}
        )
        assert said
        assert visible_length(said) <= MAX_UNITS
        assert ", !" not in said
        assert "{{" not in said.replace("{{7*7}}", "")


@pytest.mark.parametrize("key", sorted(STARTERS - {"COMPLAINT", "HUMAN_OPERATOR"}))
def test_each_answer_has_two_wordings_in_each_language(key: str) -> None:
    assert sorted(template.language for template in BY_KEY[key].templates) == ["en", "en", "ru", "ru"]


def test_nobody_is_greeted_twice() -> None:
    hellos = ("здравствуйте", "добр", "hello", "good morning", "good afternoon", "good evening")
    for template in BY_KEY["GREETING"].templates:
        first = Templates().render(template.text, {"first_contact": True})
        later = Templates().render(template.text, {"first_contact": False})
        assert not first.lower().startswith(hellos)
        assert later.lower().startswith(hellos)


def test_the_version_is_the_contents() -> None:
    assert read_pack(FOLDER).version == PACK.version == pack_version(PACK.scenarios, PACK.background, PACK.facts)
    turned = pack_version(reversed(PACK.scenarios), reversed(PACK.background), reversed(PACK.facts))
    assert turned == PACK.version
    assert pack_version(PACK.scenarios[1:], PACK.background, PACK.facts) != PACK.version
    assert pack_version(PACK.scenarios, PACK.background, PACK.facts[1:]) != PACK.version
    assert pack_version(PACK.scenarios, PACK.background) == pack_version(PACK.scenarios, PACK.background, ())
