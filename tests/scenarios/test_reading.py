"""Every mistake an admin can make in a scenario file is named with its file, its line and the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.scenarios.packs import PackInvalid, Problem, inspect_pack, read_pack

GOOD = '''\
key = "PAYMENT"
title = { ru = "Оплата", en = "Payment" }
description = "paying"
priority = "medium"
action = "answer"

[examples]
ru = [
  "не проходит оплата",
  "где чек",
]
en = [
  "card declined",
]

[[templates]]
language = "ru"
text = "Проверим{{ customer.first_name }}"

[[templates]]
language = "en"
text = """
We will check.
Really."""
'''
BACKGROUND = '{"language": "ru", "text": "какая погода"}\n'


def _folder(path: Path, payment: str = GOOD, background: str | None = BACKGROUND, **more: str) -> Path:
    (path / "payment.toml").write_text(payment, encoding="utf-8")
    if background is not None:
        (path / "background.jsonl").write_text(background, encoding="utf-8")
    for name, text in more.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def _problems(folder: Path) -> list[Problem]:
    return list(inspect_pack(folder).problems)


def test_a_good_folder_is_a_pack(tmp_path: Path) -> None:
    pack = read_pack(_folder(tmp_path))
    assert [scenario.key for scenario in pack.scenarios] == ["PAYMENT"]
    assert pack.scenarios[0].examples["ru"] == ("не проходит оплата", "где чек")
    assert pack.scenarios[0].templates[1].text == "We will check.\nReally."
    assert len(pack.version) == 16


MISTAKES = [
    # what is written instead of what, the line, the words of the message, the words of the fix
    ('key = "PAYMENT"', 'key = "pay-ment"', 1, "cannot be a key", "A–Z"),
    ('key = "PAYMENT"', 'key = "UNKNOWN"', 1, "cannot be a key", "UNKNOWN"),
    ('key = "PAYMENT"', "key = 7", 1, "must be a text", "quotes"),
    ('key = "PAYMENT"\n', "", 1, "key is missing", "add key"),
    (', en = "Payment"', "", 2, "title.en is missing", "add en"),
    ('en = "Payment"', 'en = "' + "x" * 80 + '"', 2, "80 characters", "shorten"),
    ('description = "paying"', 'descripton = "paying"', 3, "unknown key descripton", "did you mean description?"),
    ('"medium"', '"urgent"', 4, "priority cannot be 'urgent'", "critical"),
    ('"answer"', '"reply"', 5, "action cannot be 'reply'", "escalate"),
    ('action = "answer"', "action = answer", 5, "not TOML", "quotes"),
    ('  "где чек",', '  "",', 10, "must be a text that is not empty", "quotes"),
    ('  "где чек",', "  5,", 10, "must be a text", "quotes"),
    ('  "где чек",', '  "' + "а" * 400 + '",', 10, "400 characters", "split"),
    ('en = [\n  "card declined",\n]', "en = []", 12, "examples.en holds no phrases", "write"),
    (
        'en = [\n  "card declined",\n]',
        'english = ["card declined"]',
        12,
        "examples.english is no language",
        "two-letter",
    ),
    ('language = "ru"', 'language = "Russian"', 17, "'Russian' is no language", "two-letter"),
    ('language = "ru"', 'lang = "ru"', 17, "unknown key templates.0.lang", "did you mean language?"),
    ("customer.first_name", "customer.firstname", 18, "unknown variable customer.firstname", "customer.first_name"),
    ("{{ customer.first_name }}", "{{ customer.first_name", 18, "", "Jinja2"),
    ("Really.", "Really. {{ total }}", 24, "unknown variable total", "known"),
    ("We will check.", "<b>We</i> will check.", 23, "closes <b>", "close </b>"),
    ("We will check.", "5 < 6", 23, "'<'", "&lt;"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[3])
def test_a_mistake_is_named(tmp_path: Path, mistake: tuple[str, str, int, str, str]) -> None:
    right, wrong, line, message, fix = mistake
    folder = _folder(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(PackInvalid) as refusal:
        read_pack(folder)
    found = [each for each in refusal.value.problems if each.severity == "error" and each.line == line]
    assert any(message in each.message and fix in each.fix for each in found), str(refusal.value)
    assert {each.file for each in refusal.value.problems} == {str(folder / "payment.toml")}


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("PAYMENT", "p").replace("medium", "m").replace("Really.", "{{ x }}")
    assert [problem.line for problem in _problems(_folder(tmp_path, text))] == [1, 4, 24]


BACKGROUND_MISTAKES = [
    ("{", "not JSON"),
    ('["ru", "погода"]', "exactly"),
    ('{"language": "ru"}', "exactly"),
    ('{"language": "russian", "text": "погода"}', "is no language"),
    ('{"language": "ru", "text": " "}', "characters"),
]


@pytest.mark.parametrize(("line", "message"), BACKGROUND_MISTAKES)
def test_a_bad_background_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    (problem,) = _problems(_folder(tmp_path, background=f"{BACKGROUND}\n{line}\n"))
    assert (problem.file, problem.line, problem.severity) == (str(tmp_path / "background.jsonl"), 3, "error")
    assert message in problem.message


def test_phrases_that_contradict_each_other_name_both_places(tmp_path: Path) -> None:
    other = GOOD.replace("PAYMENT", "REFUND").replace("где чек", "ГДЕ   Чек").replace("card declined", "money back")
    other = other.replace("не проходит оплата", "верните деньги")
    (problem,) = _problems(_folder(tmp_path, refund=other))
    assert (problem.file, problem.line, problem.severity) == (str(tmp_path / "refund.toml"), 10, "error")
    assert f"{tmp_path / 'payment.toml'}:10" in problem.message
    assert "REFUND" in problem.message
    assert "PAYMENT" in problem.message


def test_a_phrase_of_a_scenario_cannot_be_background(tmp_path: Path) -> None:
    (problem,) = _problems(_folder(tmp_path, background='{"language": "ru", "text": "Где чек"}\n'))
    assert (problem.line, problem.severity) == (1, "error")


def test_two_files_with_one_key(tmp_path: Path) -> None:
    other = GOOD.replace("не проходит оплата", "a").replace("где чек", "b").replace("card declined", "c")
    (problem,) = _problems(_folder(tmp_path, zz=other))
    assert (problem.file, problem.line) == (str(tmp_path / "zz.toml"), 1)
    assert str(tmp_path / "payment.toml") in problem.message


NOTICES = [
    ('[[templates]]\nlanguage = "en"', '[[templates]]\nlanguage = "ru"', 16, "no template in en"),
    ('en = [\n  "card declined",\n]\n', "", 7, "no examples in en"),
    ('"где чек"', '"Не проходит оплата"', 10, "stands already"),
    ('action = "answer"', 'action = "escalate"', 16, "sends no template"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "message"), NOTICES)
def test_a_notice_stops_nothing(tmp_path: Path, right: str, wrong: str, line: int, message: str) -> None:
    reading = inspect_pack(_folder(tmp_path, GOOD.replace(right, wrong, 1)))
    assert reading.pack is not None
    assert [(each.line, each.severity, message in each.message) for each in reading.problems] == [
        (line, "notice", True)
    ]


def test_an_answer_without_any_template_is_an_error(tmp_path: Path) -> None:
    (problem,) = _problems(_folder(tmp_path, GOOD.partition("[[templates]]")[0]))
    assert (problem.line, problem.severity) == (5, "error")


def test_no_background_is_a_notice(tmp_path: Path) -> None:
    (problem,) = _problems(_folder(tmp_path, background=None))
    assert problem.severity == "notice"


def test_an_empty_folder_and_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid, match="no scenario files here"):
        read_pack(tmp_path)
    with pytest.raises(PackInvalid, match="no such folder"):
        read_pack(tmp_path / "nowhere")


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "payment.toml").write_bytes(GOOD.encode("cp1251", "replace"))
    (problem,) = (each for each in _problems(folder) if each.file.endswith("payment.toml"))
    assert (problem.line, problem.message) == (2, "not UTF-8")


def test_windows_files_are_fine(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "payment.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert _problems(folder) == []


def test_a_problem_reads_as_place_mistake_and_fix(tmp_path: Path) -> None:
    (problem,) = _problems(_folder(tmp_path, GOOD.replace("medium", "urgent")))
    assert str(problem) == (
        f"{tmp_path / 'payment.toml'}:4: error: priority cannot be 'urgent'; write one of low, medium, high, critical"
    )
