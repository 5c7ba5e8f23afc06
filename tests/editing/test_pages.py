"""Pages of the editor fit into messages and buttons, however much there is to show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.editing import pages
from services.editing.pages import Block
from services.presses import OnDraft, OnNewWording, OnPack, OnScenario, OnWording, Press, decode, encode
from services.templates import visible_length
from storage.records import Scenario
from storage.wordings import Wording

LONG_KEY = "A" * 40
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "press",
    [
        OnPack(),
        OnScenario(LONG_KEY),
        OnWording(10**18 - 1, "remove"),
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


def wording(number: int, language: str, text: str) -> Wording:
    return Wording(
        id=number, scenario="KEY_1", language=language, text=text, author="<Olga>", created_at=NOW, retired_at=None
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


def test_names_and_titles_are_no_markup() -> None:
    [words] = pages.answers(scenario(1), [wording(1, "en", "hi")], lambda text, _language: text, "en", UTC)
    assert "&lt;Olga&gt;" in words.text
    assert "Topic &lt;1&gt;" in words.text
    assert "what &lt;belongs&gt; here" in words.text


def test_blocks_share_a_message_while_they_fit() -> None:
    shown = pages.sheets([Block(html="a" * 2000), Block(html="b" * 2000), Block(html="c" * 200)])
    assert [len(words.text) for words in shown] == [4002, 200]
