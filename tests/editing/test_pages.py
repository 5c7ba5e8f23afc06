"""Pages of the editor fit into messages and buttons, however much there is to show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.editing import pages
from services.editing.pages import Block
from services.messages.callbacks import OnDraft, OnNewWording, OnPack, OnScenario, OnWording, Press, decode, encode
from services.templates import check, visible_length
from storage.records import Scenario
from storage.template_versions import TemplateVersion

LONG_KEY = "A" * 40
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAIR = ((1, "one"), (2, "two"))


@pytest.mark.parametrize(
    "press",
    [
        OnPack(),
        OnScenario(LONG_KEY),
        OnWording(10**18 - 1, "remove"),
        OnWording(10**18 - 1, "restore"),
        OnWording(1, "redo"),
        OnNewWording(LONG_KEY, "ru"),
        OnDraft("f" * 32, "cancel"),
    ],
)
def test_presses_come_back_as_they_went_and_fit(press: Press) -> None:
    assert decode(encode(press)) == press
    assert len(encode(press).encode()) <= 64


@pytest.mark.parametrize(
    "data", ["e:1", "s:", "s", "w:1", "w:x:edit", "w:1:dance", "n:X:", "n:X", "d::save", "d:1:eat"]
)
def test_what_no_version_has_written_is_no_press(data: str) -> None:
    assert decode(data) is None


def scenario(number: int, action: str = "answer") -> Scenario:
    return Scenario(
        key=f"KEY_{number}",
        title={"ru": f"Тема <{number}>", "en": f"Topic <{number}>"},
        description="what <belongs> here",
        priority="low",
        action=action,  # type: ignore[arg-type]  # one of the three
        examples={},
        templates=(),
    )


def wording(number: int, language: str, text: str) -> TemplateVersion:
    return TemplateVersion(
        id=number,
        scenario="KEY_1",
        answer=None,
        language=language,
        text=text,
        author="<Olga>",
        created_at=NOW,
        retired_at=None,
    )


def test_two_hundred_scenarios_have_a_button_each_and_no_message_has_too_many() -> None:
    shown = pages.pack([scenario(number) for number in range(200)], "en")
    assert all(len(words.buttons) <= 100 for words in shown)
    assert sum(len(words.buttons) for words in shown) == 200


def test_no_scenarios_say_how_to_get_some() -> None:
    [words] = pages.pack([], "ru")
    assert "scenarios import" in words.text
    assert not words.buttons


def test_an_answer_as_long_as_a_message_stands_whole_in_a_message_of_its_own() -> None:
    versions = [wording(number, "en", "x" * 4096) for number in (1, 2)] + [wording(3, "de", "kurz")]
    shown = pages.answers(scenario(1), versions, lambda text, _language: text, "en", UTC)
    assert all(visible_length(words.text) <= 4096 for words in shown)
    assert sum(words.text == "x" * 4096 for words in shown) == 2
    buttons = [button.text for words in shown for row in words.buttons for button in row]
    assert "✏️ English 2" in buttons
    assert "✏️ de" in buttons
    assert "➕ Russian: write an answer" in buttons


def test_many_short_variants_have_all_their_buttons_and_no_message_has_too_many() -> None:
    versions = [wording(number, "en", "hi") for number in range(1, 121)]
    shown = pages.answers(scenario(1), versions, lambda text, _language: text, "en", UTC)
    counts = [sum(len(row) for row in words.buttons) for words in shown]
    assert all(count <= 100 for count in counts)
    assert sum(counts) == 120 + 3


def test_what_was_taken_away_last_can_be_put_back_from_the_page() -> None:
    gone = [replace(wording(number, "en", text), retired_at=NOW + timedelta(hours=number)) for number, text in PAIR]
    [words] = pages.answers(scenario(1), [*gone, wording(9, "en", "hi")], lambda text, _language: text, "en", UTC)
    presses = [decode(button.press) for row in words.buttons for button in row if "put back" in button.text]
    assert presses == [OnWording(2, "restore")]


def test_names_and_titles_are_no_markup() -> None:
    [words] = pages.answers(scenario(1), [wording(1, "en", "hi")], lambda text, _language: text, "en", UTC)
    assert "&lt;Olga&gt;" in words.text
    assert "Topic &lt;1&gt;" in words.text
    assert "what &lt;belongs&gt; here" in words.text


def test_blocks_share_a_message_while_they_fit() -> None:
    shown = pages.sheets([Block(html="a" * 2000), Block(html="b" * 2000), Block(html="c" * 200)])
    assert [len(words.text) for words in shown] == [4002, 200]


def test_the_description_is_named_for_what_it_is() -> None:
    for speak, label in (("ru", "Что читает классификатор"), ("en", "What the classifier reads")):
        [words] = pages.answers(scenario(1), [wording(1, "en", "hi")], lambda text, _language: text, speak, UTC)
        assert f"{label}: <i>what &lt;belongs&gt; here</i>" in words.text


def test_a_russian_admin_reads_in_russian_what_is_wrong() -> None:
    [words] = pages.problems(check("Привет!\n{% for x in y %}"), "f", "ru", reply=False)
    assert "Строка 2: циклы запрещены: шаблон всегда должен заканчиваться." in words.text
    assert "→ перечислите строки сами" in words.text
    assert not re.search("[A-Za-z]", words.text.replace("{% if … %}", "")), words.text


def test_an_english_admin_reads_it_in_english() -> None:
    [words] = pages.problems(check("{{ customer.frist_name }} <3"), "f", "en", reply=True)
    assert "Line 1: unknown variable customer.frist_name.\n→ did you mean customer.first_name?" in words.text
    assert "Line 1: a &#39;&lt;&#39; that opens no tag.\n→ write &amp;lt;" in words.text


def test_many_problems_and_long_names_fit_into_one_message() -> None:
    source = "\n".join(f"{{{{ {'x' * 900}{number} }}}}" for number in range(12))
    for speak in ("ru", "en"):
        [words] = pages.problems(check(source), "f", speak, reply=False)
        assert visible_length(words.text) <= 4096
        assert len(re.findall(r"^→", words.text, re.MULTILINE)) == pages.PROBLEMS_MOST
