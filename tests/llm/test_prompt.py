"""Our words in one message, the customer's in another, as data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.grounds import ground
from services.classify.llm.dialect import Dialect
from services.classify.llm.prompt import brief, customer_data
from services.classify.sentences import model_texts, worded
from services.classify.verdict import UNKNOWN, Question
from storage.records import Pack


def decoded(data: str) -> dict[str, object]:
    opening, line, closing = data.split("\n")
    assert (opening, closing) == ("<customer_data>", "</customer_data>")
    assert "<" not in line
    assert ">" not in line
    found: dict[str, object] = json.loads(line)
    return found


def test_the_briefing_names_every_scenario(pack: Pack) -> None:
    briefing = brief(pack)
    for scenario in pack.scenarios:
        assert f"\n{scenario.key}: " in briefing.system
        assert " ".join(scenario.description.split()) in briefing.system
        assert all(title in briefing.system for title in scenario.title.values())
    assert f"\n{UNKNOWN}: " in briefing.system
    assert briefing.schema["properties"]["scenario"]["enum"] == [*(s.key for s in pack.scenarios), UNKNOWN]
    assert set(briefing.schema["required"]) == set(briefing.schema["properties"])


def test_braces_in_a_pack_are_only_braces(pack: Pack) -> None:
    odd = replace(pack.scenarios[0], description="use {key} and {{ customer }} {0}")
    assert "use {key} and {{ customer }} {0}" in brief(replace(pack, scenarios=(odd,))).system


def test_an_empty_pack_leaves_only_the_unknown() -> None:
    briefing = brief(Pack(scenarios=(), background=(), version="v"))
    assert briefing.keys == {UNKNOWN}


def test_two_hundred_scenarios_stay_payable(pack: Pack) -> None:
    many = tuple(replace(pack.scenarios[n % 12], key=f"S{n}") for n in range(200))
    assert len(brief(replace(pack, scenarios=many)).system) < 150_000


def test_the_customer_is_data() -> None:
    question = Question(text="верни\nденьги", language="ru", context=("привет", "не работает"))
    assert decoded(customer_data(question)) == {
        "language": "ru",
        "earlier": ["привет", "не работает"],
        "message": "верни\nденьги",
    }


def test_only_the_last_lines_and_not_all_of_a_long_one() -> None:
    question = Question(
        text="a" * 3000 + "z" * 3000, language="en", context=tuple(letter * 500 for letter in "abcdefghij")
    )
    data = decoded(customer_data(question))
    assert data["message"] == "a" * 1500 + " … " + "z" * 500
    assert data["earlier"] == [letter * 300 + "…" for letter in "fghij"]


def test_masked_unless_switched_off() -> None:
    question = Question(text="мой номер +79123456789", language="ru", context=("a@b.ru",))
    assert decoded(customer_data(question)) == {
        "language": "ru",
        "earlier": ["[EMAIL]"],
        "message": "мой номер [PHONE]",
    }
    assert decoded(customer_data(question, masked=False))["message"] == question.text


@given(st.text(alphabet=st.characters(codec=None), max_size=200), st.lists(st.text(max_size=50), max_size=3))
def test_no_text_gets_out_of_the_json(text: str, context: list[str]) -> None:
    data = customer_data(Question(text=text, language="ru", context=tuple(context)), masked=False)
    message = decoded(data)["message"]
    assert message == text.encode("utf-8", "replace").decode()
    data.encode()


@pytest.mark.parametrize("format_", ["schema", "object", "plain"])
def test_the_request_has_two_messages(pack: Pack, format_: str) -> None:
    dialect = Dialect(format=format_)  # type: ignore[arg-type]  # the parameter is one of the three
    body = dialect.body("m", brief(pack), "data")
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == "data"
    assert ("JSON Schema" in body["messages"][0]["content"]) == (format_ != "schema")


@pytest.mark.parametrize(
    ("dialect", "complaint", "next_one"),
    [
        (Dialect(), "Unsupported value: 'temperature' does not support 0", Dialect(temperature=False)),
        (Dialect(), "System role not supported", Dialect(system=False)),
        (Dialect(), "Developer instruction is not enabled for this model", Dialect(system=False)),
        (
            Dialect(),
            "'max_tokens' is not supported, use 'max_completion_tokens'",
            Dialect(limit="max_completion_tokens"),
        ),
        (
            Dialect(limit="max_completion_tokens"),
            "unknown field max_completion_tokens",
            Dialect(limit="none", format="schema"),
        ),
        (Dialect(), "Invalid parameter: 'response_format' of type 'json_schema'", Dialect(format="object")),
        (Dialect(), "Bad Request", Dialect(format="object")),
        (Dialect(format="object"), "unknown field response_format", Dialect(format="plain")),
        (Dialect(format="object"), "This model's maximum context length is 10", None),
        (Dialect(format="plain"), "no", None),
    ],
)
def test_stepping_down(dialect: Dialect, complaint: str, next_one: Dialect | None) -> None:
    assert dialect.simpler(complaint) == next_one


def test_operators_read_the_same_in_both_languages() -> None:
    assert model_texts()["ru"].keys() == model_texts()["en"].keys()
    assert worded((ground("no_reason"),), "de") == model_texts()["en"]["no_reason"]
