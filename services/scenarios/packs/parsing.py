"""One scenario file: every key is known, every value fits, every mistake names its line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, cast, get_args

from services import templates
from services.scenarios.packs.phrases import Phrase
from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.toml_document import Sheet, open_sheet
from storage.records import Action, Language, Priority, Scenario, Template

LANGUAGES: Final = ("ru", "en")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
MAX_PHRASE: Final = 300
_MAX_TITLE: Final = 60
_MAX_DESCRIPTION: Final = 2000
_KEY: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_RESERVED: Final = "UNKNOWN"
_KEYS: Final = ("key", "title", "description", "priority", "action", "examples", "templates")


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
    scenario = Scenario(
        key=_key(sheet),
        title=_title(sheet),
        description=sheet.text("description", most=_MAX_DESCRIPTION),
        priority=cast("Priority", sheet.choice("priority", known=get_args(Priority))),
        action=cast("Action", sheet.choice("action", known=get_args(Action))),
        examples=_examples(sheet),
        templates=_templates(sheet),
    )
    _missing_answers(sheet, scenario)
    file = sheet.complaints.file
    return Located(scenario=scenario, phrases=_phrases(sheet, scenario), file=file, line=sheet.line("key"))


def _key(sheet: Sheet) -> str:
    key = sheet.text("key", most=_MAX_DESCRIPTION)
    if key and (not _KEY.fullmatch(key) or key == _RESERVED):
        fix = f"use up to 40 of A–Z, 0–9 and _, a letter first, and not {_RESERVED}"
        sheet.complaints.error(sheet.line("key"), f"{key!r} cannot be a key", fix)
    return key


def _title(sheet: Sheet) -> dict[Language, str]:
    _languages(sheet, "title")
    wanted = [*LANGUAGES, *(language for language in sheet.table("title") if language not in LANGUAGES)]
    return {language: sheet.text("title", language, most=_MAX_TITLE) for language in wanted}


def _languages(sheet: Sheet, name: str) -> None:
    for language in sheet.table(name):
        if not LANGUAGE.fullmatch(language):
            line = sheet.line(name, language)
            sheet.complaints.error(line, f"{name}.{language} is no language", "use a two-letter code such as ru")


def _examples(sheet: Sheet) -> dict[Language, tuple[str, ...]]:
    _languages(sheet, "examples")
    if not sheet.table("examples"):
        sheet.complaints.error(sheet.line("examples"), "no examples", 'add [examples] with ru = ["…"] and en = ["…"]')
        return {}
    for language in LANGUAGES:
        if language not in sheet.table("examples"):
            message = f"no examples in {language}: messages in it will not be recognised"
            sheet.complaints.notice(sheet.line("examples"), message, f'add {language} = ["…"]')
    return {language: _phrases_in(sheet, language) for language in sheet.table("examples")}


def _phrases_in(sheet: Sheet, language: Language) -> tuple[str, ...]:
    listed = sheet.array("examples", language)
    if not listed:
        line = sheet.line("examples", language)
        sheet.complaints.error(line, f"examples.{language} holds no phrases", 'write ["…", "…"]')
    return tuple(sheet.text("examples", language, number, most=MAX_PHRASE) for number in range(len(listed)))


def _phrases(sheet: Sheet, scenario: Scenario) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(text, scenario.key, sheet.complaints.file, sheet.line("examples", language, number))
        for language, phrases in scenario.examples.items()
        for number, text in enumerate(phrases)
        if text
    )


def _templates(sheet: Sheet) -> tuple[Template, ...]:
    if sheet.value("templates") is not None and not sheet.array("templates"):
        sheet.complaints.error(sheet.line("templates"), "templates must be tables", "begin each with [[templates]]")
    return tuple(_template(sheet, number) for number in range(len(sheet.array("templates"))))


def _template(sheet: Sheet, number: int) -> Template:
    path = ("templates", number)
    sheet.only(path, ("language", "text"))
    language = sheet.text(*path, "language", most=_MAX_DESCRIPTION)
    if language and not LANGUAGE.fullmatch(language):
        line = sheet.line(*path, "language")
        sheet.complaints.error(line, f"{language!r} is no language", "use a two-letter code such as ru")
    text = sheet.text(*path, "text", most=templates.MAX_SOURCE)
    place = sheet.place(*path, "text")
    for problem in templates.check(text, facts=sheet.facts) if text else ():
        line = min(place.text + problem.line - 1, place.end)
        sheet.complaints.error(line, *templates.explain(problem, "en"))
    return Template(language=language, text=text)


def _missing_answers(sheet: Sheet, scenario: Scenario) -> None:
    answered = {template.language for template in scenario.templates}
    if scenario.action == "escalate":
        if answered:
            sheet.complaints.notice(sheet.line("templates"), "escalate sends no template", "remove it or answer too")
    elif not answered:
        sheet.complaints.error(sheet.line("action"), f"{scenario.action} needs a template", "add [[templates]]")
    else:
        for language in (each for each in LANGUAGES if each not in answered):
            message = f"no template in {language}: customers get another language"
            sheet.complaints.notice(sheet.line("templates"), message, f'add [[templates]] with language = "{language}"')
