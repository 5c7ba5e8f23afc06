"""Whatever is wrong with a template is told whole in both languages: one source for every code there is."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from services.templates import check, explain
from services.templates.problems import Code, explanations, problem

SOURCES: dict[Code, str] = {
    "too_long": "x" * 20_000,
    "too_deep": "{{ " + "(" * 9000,
    "syntax": "{{ customer.first_name",
    "open_if": "{% if first_contact %}x",
    "loop": "{% for x in y %}",
    "call": "{{ range(3) }}",
    "control": "a\x00b",
    "list": "{% set a = [1, 2] %}{{ a }}",
    "brackets": "{{ customer['first_name'] }}",
    "joining": "{{ 'a' ~ 'b' }}",
    "arithmetic": "{{ 1 + 1 }}",
    "block": "{% include 'x' %}",
    "expression": "{{ {'a': 1} }}",
    "dot": "{{ ''.join }}",
    "assignment": "{% set customer = 1 %}a",
    "group": "{{ customer }}",
    "unknown_variable": "{{ balance }}",
    "unknown_filter": "{{ customer.first_name | safe }}",
    "unknown_test": "{{ customer.first_name is odd }}",
    "misspelt_variable": "{{ customer.frist_name }}",
    "misspelt_filter": "{{ customer.first_name | upp }}",
    "misspelt_test": "{{ customer.first_name is definde }}",
    "sign_less": "1 < 2",
    "sign_and": "Q & A",
    "unknown_tag": "<div>a</div>",
    "attributes": "<a>x</a>",
    "closes_nothing": "a</b>",
    "closes_other": "<b>a</i></b>",
    "never_closed": "<b>a",
    "branch": "{% if first_contact %}<b>{% endif %}x</b>",
    "unknown_fact": "a{{ facts.zzz }}",
    "misspelt_fact": "a{{ facts.delivery.kost }}",
    "unset": "{% if first_contact %}{% set x = 'y' %}{% endif %}a{{ x }}",
    "fails": "{% if customer.first_name < 3 %}a{% endif %}b",
    "empty": "{% if first_contact %}x{% endif %}",
    "too_wordy": "x" * 5000,
}
FACTS = ("delivery.cost",)
QUOTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|</?[$\w-]+>|&\w+;|\$\w+")
"""What an admin types, and values, stay as they are in any language."""
NAMES = {"Telegram", "Jinja2"}


def test_every_code_has_a_source_and_words_in_both_languages() -> None:
    codes = set(get_args(Code))
    assert set(SOURCES) == codes
    assert {language: set(texts) for language, texts in explanations().items()} == {"ru": codes, "en": codes}


@pytest.mark.parametrize("code", get_args(Code))
def test_both_languages_speak_of_the_same_values(code: Code) -> None:
    russian, english = (
        [set(each.get_identifiers()) for each in explanations()[language][code]] for language in ("ru", "en")
    )
    assert russian == english


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("code", get_args(Code))
def test_every_problem_is_told_whole(code: Code, language: str) -> None:
    found = next(each for each in check(SOURCES[code], facts=FACTS) if each.code == code)
    told = explain(found, language)
    spoken = {name for each in explanations()[language][code] for name in each.get_identifiers()}
    assert spoken == set(found.fields), "every value is told, and none is missing"
    for words in told:
        assert words.strip()
        assert not words.endswith(".")
        assert "$" not in words


@pytest.mark.parametrize("code", get_args(Code))
def test_russian_is_russian(code: Code) -> None:
    for words in explanations()["ru"][code]:
        plain = QUOTED.sub(" ", words.template)
        assert re.search("[а-я]", plain)
        assert set(re.findall(r"[A-Za-z]\w*", plain)) <= NAMES, plain


def test_a_value_is_never_read_as_a_pattern() -> None:
    told = explain(problem(1, "unknown_tag", tag="$known {0} %s", known="b"), "ru")
    assert "<$known {0} %s>" in told.message
