"""From a pack to the files people edit: one phrase a line, the same bytes for the same pack."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from services.scenarios.packs.backgrounds import BACKGROUND, write_background
from services.scenarios.packs.fact_files import FACTS, facts_text
from services.scenarios.packs.toml_text import in_order, inline_table, quoted, text_of
from storage.records import Answer, Pack, Scenario, Template


def write_pack(pack: Pack, folder: Path) -> tuple[Path, ...]:
    """Write every file whole or not at all, and answer with their paths.

    Files of other scenarios in `folder` are removed, so that reading it gives this pack; anything else stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {_file_of(scenario): scenario_text(scenario) for scenario in pack.scenarios}
    for path in folder.glob("*.toml"):
        if path.name not in texts and _belongs_to_a_pack(path):
            path.unlink()
    if pack.facts:
        texts[FACTS] = facts_text(pack.facts)
    texts[BACKGROUND] = write_background(pack.background)
    return tuple(_replace(folder / name, text) for name, text in texts.items())


def _file_of(scenario: Scenario) -> str:
    name = f"{scenario.key.lower()}.toml"
    return f"scenario-{name}" if name == FACTS else name


def _belongs_to_a_pack(path: Path) -> bool:
    if path.name == FACTS:
        return True
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
    yield f"key = {quoted(scenario.key)}"
    yield f"title = {inline_table(scenario.title)}"
    yield f"description = {text_of(scenario.description)}"
    yield f"priority = {quoted(scenario.priority)}"
    yield f"action = {quoted(scenario.action)}"
    if scenario.mode is not None and not scenario.answers:
        yield f"mode = {quoted(scenario.mode)}"
    if scenario.examples:
        yield from _example_lines("examples", scenario.examples)
    for template in scenario.templates:
        yield from _template_lines("templates", template)
    for answer in scenario.answers:
        yield from _answer_lines(answer)


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield ""
    yield "[[answers]]"
    yield f"key = {quoted(answer.key)}"
    yield f"title = {inline_table(answer.title)}"
    if answer.priority is not None:
        yield f"priority = {quoted(answer.priority)}"
    if answer.action is not None:
        yield f"action = {quoted(answer.action)}"
    if answer.mode is not None:
        yield f"mode = {quoted(answer.mode)}"
    yield from _example_lines("answers.examples", answer.examples)
    for template in answer.templates:
        yield from _template_lines("answers.templates", template)


def _example_lines(table: str, examples: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"[{table}]"
    for language, phrases in in_order(examples):
        yield f"{language} = ["
        yield from (f"  {quoted(phrase)}," for phrase in phrases)
        yield "]"


def _template_lines(table: str, template: Template) -> Iterator[str]:
    yield ""
    yield f"[[{table}]]"
    yield f"language = {quoted(template.language)}"
    yield f"text = {text_of(template.text)}"
