"""The words around a name that is not there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.scenarios.answers import Answers, part_of_day, without_gap
from services.templates import Templates
from services.texts.team import Team
from storage.records import Customer, Scenario, Template

KATE = Customer(
    id=1,
    channel="telegram",
    external_id="1",
    first_name="Kate",
    last_name="",
    username=None,
    language="en",
    language_chosen=True,
    reachable=True,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("rendered", "said"),
    [
        (", ваша ссылка здесь", "Ваша ссылка здесь"),
        ("! Рады помочь", "Рады помочь"),
        ("ваша ссылка здесь", "ваша ссылка здесь"),
        ("Ваша ссылка, вот она", "Ваша ссылка, вот она"),
        (", <b>990</b>", "<b>990</b>"),
        ("", ""),
    ],
)
def test_a_missing_name_leaves_no_gap(rendered: str, said: str) -> None:
    assert without_gap(rendered) == said


@pytest.mark.parametrize(
    ("source", "first", "later"),
    [
        ("Your link, {{ customer.first_name }}.", "Hello! Your link, Kate.", "Your link, Kate."),
        (
            "Link{% if customer.first_name %}, {{ customer.first_name }}{% endif %}.",
            "Hello, Kate! Link.",
            "Link, Kate.",
        ),
        ("Hey {{ customer.first_name|default('friend') }}.", "Hello! Hey Kate.", "Hey Kate."),
        ("It is there.", "Hello, Kate! It is there.", "It is there."),
    ],
)
def test_a_name_is_said_once_and_never_left_out(source: str, first: str, later: str) -> None:
    answers = Answers(templates=Templates(), service="", team=Team(language="en"))
    scenario = Scenario(
        key="A", title={}, description="", priority="low", action="answer", examples={},
        templates=(Template(language="en", text=source),),
    )  # fmt: skip
    for first_contact, said in ((True, first), (False, later)):
        shown = answers.render(scenario, None, KATE, "en", KATE.created_at, first_contact=first_contact, turn=0)
        assert shown == said


def test_default_stands_in_for_an_empty_name() -> None:
    assert Templates().render("Hi {{ customer.first_name|default('friend') }}", {}) == "Hi friend"


@pytest.mark.parametrize(("hour", "part"), [(0, "night"), (5, "morning"), (12, "day"), (18, "evening"), (23, "night")])
def test_the_day_has_four_parts(hour: int, part: str) -> None:
    assert part_of_day(hour) == part
