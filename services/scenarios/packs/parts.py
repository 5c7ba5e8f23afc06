"""What a scenario and an answer are written with: titles, phrases, templates. `path` is where it stands in the file."""

from __future__ import annotations

import re
from typing import Final

from services import templates
from services.scenarios.packs.phrases import Phrase
from services.scenarios.packs.toml_document import Sheet
from services.scenarios.packs.toml_lines import Path
from storage.closed_sets import LANGUAGES, Action, Language
from storage.records import Template

MAX_PHRASE: Final = 300
MAX_TEXT: Final = 2000
LANGUAGE: Final = re.compile(r"[a-z]{2}")
KEY: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
RESERVED: Final = "UNKNOWN"


def read_key(sheet: Sheet, path: Path = ()) -> str:
    key = sheet.text(*path, "key", most=MAX_TEXT)
    if key and (not KEY.fullmatch(key) or key == RESERVED):
        fix = f"use up to 40 of A–Z, 0–9 and _, a letter first, and not {RESERVED}"
        sheet.complaints.error(sheet.line(*path, "key"), f"{key!r} cannot be a key", fix)
    return key


def read_title(sheet: Sheet, path: Path = (), *, most: int) -> dict[Language, str]:
    known_languages(sheet, (*path, "title"))
    titles = sheet.table(*path, "title")
    wanted = [*LANGUAGES, *(language for language in titles if language not in LANGUAGES)]
    return {language: sheet.text(*path, "title", language, most=most) for language in wanted}


def known_languages(sheet: Sheet, path: Path) -> None:
    """Complain about keys of a table that are no language."""
    for language in sheet.table(*path):
        if not LANGUAGE.fullmatch(language):
            name = ".".join(map(str, (*path, language)))
            message = f"{name} is no language"
            sheet.complaints.error(sheet.line(*path, language), message, "use a two-letter code such as ru")


def read_examples(sheet: Sheet, path: Path = ()) -> dict[Language, tuple[str, ...]]:
    known_languages(sheet, (*path, "examples"))
    return {language: _phrases_in(sheet, (*path, "examples", language)) for language in sheet.table(*path, "examples")}


def missing_examples(sheet: Sheet, path: Path = ()) -> None:
    """Complain where there are no phrases, or none in a language."""
    table = sheet.table(*path, "examples")
    line = sheet.line(*path, "examples")
    if not table:
        sheet.complaints.error(line, "no examples", 'add [examples] with ru = ["…"] and en = ["…"]')
        return
    for language in (each for each in LANGUAGES if each not in table):
        message = f"no examples in {language}: messages in it will not be recognised"
        sheet.complaints.notice(line, message, f'add {language} = ["…"]')


def _phrases_in(sheet: Sheet, path: Path) -> tuple[str, ...]:
    listed = sheet.array(*path)
    if not listed:
        message = f"{'.'.join(map(str, path))} holds no phrases"
        sheet.complaints.error(sheet.line(*path), message, 'write ["…", "…"]')
    return tuple(sheet.text(*path, number, most=MAX_PHRASE) for number in range(len(listed)))


def located_phrases(
    sheet: Sheet, path: Path, examples: dict[Language, tuple[str, ...]], teaches: str
) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(text, teaches, sheet.complaints.file, sheet.line(*path, "examples", language, number))
        for language, phrases in examples.items()
        for number, text in enumerate(phrases)
        if text
    )


def read_templates(sheet: Sheet, path: Path = ()) -> tuple[Template, ...]:
    place = (*path, "templates")
    name = _table(place)
    if sheet.value(*place) is not None and not sheet.array(*place):
        sheet.complaints.error(sheet.line(*place), f"{name} must be tables", f"begin each with [[{name}]]")
    return tuple(_template(sheet, (*place, number)) for number in range(len(sheet.array(*place))))


def _table(path: Path) -> str:
    """Return what stands between the double brackets: `answers.templates`."""
    return ".".join(part for part in path if isinstance(part, str))


def _template(sheet: Sheet, path: Path) -> Template:
    sheet.only(path, ("language", "text"))
    language = sheet.text(*path, "language", most=MAX_TEXT)
    if language and not LANGUAGE.fullmatch(language):
        line = sheet.line(*path, "language")
        sheet.complaints.error(line, f"{language!r} is no language", "use a two-letter code such as ru")
    text = sheet.text(*path, "text", most=templates.MAX_SOURCE)
    place = sheet.place(*path, "text")
    for problem in templates.check(text, facts=sheet.facts) if text else ():
        line = min(place.text + problem.line - 1, place.end)
        sheet.complaints.error(line, *templates.explain(problem, "en"))
    return Template(language=language, text=text)


def missing_templates(sheet: Sheet, path: Path, action: Action, written: tuple[Template, ...]) -> None:
    """Complain where what is to be answered has no text, or none in a language."""
    answered = {template.language for template in written}
    place = (*path, "templates")
    name = _table(place)
    if action == "escalate":
        if answered:
            sheet.complaints.notice(sheet.line(*place), "escalate sends no template", "remove it or answer too")
    elif not answered:
        line = sheet.line(*path, "action") if path == () else sheet.line(*path, "key")
        sheet.complaints.error(line, f"{action} needs a template", f"add [[{name}]]")
    else:
        for language in (each for each in LANGUAGES if each not in answered):
            message = f"no template in {language}: customers get another language"
            sheet.complaints.notice(sheet.line(*place), message, f'add [[{name}]] with language = "{language}"')
