"""`support-bot scenarios check`: the scenario files, without a database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from services.packs import inspect_pack
from storage.records import Pack


def check(folder: Path) -> int:
    """Print every problem as `file:line: severity: message; fix`; 1 when there is an error."""
    reading = inspect_pack(folder)
    for problem in reading.problems:
        click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in reading.problems)
    if reading.pack is None:
        click.echo(f"{folder}: {errors} error{'s' if errors != 1 else ''}")
        return 1
    click.echo(f"{folder}: {summary(reading.pack)}")
    return 0


def summary(pack: Pack) -> str:
    phrases: Counter[str] = Counter()
    for scenario in pack.scenarios:
        phrases.update({language: len(examples) for language, examples in scenario.examples.items()})
    by_language = ", ".join(f"{count} {language}" for language, count in sorted(phrases.items(), reverse=True))
    templates = sum(len(scenario.templates) for scenario in pack.scenarios)
    return (
        f"{len(pack.scenarios)} scenarios, {phrases.total()} phrases ({by_language}), "
        f"{templates} templates, {len(pack.background)} background lines"
    )
