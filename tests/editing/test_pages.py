"""Pages of the editor fit into messages and buttons, however much there is to show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.editing import lists, pages
from services.editing.pages import Block
from services.editing.topics import Topic, topic_in
from services.messages.callbacks import OnDraft, OnNewWording, OnPack, OnScenario, OnWording, Press, decode, encode
from services.messages.mode_presses import OnMode
from services.templates import check, visible_length
from storage.closed_sets import Action, Priority
from storage.records import Answer, Scenario
from storage.template_versions import TemplateVersion

LONG_KEY = "A" * 40
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAIR = ((1, "one"), (2, "two"))


@pytest.mark.parametrize(
    "press",
    [
        OnPack(),
        OnScenario(LONG_KEY),
        OnScenario(LONG_KEY, "B" * 16),
        OnWording(10**18 - 1, "remove"),
        OnWording(10**18 - 1, "restore"),
        OnWording(1, "redo"),
        OnNewWording(LONG_KEY, "ru"),
        OnNewWording("A" * 16, "ru", "B" * 40),
        OnDraft("f" * 32, "cancel"),
    ],
)
def test_presses_come_back_as_they_went_and_fit(press: Press) -> None:
    assert decode(encode(press)) == press
    assert len(encode(press).encode()) <= 64


@pytest.mark.parametrize(
    ("data", "press"), [("s:REFERRAL", OnScenario("REFERRAL")), ("n:REFERRAL:ru", OnNewWording("REFERRAL", "ru"))]
)
def test_buttons_from_before_scenarios_had_answers_are_still_read(data: str, press: Press) -> None:
    assert decode(data) == press
    assert encode(press) == data


@pytest.mark.parametrize(
    "data",
    [
        *("e:1", "s:", "s", "s::A", "s:X:", "s:X:A:B", "w:1", "w:x:edit", "w:1:dance"),
        *("n:X:", "n:X", "n:X:ru:", "n:X::A", "n:X:ru:A:B", "d::save", "d:1:eat"),
    ],
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


def answer(key: str, *, priority: Priority | None = None, action: Action | None = None) -> Answer:
    return Answer(
        key=key,
        title={"ru": f"Ответ <{key}>", "en": f"Answer <{key}>"},
        examples={},
        templates=(),
        priority=priority,
        action=action,
    )


def topic(several: Scenario, key: str) -> Topic:
    found = topic_in(several, key)
    assert found is not None
    return found


def wording(number: int, language: str, text: str, *, of: str | None = None) -> TemplateVersion:
    return TemplateVersion(
        id=number,
        scenario="KEY_1",
        answer=of,
        language=language,
        text=text,
        author="<Olga>",
        created_at=NOW,
        retired_at=None,
    )


def test_two_hundred_scenarios_have_a_button_each_and_no_message_has_too_many() -> None:
    shown = lists.pack([scenario(number) for number in range(200)], "en")
    assert all(len(words.buttons) <= 100 for words in shown)
    assert sum(len(words.buttons) for words in shown) == 200


def test_no_scenarios_say_how_to_get_some() -> None:
    [words] = lists.pack([], "ru")
    assert "scenarios import" in words.text
    assert not words.buttons


def test_an_answer_as_long_as_a_message_stands_whole_in_a_message_of_its_own() -> None:
    versions = [wording(number, "en", "x" * 4096) for number in (1, 2)] + [wording(3, "de", "kurz")]
    shown = pages.wordings(Topic(scenario=scenario(1)), versions, lambda text, _language: text, "en", UTC)
    assert all(visible_length(words.text) <= 4096 for words in shown)
    assert sum(words.text == "x" * 4096 for words in shown) == 2
    buttons = [button.text for words in shown for row in words.buttons for button in row]
    assert "✏️ English 2" in buttons
    assert "✏️ de" in buttons
    assert "➕ Russian: write an answer" in buttons


def test_a_text_is_asked_for_in_the_languages_that_are_served() -> None:
    def offered(*versions: TemplateVersion) -> set[str]:
        topic = Topic(scenario=scenario(1))
        shown = pages.wordings(topic, versions, lambda text, _language: text, "en", UTC, served=("ru",))
        return {button.text for words in shown for row in words.buttons for button in row if "➕" in button.text}

    assert offered() == {"➕ Russian: write an answer"}
    # What was written in another language stays in reach.
    assert offered(wording(1, "en", "hi")) == {"➕ Russian: write an answer", "➕ English: one more"}


def test_many_short_variants_have_all_their_buttons_and_no_message_has_too_many() -> None:
    versions = [wording(number, "en", "hi") for number in range(1, 121)]
    shown = pages.wordings(Topic(scenario=scenario(1)), versions, lambda text, _language: text, "en", UTC)
    counts = [sum(len(row) for row in words.buttons) for words in shown]
    assert all(count <= 100 for count in counts)
    assert sum(counts) == 120 + 5


def test_what_was_taken_away_last_can_be_put_back_from_the_page() -> None:
    gone = [replace(wording(number, "en", text), retired_at=NOW + timedelta(hours=number)) for number, text in PAIR]
    [words] = pages.wordings(
        Topic(scenario=scenario(1)), [*gone, wording(9, "en", "hi")], lambda text, _language: text, "en", UTC
    )
    presses = [decode(button.press) for row in words.buttons for button in row if "put back" in button.text]
    assert presses == [OnWording(2, "restore")]


def test_names_and_titles_are_no_markup() -> None:
    [words] = pages.wordings(
        Topic(scenario=scenario(1)), [wording(1, "en", "hi")], lambda text, _language: text, "en", UTC
    )
    assert "&lt;Olga&gt;" in words.text
    assert "Topic &lt;1&gt;" in words.text
    assert "what &lt;belongs&gt; here" in words.text


def test_a_scenario_lists_its_answers_with_their_marks_and_the_number_of_their_wordings() -> None:
    several = replace(scenario(1), answers=(answer("COST"), answer("LOST", priority="critical"), answer("EMPTY")))
    versions = [
        wording(1, "ru", "300 ₽", of="COST"),
        wording(2, "en", "$5", of="COST"),
        replace(wording(3, "en", "$4", of="COST"), retired_at=NOW),
        wording(4, "ru", "Ищем", of="LOST"),
    ]
    [words] = lists.answers(several, versions, "ru")
    assert "<code>KEY_1</code>" in words.text
    assert "what &lt;belongs&gt; here" in words.text
    assert "300 ₽" not in words.text
    assert [(row[0].text, decode(row[0].press)) for row in words.buttons] == [
        ("⚪️ Ответ <COST> · 2", OnScenario("KEY_1", "COST")),
        ("🔴 Ответ <LOST> · 1", OnScenario("KEY_1", "LOST")),
        ("⚪️ Ответ <EMPTY> · 0", OnScenario("KEY_1", "EMPTY")),
        ("⬅️ Все сценарии", OnPack()),
    ]


def test_two_hundred_answers_have_a_button_each_and_no_message_has_too_many() -> None:
    several = replace(scenario(1), answers=tuple(answer(f"A{number}") for number in range(200)))
    shown = lists.answers(several, [], "en")
    assert all(len(words.buttons) <= 100 for words in shown)
    assert sum(len(words.buttons) for words in shown) == 200 + 1


def test_an_answer_has_the_page_of_a_scenario_with_both_titles_and_leads_back_to_its_scenario() -> None:
    several = replace(scenario(1), answers=(answer("COST", priority="high"), answer("LOST")))
    cost = topic(several, "COST")
    [words] = pages.wordings(cost, [wording(1, "en", "$5", of="COST")], lambda text, _language: text, "en", UTC)
    assert words.text.startswith("🟠 <b>Topic &lt;1&gt;: Answer &lt;COST&gt;</b> · <code>KEY_1.COST</code>")
    assert "what &lt;belongs&gt; here" not in words.text, "the classifier reads it of the whole scenario"
    assert [(button.text, decode(button.press)) for row in words.buttons for button in row] == [
        ("➕ Russian: write an answer", OnNewWording("KEY_1", "ru", "COST")),
        ("✏️ English", OnWording(1, "edit")),
        ("➕ English: one more", OnNewWording("KEY_1", "en", "COST")),
        ("💬 Let the bot propose, and people send", OnMode("suggest", "KEY_1", "COST")),
        ("🙋 Let only people answer", OnMode("off", "KEY_1", "COST")),
        ("⬅️ Topic <1>", OnScenario("KEY_1")),
    ]
    assert "Who answers: <b>the bot itself</b>" in words.text


def test_lists_tell_what_the_bot_does_not_send_by_itself() -> None:
    proposed, off = replace(answer("COST"), mode="suggest"), replace(answer("LOST"), mode="off")
    several = replace(scenario(1), answers=(proposed, off, answer("SURE")))
    [words] = lists.pack([several, scenario(2), replace(scenario(3, "escalate"), mode="off")], "en")
    assert [button.text for row in words.buttons for button in row] == [
        "⚪️ Topic <1> 💬🙋",
        "⚪️ Topic <2>",
        "⚪️ Topic <3>",
    ]
    assert "💬: the bot only proposes" in words.text
    assert "🙋: only people answer" in words.text
    [words] = lists.answers(several, [], "en")
    assert [button.text[-1] for row in words.buttons[:-1] for button in row] == ["💬", "🙋", "0"]
    assert "💬" not in lists.pack([scenario(1)], "en")[0].text


def test_an_answer_that_people_give_says_so_whatever_its_scenario_does() -> None:
    several = replace(scenario(1), answers=(answer("LOST", action="escalate"), answer("COST")))
    [lost] = pages.wordings(topic(several, "LOST"), [], lambda text, _language: text, "en", UTC)
    [cost] = pages.wordings(topic(several, "COST"), [], lambda text, _language: text, "en", UTC)
    assert "People answer such questions" in lost.text
    assert "People answer such questions" not in cost.text


def test_a_scenario_has_one_text_or_answers() -> None:
    several = replace(scenario(1), answers=(answer("COST"),))
    assert topic_in(scenario(1), None) == Topic(scenario=scenario(1))
    assert topic_in(several, None) is None
    assert topic_in(several, "LOST") is None
    assert topic_in(scenario(1), "COST") is None


def test_blocks_share_a_message_while_they_fit() -> None:
    shown = pages.sheets([Block(html="a" * 2000), Block(html="b" * 2000), Block(html="c" * 200)])
    assert [len(words.text) for words in shown] == [4002, 200]


def test_the_description_is_named_for_what_it_is() -> None:
    for speak, label in (("ru", "Что читает классификатор"), ("en", "What the classifier reads")):
        [words] = pages.wordings(
            Topic(scenario=scenario(1)), [wording(1, "en", "hi")], lambda text, _language: text, speak, UTC
        )
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
