"""One scenario file: every key is known, every value fits, every mistake names its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast, get_args

from services.scenarios.packs.parts import (
    MAX_TEXT,
    located_phrases,
    missing_examples,
    missing_templates,
    read_examples,
    read_key,
    read_templates,
    read_title,
)
from services.scenarios.packs.phrases import Phrase
from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.toml_document import Sheet, open_sheet
from services.scenarios.packs.toml_lines import Path
from storage.closed_sets import Action, AnswerMode, Priority
from storage.records import Answer, Scenario

MAX_TITLE: Final = 60
MAX_BUTTON: Final = 40
"""Characters of an answer's title: it stands on a button, and a phone shows about so many."""
MAX_KEYS: Final = 56
"""Letters of a scenario's and an answer's key together: a button carries both, and takes 64 bytes."""
_KEYS: Final = ("key", "title", "description", "priority", "action", "mode", "examples", "templates", "answers")
_ANSWER_KEYS: Final = ("key", "title", "priority", "action", "mode", "examples", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A scenario, with the places its key and its phrases stand at."""

    scenario: Scenario
    phrases: tuple[Phrase, ...]
    file: str
    line: int


def read_scenario(source: str, complaints: Complaints, *, facts: Collection[str] | None = None) -> Located | None:
    """Read what can be read; None when it is not even TOML. Everything wrong is in `complaints`.

    `facts`: the keys that templates may name.
    """
    sheet = open_sheet(source, complaints, facts=facts)
    return _located(sheet) if sheet else None


def _located(sheet: Sheet) -> Located:
    sheet.only((), _KEYS)
    action = cast("Action", sheet.choice("action", known=get_args(Action)))
    mode = cast("AnswerMode | None", _said(sheet, ("mode",), get_args(AnswerMode)))
    scenario = Scenario(
        key=read_key(sheet),
        title=read_title(sheet, most=MAX_TITLE),
        description=sheet.text("description", most=MAX_TEXT),
        priority=cast("Priority", sheet.choice("priority", known=get_args(Priority))),
        action=action,
        examples=read_examples(sheet),
        templates=read_templates(sheet),
        answers=_answers(sheet, action, mode),
        mode=mode,
    )
    _one_form(sheet, scenario)
    _fitting_keys(sheet, scenario)
    return Located(
        scenario=scenario,
        phrases=tuple(_phrases(sheet, scenario)),
        file=sheet.complaints.file,
        line=sheet.line("key"),
    )


def _one_form(sheet: Sheet, scenario: Scenario) -> None:
    """A scenario has one text, or several answers with texts of their own."""
    if not scenario.answers:
        missing_examples(sheet)
        missing_templates(sheet, (), scenario.action, scenario.templates)
    elif scenario.templates:
        message = "a scenario with answers has no templates of its own: each text belongs to the question it answers"
        sheet.complaints.error(sheet.line("templates"), message, "move them below an answer: [[answers.templates]]")


def _fitting_keys(sheet: Sheet, scenario: Scenario) -> None:
    for number, answer in enumerate(scenario.answers):
        if len(scenario.key) + len(answer.key) > MAX_KEYS:
            message = f"{scenario.key} and {answer.key} are longer than {MAX_KEYS} letters together"
            sheet.complaints.error(sheet.line("answers", number, "key"), message, "shorten one of them")


def _said(sheet: Sheet, path: Path, known: Sequence[str]) -> str | None:
    """Return a choice that may be left out."""
    return sheet.choice(*path, known=known) if sheet.value(*path) is not None else None


def _answers(sheet: Sheet, action: Action, mode: AnswerMode | None) -> tuple[Answer, ...]:
    listed = sheet.array("answers")
    if sheet.value("answers") is not None and not listed:
        sheet.complaints.error(sheet.line("answers"), "answers must be tables", "begin each with [[answers]]")
    read = tuple(_answer(sheet, ("answers", number), action, mode) for number in range(len(listed)))
    seen: dict[str, int] = {}
    for number, answer in enumerate(read):
        line = sheet.line("answers", number, "key")
        if answer.key and seen.setdefault(answer.key, line) != line:
            sheet.complaints.error(line, f"{answer.key} stands already in line {seen[answer.key]}", "rename one")
    return read


def _answer(sheet: Sheet, path: Path, scenario_action: Action, mode: AnswerMode | None) -> Answer:
    sheet.only(path, _ANSWER_KEYS)
    priority, action, own_mode = (
        _said(sheet, (*path, name), get_args(known))
        for name, known in (("priority", Priority), ("action", Action), ("mode", AnswerMode))
    )
    answer = Answer(
        key=read_key(sheet, path),
        title=read_title(sheet, path, most=MAX_BUTTON),
        examples=read_examples(sheet, path),
        templates=read_templates(sheet, path),
        priority=cast("Priority | None", priority),
        action=cast("Action | None", action),
        mode=cast("AnswerMode | None", own_mode) or mode,
    )
    missing_examples(sheet, path)
    missing_templates(sheet, path, answer.action or scenario_action, answer.templates)
    return answer


def _phrases(sheet: Sheet, scenario: Scenario) -> Iterator[Phrase]:
    yield from located_phrases(sheet, (), dict(scenario.examples), scenario.key)
    for number, answer in enumerate(scenario.answers):
        yield from located_phrases(sheet, ("answers", number), dict(answer.examples), f"{scenario.key}.{answer.key}")
