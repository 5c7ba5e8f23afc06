"""The pack that ships: valid, broad in both languages, and every answer can be sent to anybody."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from services.classify.wishes import asks_for_person
from services.scenarios.packs import inspect_pack, pack_version, read_pack
from services.templates import MAX_UNITS, Templates, visible_length
from services.templates.naming import facts_in
from services.templates.variables import FACTS
from storage.records import Answer, Pack, Scenario

FOLDER = Path(__file__).parents[2] / "scenarios"
STARTERS = {
    "REFERRAL", "PRICING", "PAYMENT", "REFUND", "DELIVERY", "ACCOUNT_ACCESS", "TECHNICAL_ISSUE", "COMPLAINT",
    "HUMAN_OPERATOR", "CANCEL_SUBSCRIPTION", "GREETING", "THANKS", "COMPANY",
}  # fmt: skip
TO_PEOPLE = {"COMPLAINT", "HUMAN_OPERATOR"}
SMALL_TALK = {"GREETING", "THANKS"}
CUT_UP = sorted(STARTERS - TO_PEOPLE - SMALL_TALK)
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


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(FOLDER)


@pytest.fixture(scope="module")
def by_key(pack: Pack) -> dict[str, Scenario]:
    return {scenario.key: scenario for scenario in pack.scenarios}


def texts(scenario: Scenario) -> dict[str, Scenario | Answer]:
    """Return all that customers read of a scenario, by what it answers."""
    if not scenario.answers:
        return {scenario.key: scenario}
    return {f"{scenario.key}.{answer.key}": answer for answer in scenario.answers}


def test_nothing_is_wrong_with_it_not_even_a_notice() -> None:
    assert [str(problem) for problem in inspect_pack(FOLDER).problems] == []


def test_all_starters_are_there_and_two_of_them_go_to_people(by_key: dict[str, Scenario]) -> None:
    assert set(by_key) == STARTERS
    assert {key for key, scenario in by_key.items() if scenario.action == "escalate"} == TO_PEOPLE
    assert sorted(key for key, scenario in by_key.items() if scenario.answers) == CUT_UP


def test_there_are_answers_to_ninety_questions_and_each_is_taught(pack: Pack) -> None:
    answers = {name: answer for one in pack.scenarios if one.answers for name, answer in texts(one).items()}
    assert len(answers) >= 90
    few = {key for key, answer in answers.items() if min(len(lines) for lines in answer.examples.values()) < 30}
    assert few == set()


@pytest.mark.parametrize("key", sorted(STARTERS))
def test_each_is_taught_in_both_languages(by_key: dict[str, Scenario], key: str) -> None:
    assert len(by_key[key].phrases["ru"]) >= 60
    assert len(by_key[key].phrases["en"]) >= 40


def test_background_is_broad_and_balanced(pack: Pack) -> None:
    ru, en = (sum(line.language == language for line in pack.background) for language in ("ru", "en"))
    assert ru + en >= 300
    assert abs(ru - en) <= 0.1 * max(ru, en)


def test_each_phrase_stands_in_the_script_of_its_language(pack: Pack) -> None:
    for scenario in pack.scenarios:
        strays = [phrase for phrase in scenario.phrases["en"] if any("а" <= char <= "я" for char in phrase.lower())]
        assert strays == []


@pytest.mark.parametrize("key", sorted(STARTERS - TO_PEOPLE))
def test_every_answer_can_be_said_to_anybody(pack: Pack, by_key: dict[str, Scenario], key: str) -> None:
    words, templates = Templates(), [one for text in texts(by_key[key]).values() for one in text.templates]
    for template, name, first, hour in product(templates, NAMES, (True, False), ("morning", "night")):
        facts = {fact.key: fact.example[template.language] for fact in pack.facts}
        said = words.render(
            template.text,
            {"customer": {"first_name": name}, "first_contact": first, "time_of_day": hour, "facts": facts},
        )
        assert said
        assert visible_length(said) <= MAX_UNITS
        assert ", !" not in said
        assert "{{" not in said.replace("{{7*7}}", "")


@pytest.mark.parametrize("key", sorted(STARTERS - TO_PEOPLE))
def test_each_answer_has_two_wordings_in_each_language(by_key: dict[str, Scenario], key: str) -> None:
    wordings = {name: sorted(one.language for one in text.templates) for name, text in texts(by_key[key]).items()}
    assert {name: languages for name, languages in wordings.items() if languages != ["en", "en", "ru", "ru"]} == {}


def test_no_phrase_that_gets_an_answer_asks_for_a_person(pack: Pack) -> None:
    answered = [one for one in pack.scenarios if one.action == "answer"]
    lines = [text for one in answered for texts in one.examples.values() for text in texts]
    assert [text for text in lines if asks_for_person(text)] == []


def test_nobody_is_greeted_twice(by_key: dict[str, Scenario]) -> None:
    hellos = ("здравствуйте", "добр", "hello", "good morning", "good afternoon", "good evening")
    for template in by_key["GREETING"].templates:
        first = Templates().render(template.text, {"first_contact": True})
        later = Templates().render(template.text, {"first_contact": False})
        assert not first.lower().startswith(hellos)
        assert later.lower().startswith(hellos)


def test_the_version_is_the_contents(pack: Pack) -> None:
    assert read_pack(FOLDER).version == pack.version == pack_version(pack.scenarios, pack.background, pack.facts)
    turned = pack_version(reversed(pack.scenarios), reversed(pack.background), reversed(pack.facts))
    assert turned == pack.version
    assert pack_version(pack.scenarios[1:], pack.background, pack.facts) != pack.version
    assert pack_version(pack.scenarios, pack.background, pack.facts[1:]) != pack.version
    assert pack_version(pack.scenarios, pack.background) == pack_version(pack.scenarios, pack.background, ())


def test_no_answer_asks_for_a_number_that_was_given(pack: Pack) -> None:
    templates = Templates()
    for text in (one.text for scenario in pack.scenarios for _, part in scenario.parts for one in part.templates):
        if "номер заказа" in text or "the order number" in text:
            told = templates.render(text, {"order_number": "5521", FACTS: dict.fromkeys(facts_in(text), "14")})
            assert "номер заказа" not in told.replace("номер заказа внутри", "")
            assert "the order number" not in told.replace("note with the order number", "")
