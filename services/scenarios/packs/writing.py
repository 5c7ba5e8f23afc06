"""From a pack to the files people edit: one phrase a line, the same bytes for the same pack."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from services.scenarios.packs.backgrounds import BACKGROUND, write_background
from storage.closed_sets import LANGUAGES
from storage.records import Answer, Pack, Scenario, Template


def write_pack(pack: Pack, folder: Path) -> tuple[Path, ...]:
    """Write every file whole or not at all, and answer with their paths.

    Files of other scenarios in `folder` are removed, so that reading it gives this pack; anything else stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{scenario.key.lower()}.toml": scenario_text(scenario) for scenario in pack.scenarios}
    for path in folder.glob("*.toml"):
        if path.name not in texts and _holds_scenario(path):
            path.unlink()
    texts[BACKGROUND] = write_background(pack.background)
    return tuple(_replace(folder / name, text) for name, text in texts.items())


def _holds_scenario(path: Path) -> bool:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    return {"key", "title", "action"} <= document.keys()


def _replace(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def scenario_text(scenario: Scenario) -> str:
    return "\n".join(_lines(scenario)) + "\n"


def _lines(scenario: Scenario) -> Iterator[str]:
    titles = ", ".join(f"{language} = {_quoted(title)}" for language, title in _in_order(scenario.title))
    yield f"key = {_quoted(scenario.key)}"
    yield f"title = {{ {titles} }}"
    yield f"description = {_text(scenario.description)}"
    yield f"priority = {_quoted(scenario.priority)}"
    yield f"action = {_quoted(scenario.action)}"
    if scenario.examples:
        yield from _example_lines("examples", scenario.examples)
    for template in scenario.templates:
        yield from _template_lines("templates", template)
    for answer in scenario.answers:
        yield from _answer_lines(answer)


def _answer_lines(answer: Answer) -> Iterator[str]:
    titles = ", ".join(f"{language} = {_quoted(title)}" for language, title in _in_order(answer.title))
    yield ""
    yield "[[answers]]"
    yield f"key = {_quoted(answer.key)}"
    yield f"title = {{ {titles} }}"
    if answer.priority is not None:
        yield f"priority = {_quoted(answer.priority)}"
    if answer.action is not None:
        yield f"action = {_quoted(answer.action)}"
    yield from _example_lines("answers.examples", answer.examples)
    for template in answer.templates:
        yield from _template_lines("answers.templates", template)


def _example_lines(table: str, examples: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"[{table}]"
    for language, phrases in _in_order(examples):
        yield f"{language} = ["
        yield from (f"  {_quoted(phrase)}," for phrase in phrases)
        yield "]"


def _template_lines(table: str, template: Template) -> Iterator[str]:
    yield ""
    yield f"[[{table}]]"
    yield f"language = {_quoted(template.language)}"
    yield f"text = {_text(template.text)}"


Value = TypeVar("Value")


def _in_order(by_language: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """The bot's own languages, then the others: the order people see in the starter files."""
    ours: dict[str, int] = {language: place for place, language in enumerate(LANGUAGES)}
    return sorted(by_language.items(), key=lambda item: (ours.get(item[0], len(ours)), item[0]))


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and "\\" not in text and not _CONTROL.search(text):
        return f"'{text}'"
    return '"' + re.sub(r'[\x00-\x1f\x7f"\\]', _escape, text) + '"'


def _text(text: str) -> str:
    """Write a text of several lines as several lines."""
    if "\n" not in text:
        return _quoted(text)
    body = re.sub(r'[\x00-\x09\x0b-\x1f\x7f\\]|""(?=")|"$', _escape, text)
    return f'"""\n{body}"""'


def _escape(match: re.Match[str]) -> str:
    return "".join(_ESCAPES.get(char) or f"\\u{ord(char):04x}" for char in match.group())
