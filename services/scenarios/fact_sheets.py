"""Values of facts as a TOML file: `key = "value"` in all languages, or `key = { ru = "…", en = "…" }`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from services.scenarios.fact_types import cleaned, fault
from services.scenarios.facts import Facts
from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.toml_document import Sheet, open_sheet
from services.scenarios.packs.toml_lines import Path
from services.scenarios.packs.toml_text import inline_table, text_of
from storage.closed_sets import Language
from storage.facts import EVERY
from storage.records import Fact

LANGUAGE: Final = re.compile(r"[a-z]{2}")
Values = Mapping[str, Mapping[Language, str]]
"""By key and language."""


def near(key: str, known: Mapping[str, Fact]) -> str:
    """Return what to do about a key that no fact has."""
    like = [each for each in known if each.endswith(f".{key}")] or get_close_matches(key, known, n=1)
    return f"did you mean {like[0]}?" if like else "`support-bot facts list` shows all"


def read_values(source: str, known: Mapping[str, Fact], complaints: Complaints) -> Values:
    """Read the values that will do; everything else is in `complaints`."""
    sheet = open_sheet(source, complaints)
    return dict(_below(sheet, (), known)) if sheet else {}


def _below(sheet: Sheet, path: Path, known: Mapping[str, Fact]) -> Iterator[tuple[str, Mapping[Language, str]]]:
    """Walk through groups: `delivery.cost` may stand as such, in a table `[delivery]`, or in quotes."""
    for name, value in sheet.table(*path).items():
        place = (*path, name)
        key = ".".join(map(str, place))
        if key in known:
            yield key, _values(sheet, place, known[key])
        elif isinstance(value, Mapping) and any(each.startswith(f"{key}.") for each in known):
            yield from _below(sheet, place, known)
        else:
            sheet.complaints.error(sheet.line(*place), f"there is no fact {key}", near(key, known))


def _values(sheet: Sheet, path: Path, fact: Fact) -> Mapping[Language, str]:
    given = sheet.value(*path)
    said = given if isinstance(given, Mapping) else {EVERY: given}
    found: dict[Language, str] = {}
    for language, value in said.items():
        place = (*path, language) if isinstance(given, Mapping) else path
        if language != EVERY and not LANGUAGE.fullmatch(language):
            sheet.complaints.error(sheet.line(*place), f"{language!r} is no language", 'use a code such as ru, or "*"')
        elif (text := _text(value)) is None:
            sheet.complaints.error(sheet.line(*place), f"{fact.key} must be a text", "write it in quotes")
        elif wrong := fault(fact.type, cleaned(text)):
            sheet.complaints.error(sheet.line(*place), f"{fact.key}: {text!r} will not do", wrong.words("en"))
        else:
            found[language] = cleaned(text)
    return found


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def values_text(facts: Facts, speak: str) -> str:
    """Write the file: each fact under its question; one without a value as a comment with its example."""
    return "\n".join("".join(f"{line}\n" for line in _entry(fact, facts, speak)) for fact in _sorted(facts))


def _sorted(facts: Facts) -> list[Fact]:
    return [facts.definitions[key] for key in sorted(facts.definitions)]


def _entry(fact: Fact, facts: Facts, speak: str) -> Iterator[str]:
    yield f"# {facts.question(fact.key, speak)}"
    values = facts.stored.get(fact.key, {})
    if not values:
        yield f"# {fact.key} = {inline_table(fact.example)}"
    elif set(values) == {EVERY}:
        yield f"{fact.key} = {text_of(values[EVERY])}"
    else:
        yield f"{fact.key} = {inline_table(values)}"
