"""Pages of facts fit into messages and buttons, and buttons say what can be done now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.editing import fact_pages
from services.messages.callbacks import Press, decode, encode
from services.messages.effects import Words
from services.messages.fact_presses import OnFact, OnFacts, OnFactValue, OnFactVersion
from services.scenarios.facts import Facts
from services.templates import visible_length
from storage.facts import EVERY, FactVersion
from storage.records import Answer, Fact, Scenario, Template

LONG_KEY = "a" * 40
ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def asked(key: str = "hours") -> Fact:
    words = {"ru": "Когда вы <работаете>? " * 10, "en": "When are you <open>? " * 10}
    return Fact(key=key, type="text", question=words, example={"ru": "<10", "en": "<10"})


def version(number: int, value: str, language: str = EVERY, *, gone: bool = False) -> FactVersion:
    return FactVersion(
        id=number,
        key="hours",
        language=language,
        value=value,
        author="<Olga>",
        created_at=NOW,
        retired_at=NOW + timedelta(hours=1) if gone else None,
    )


def pressed(words: list[Words]) -> list[Press | None]:
    return [decode(button.press) for one in words for row in one.buttons for button in row]


@pytest.mark.parametrize(
    "press",
    [
        OnFacts(0),
        OnFacts(12),
        OnFact(LONG_KEY),
        OnFact("delivery.cost"),
        OnFactValue(LONG_KEY, EVERY),
        OnFactValue("delivery.cost", "ru"),
        OnFactVersion(10**18 - 1, "restore"),
    ],
)
def test_presses_come_back_as_they_went_and_fit(press: Press) -> None:
    assert decode(encode(press)) == press
    assert len(encode(press).encode()) <= 64


@pytest.mark.parametrize("data", ["F", "F:x", "F:-1", "f:", "f", "v:a", "v::ru", "v:a:", "x:1", "x:y:undo", "x:1:eat"])
def test_what_no_version_has_written_is_no_press(data: str) -> None:
    assert decode(data) is None


def test_a_hundred_facts_stand_on_pages_that_lead_to_each_other() -> None:
    known = {f"fact_{number:02}": asked(f"fact_{number:02}") for number in range(95)}
    facts = Facts(definitions=known, stored={"fact_00": {EVERY: "x"}, "fact_01": {"ru": "x"}})
    [first], [last], [beyond] = (fact_pages.listing(facts, page, "en") for page in (0, 9, 99))
    assert "1 of 95 are filled in" in first.text
    assert [row[0].text[0] for row in first.buttons[:3]] == ["✅", "▫", "▫"], "one language is not all of them"
    assert len(first.buttons) == 11
    assert pressed([first])[-1] == OnFacts(1)
    assert len(last.buttons) == 6
    assert pressed([last])[-1] == OnFacts(8)
    assert beyond == last
    assert all(len(button.text) <= 64 for row in first.buttons for button in row)


def test_no_facts_say_how_to_get_some() -> None:
    [words] = fact_pages.listing(Facts(), 0, "ru")
    assert "facts.toml" in words.text
    assert not words.buttons


def test_a_fact_with_long_values_fits_with_all_its_buttons() -> None:
    versions = [version(number, "<" * 500, language) for number, language in enumerate((EVERY, "ru", "en", "de"))]
    words = fact_pages.fact(asked(), Facts(definitions={"hours": asked()}), versions, "en", ZONE, now=NOW)
    assert all(visible_length(one.text) <= 4096 and one.text for one in words)
    assert {press.language for press in pressed(words) if isinstance(press, OnFactValue)} == {EVERY, "ru", "en", "de"}
    assert pressed(words)[-1] == OnFacts(0)
    assert "&lt;Olga&gt;" in words[0].text


@pytest.mark.parametrize(
    ("texts", "stands", "able"),
    [
        ([], False, []),
        (["a"], True, [(0, "remove")]),
        (["a"], False, [(0, "restore")]),
        (["a", "b"], True, [(1, "undo"), (1, "remove")]),
        (["a", "b", "a"], True, [(2, "redo"), (2, "remove")]),
        (["a", "b", "c", "b"], True, [(3, "undo"), (3, "redo"), (3, "remove")]),
        (["a", "b"], False, [(1, "restore")]),
        (["a", "a"], True, [(1, "remove")]),
    ],
)
def test_what_can_be_done_to_a_value(texts: list[str], stands: bool, able: list[tuple[int, str]]) -> None:  # noqa: FBT001
    versions = [version(at, text, gone=not (stands and at == len(texts) - 1)) for at, text in enumerate(texts)]
    assert fact_pages.possible_actions(versions) == able


def test_the_value_of_the_settings_is_shown_where_there_is_no_other() -> None:
    facts = Facts(definitions={"hours": asked()}, settings={"hours": "9–18"})
    [words] = fact_pages.fact(asked(), facts, [], "en", ZONE, now=NOW)
    assert "From the setting" in words.text
    assert "9–18" in words.text
    assert "daily 9:00–18:00" in words.text


def test_the_list_names_the_answers_that_wait_and_for_what() -> None:
    def answer(key: str, *facts: str) -> Answer:
        text = " ".join(f"{{{{ facts.{fact} }}}}" for fact in facts)
        texts = (Template(language="ru", text=f"Так: {text}"),)
        return Answer(key=key, title={"ru": f"<{key}>"}, examples={}, templates=texts)

    scenario = Scenario(
        key="DELIVERY",
        title={"ru": "Доставка"},
        description="",
        priority="low",
        action="answer",
        examples={},
        templates=(),
        answers=(answer("COST", "cost", "days"), answer("TIME"), answer("HOURS", "hours")),
    )
    facts = Facts(definitions={key: asked(key) for key in ("cost", "days", "hours")}, stored={"hours": {EVERY: "9-18"}})
    [words] = fact_pages.listing(facts, 0, "ru", [scenario])
    assert "Ждут фактов: 1" in words.text
    assert "Доставка: &lt;COST&gt;: cost, days" in words.text
    assert "HOURS" not in words.text
    [nothing_waits] = fact_pages.listing(facts, 0, "ru", [])
    assert "Ждут" not in nothing_waits.text


def test_a_long_list_of_them_still_fits() -> None:
    text = (Template(language="ru", text="{{ facts.cost }}"),)
    many = tuple(Answer(key=f"A{number}", title={"ru": "я" * 200}, examples={}, templates=text) for number in range(60))
    scenario = Scenario(
        key="S", title={}, description="", priority="low", action="answer", examples={}, templates=(), answers=many
    )
    [words] = fact_pages.listing(Facts(definitions={"cost": asked("cost")}), 0, "ru", [scenario])
    assert "и ещё 35" in words.text
    assert visible_length(words.text) <= 4096
