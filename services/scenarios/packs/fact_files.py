"""`facts.toml`: what answers need to know from the business, as questions to its owner."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast, get_args

from services.scenarios.fact_types import MOST, fault
from services.scenarios.packs.problems import Complaints
from services.scenarios.packs.toml_document import Sheet, open_sheet
from services.scenarios.packs.toml_lines import Path
from services.scenarios.packs.toml_text import inline_table, quoted
from services.texts import LANGUAGES
from storage.closed_sets import FactType, Language
from storage.records import Fact

FACTS: Final = "facts.toml"
_KEYS: Final = ("key", "type", "question", "example")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,2}")
_MOST_KEY: Final = 40
_MOST_QUESTION: Final = 300
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedFact:
    """A fact, and the line its key stands in."""

    fact: Fact
    line: int


def read_facts(source: str, complaints: Complaints) -> tuple[LocatedFact, ...]:
    """Read what can be read, in the order of keys. Everything wrong is in `complaints`."""
    sheet = open_sheet(source, complaints)
    if sheet is None:
        return ()
    sheet.only((), ("facts",))
    listed = sheet.array("facts")
    if sheet.value("facts") is not None and not listed:
        complaints.error(sheet.line("facts"), "facts must be tables", "begin each with [[facts]]")
    found = [_fact(sheet, ("facts", number)) for number in range(len(listed))]
    known: dict[str, LocatedFact] = {}
    for one in found:
        if one.fact.key:
            _against(known, one, complaints)
    return tuple(sorted(known.values(), key=lambda each: each.fact.key))


def _against(known: dict[str, LocatedFact], one: LocatedFact, complaints: Complaints) -> None:
    """Add a fact to the others, unless its key is one of theirs, or a group of them."""
    key = one.fact.key
    same = known.setdefault(key, one)
    if same is not one:
        complaints.error(one.line, f"{key} stands already in line {same.line}", "rename one or remove it")
    for other in list(known):
        if other.startswith(f"{key}.") or key.startswith(f"{other}."):
            message = f"{key} and {other} cannot both be facts: one would be a group of the other"
            complaints.error(one.line, message, "rename one of them")


def _fact(sheet: Sheet, path: Path) -> LocatedFact:
    sheet.only(path, _KEYS)
    key = sheet.text(*path, "key", most=_MOST_QUESTION)
    line = sheet.line(*path, "key")
    if key and (not _KEY.fullmatch(key) or len(key) > _MOST_KEY):
        fix = "use up to 40 of a–z, 0–9 and _, with a dot between a group and a name: delivery.cost"
        sheet.complaints.error(line, f"{key!r} cannot be the key of a fact", fix)
        key = ""
    kind = cast("FactType", sheet.choice(*path, "type", known=get_args(FactType)))
    fact = Fact(
        key=key,
        type=kind,
        question=_by_language(sheet, (*path, "question"), most=_MOST_QUESTION),
        example=_by_language(sheet, (*path, "example"), most=MOST),
    )
    for language, example in fact.example.items():
        wrong = fault(kind, example) if example else None
        if wrong is not None:
            message = f"example.{language} cannot be {example!r}"
            sheet.complaints.error(sheet.line(*path, "example", language), message, wrong.words("en"))
    return LocatedFact(fact=fact, line=line)


def _by_language(sheet: Sheet, path: Path, *, most: int) -> dict[Language, str]:
    """Read a text in each language of the bot, and in others where there are some."""
    given = sheet.table(*path)
    for language in given:
        if not _LANGUAGE.fullmatch(language):
            name = ".".join(map(str, (*path, language)))
            sheet.complaints.error(sheet.line(*path, language), f"{name} is no language", "use a code such as ru")
    wanted = dict.fromkeys((*LANGUAGES, *given))
    return {language: sheet.text(*path, language, most=most) for language in wanted}


def facts_text(facts: Iterable[Fact]) -> str:
    """Write the file: the same bytes for the same facts."""
    return "\n".join(_entry(fact) for fact in sorted(facts, key=lambda fact: fact.key))


def _entry(fact: Fact) -> str:
    lines = (
        "[[facts]]",
        f"key = {quoted(fact.key)}",
        f"type = {quoted(fact.type)}",
        f"question = {inline_table(fact.question)}",
        f"example = {inline_table(fact.example)}",
    )
    return "".join(f"{line}\n" for line in lines)
