"""`support-bot facts list|set|import|export`: what the business tells about itself, in the database."""

from __future__ import annotations

import getpass
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from bot.settings import Settings
from services.scenarios import fact_values
from services.scenarios.fact_sheets import LANGUAGE, near, read_values, values_text
from services.scenarios.fact_types import cleaned, fault
from services.scenarios.facts import HOURS, Facts, Waiting, waiting
from services.scenarios.knowledge import load
from services.scenarios.packs.problems import Complaints
from services.texts import LANGUAGES
from services.working_hours.reading import read
from services.working_hours.tokens import Unreadable
from services.working_hours.writing import written
from storage.facts import EVERY
from storage.records import Fact
from storage.store import Store

NONE_YET: Final = "the database asks for no facts yet; `support-bot run` or `scenarios import` brings them in"
_NAMES: Final = {EVERY: "all"}


def show(settings: Settings, *, only_missing: bool) -> int:
    """Print each fact: whether it is filled in, what it says, who waits for it. 1 when none is asked for."""

    async def look(store: Store) -> tuple[Facts, list[Waiting]]:
        facts = await fact_values.load_facts(store, settings.facts)
        pack = await load(store)
        return facts, list(waiting(pack.scenarios, facts, LANGUAGES))

    facts, waits = work(settings, look)
    if not facts.definitions:
        click.echo(NONE_YET)
        return 1
    held_up: defaultdict[str, list[Waiting]] = defaultdict(list)
    for one in waits:
        for key in one.facts:
            held_up[key].append(one)
    for key in sorted(facts.definitions):
        if not (only_missing and _is_whole(facts, key)):
            for line in _lines(facts, facts.definitions[key], held_up[key], settings.app.language):
                click.echo(visible(line))
    click.echo(_summary(facts, waits))
    return 0


def set_(settings: Settings, key: str, value: str | None, *, language: str | None, remove: bool) -> int:
    """Fill in one fact, or take its value away."""
    if (value is None) is not remove:
        raise Refusal(
            "VALUE is missing; write it behind the key, or --remove"
            if value is None
            else "either VALUE or --remove, not both"
        )
    if language is not None and not LANGUAGE.fullmatch(language):
        raise Refusal(f"--language: {language!r} is no language; use a two-letter code such as ru")

    async def change(store: Store) -> str:
        fact = _named(key, await fact_values.load_facts(store))
        if value is None:
            gone = await store.write(lambda unit: fact_values.remove(unit, key, language))
            return f"{key}: {gone} value{'s' if gone != 1 else ''} removed" if gone else f"{key}: there was no value"
        text = _checked(fact, value)
        where = language or EVERY
        await store.write(lambda unit: fact_values.put(unit, key, where, text, author=_author()))
        told = f"{key}: set{f' in {language}' if language else ''}; running bots learn it within seconds"
        return f"{told}\n{_understood(text)}" if key == HOURS else told

    click.echo(visible(work(settings, change)))
    return 0


def import_(settings: Settings, file: Path) -> int:
    """Let the facts that a file names say what it says; 1 when it has a mistake, and then nothing changes."""
    source = _source(file)
    complaints = Complaints(str(file))

    async def bring(store: Store) -> tuple[int, int]:
        facts = await fact_values.load_facts(store)
        if not facts.definitions:
            complaints.error(0, NONE_YET.partition(";")[0], NONE_YET.partition("; ")[2])
        values = read_values(source, facts.definitions, complaints) if facts.definitions else {}
        if complaints.found:
            return 0, 0
        author = f"import {file.name}"
        return len(values), await store.write(lambda unit: fact_values.put_all(unit, values, author=author))

    named, changed = work(settings, bring)
    for problem in complaints.found:
        click.echo(visible(str(problem)))
    if complaints.found:
        return 1
    told = f"{changed} value{'s' if changed != 1 else ''} changed; running bots learn it within seconds"
    click.echo(f"{file}: {named} facts, {told if changed else 'nothing to change'}")
    return 0


def export(settings: Settings, file: Path) -> int:
    """Write what the database says; 1 when it asks for nothing yet."""
    facts = work(settings, fact_values.load_facts)
    if not facts.definitions:
        click.echo(NONE_YET)
        return 1
    try:
        file.write_text(values_text(facts, settings.app.language), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refusal(f"{file}: cannot be written: {error.strerror}; name another file") from None
    filled = sum(key in facts.stored for key in facts.definitions)
    click.echo(f"{file}: {filled} of {len(facts.definitions)} facts have values")
    return 0


def _named(key: str, facts: Facts) -> Fact:
    fact = facts.definitions.get(key)
    if fact is None:
        raise Refusal(f"there is no fact {key}; {near(key, facts.definitions)}" if facts.definitions else NONE_YET)
    return fact


def _checked(fact: Fact, value: str) -> str:
    text = cleaned(value)
    if wrong := fault(fact.type, text):
        raise Refusal(f"{fact.key}: {value!r} will not do; {wrong.words('en')}")
    return text


def _source(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise Refusal(
            f"{file}: cannot be read: {error.strerror}; name a file that `facts export` has written"
        ) from None
    except UnicodeDecodeError:
        raise Refusal(f"{file}: not UTF-8; save it as UTF-8") from None


def _author() -> str:
    """Return who is at the keyboard, for the history; a process without a name is the command line."""
    try:
        return f"{getpass.getuser()} (shell)"
    except (KeyError, OSError, ImportError):
        return "shell"


def _is_whole(facts: Facts, key: str) -> bool:
    return all(facts.value(key, language) is not None for language in LANGUAGES)


def _lines(facts: Facts, fact: Fact, waits: Sequence[Waiting], speak: str) -> Iterator[str]:
    mark = "✓" if _is_whole(facts, fact.key) else "·"
    yield f"{mark} {fact.key}  ({fact.type})  {facts.question(fact.key, speak)}"
    for language in fact_values.languages_of(facts, fact.key):
        value = facts.stored[fact.key][language].replace("\n", "\n         ")
        yield f"    {_NAMES.get(language, language):<4} {value}"
    if fact.key not in facts.stored and (given := facts.settings.get(fact.key)):
        yield f"    all  {given}  (service.working_hours)"
    if fact.key == HOURS and (said := facts.value(HOURS, speak)) is not None:
        yield f"    {_understood(said) if facts.hours is None else f'reads: {said}'}"
    missing = [language for language in LANGUAGES if facts.value(fact.key, language) is None]
    if missing:
        yield f"    not filled in: {', '.join(missing)}"
    names = dict.fromkeys(one.name for one in waits)
    if names:
        yield f"    answers that wait: {', '.join(names)}"


def _understood(hours: str) -> str:
    """Return what becomes of working hours: how they read, or that nothing is reckoned by them."""
    found = read(hours)
    if not isinstance(found, Unreadable):
        return f"reads: {written(found, 'en')}"
    return f"not understood: {found.part or hours}; shown as it is, and people count as working at any time"


def _summary(facts: Facts, waits: Sequence[Waiting]) -> str:
    filled = sum(_is_whole(facts, key) for key in facts.definitions)
    names = dict.fromkeys(one.name for one in waits)
    told = f"{len(names)} answer{'s' if len(names) != 1 else ''} wait" + ("s" if len(names) == 1 else "")
    return f"{filled} of {len(facts.definitions)} facts filled in" + (f"; {told} for the others" if names else "")
