"""`support-bot scenarios check|import|export|diff|score`: the scenario files, and the database that they seed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from bot.cli.database import work
from bot.cli.differences import differences
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from bot.settings import Settings
from services.evaluation.gaps import gaps
from services.scenarios.facts import Facts, waiting
from services.scenarios.knowledge import load, replace
from services.scenarios.packs import PackReading, inspect_pack, write_pack
from storage.closed_sets import LANGUAGES
from storage.private import make_folder
from storage.records import Pack
from storage.store import Store

KEPT: Final = Path("data")


def check(folder: Path, *, quick: bool = False) -> int:
    """Print every problem as `file:line: severity: message; fix`, then what the pack lacks; 1 when there is an error.

    `quick`: without the training that tells which phrases are mixed up.
    """
    reading = _reading(folder)
    for problem in reading.problems:
        click.echo(visible(str(problem)))
    errors = sum(problem.severity == "error" for problem in reading.problems)
    if reading.pack is None:
        click.echo(f"{folder}: {errors} error{'s' if errors != 1 else ''}")
        return 1
    for line in gaps(reading.pack):
        click.echo(visible(f"lacks: {line}"))
    if waits := {(one.scenario, one.answer) for one in waiting(reading.pack.scenarios, Facts(), LANGUAGES)}:
        count = f"{len(waits)} text{'s wait' if len(waits) > 1 else ' waits'}"
        click.echo(f"facts: {count} for what only you can tell; support-bot facts list names it")
    if not quick:
        from bot.cli.scoring import mixed_lines

        for line in mixed_lines(reading.pack):
            click.echo(visible(f"mixed up: {line}"))
    click.echo(f"{folder}: {summary(reading.pack)}")
    return 0


def import_(settings: Settings, folder: Path) -> int:
    """Make the database say what the files say, and tell what that changes; 1 when the files have an error."""
    pack = _files(folder)
    if pack is None:
        return 1

    async def bring(store: Store) -> list[str]:
        before = await load(store)
        changes = differences(before, pack, details=False)
        if {scenario.key for scenario in before.scenarios} - {scenario.key for scenario in pack.scenarios}:
            changes.append(f"what goes is kept in {_kept(before, store.now())}")
        if changes:
            await replace(store, pack, author=f"import {folder.name}", start=settings.autopilot.start)
        return changes

    changes = work(settings, bring, may_create=True)
    for change in changes:
        click.echo(visible(change))
    click.echo(f"imported; running bots learn it within seconds: {summary(pack)}" if changes else "nothing to change")
    return 0


def export(settings: Settings, folder: Path) -> int:
    """Write the database's scenarios as files; 1 when it has none yet."""
    pack = work(settings, load)
    if not pack.scenarios:
        click.echo("the database knows no scenarios yet; `support-bot run` or `scenarios import` brings them in")
        return 1
    try:
        files = write_pack(pack, folder)
    except OSError as error:
        raise Refusal(f"{folder}: cannot be written: {error.strerror}; name a folder of your own") from None
    click.echo(f"{folder}: {len(files)} files, {summary(pack)}")
    return 0


def diff(settings: Settings, folder: Path) -> int:
    """Print what `import` would change; 1 when that is anything."""
    pack = _files(folder)
    if pack is None:
        return 1
    changes = differences(work(settings, load), pack, details=True)
    for change in changes:
        click.echo(visible(change))
    click.echo(f"`scenarios import` would change this (- database, + {folder})" if changes else "no difference")
    return int(bool(changes))


def _kept(pack: Pack, now: datetime) -> Path:
    """Write a pack that is about to lose scenarios where `import` can bring it back from."""
    folder = KEPT / f"scenarios-{now:%Y%m%d-%H%M%S}"
    make_folder(folder)
    write_pack(pack, folder)
    return folder


def _reading(folder: Path) -> PackReading:
    if not folder.is_dir():
        raise Refusal(f"{folder}: no such folder; name the one with your scenario files")
    return inspect_pack(folder)


def _files(folder: Path) -> Pack | None:
    """Read the files, or print what is wrong with them."""
    reading = _reading(folder)
    if reading.pack is None:
        for problem in reading.problems:
            if problem.severity == "error":
                click.echo(visible(str(problem)))
    return reading.pack


def summary(pack: Pack) -> str:
    phrases: Counter[str] = Counter()
    for scenario in pack.scenarios:
        phrases.update({language: len(examples) for language, examples in scenario.phrases.items()})
    by_language = ", ".join(f"{count} {language}" for language, count in sorted(phrases.items(), reverse=True))
    answers = sum(len(scenario.answers) for scenario in pack.scenarios)
    templates = sum(len(part.templates) for one in pack.scenarios for _, part in one.parts)
    kinds = f"{len(pack.scenarios)} scenarios" + (f" with {answers} answers" if answers else "")
    return (
        f"{kinds}, {phrases.total()} phrases ({by_language}), "
        f"{templates} templates, {len(pack.facts)} facts, {len(pack.background)} background lines"
    )
