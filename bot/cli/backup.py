"""`support-bot backup FILE`: a copy of the database, beside a running bot."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from bot.cli.shell import Refusal
from bot.settings import Settings
from storage.backup import BackupFailed, back_up
from storage.engines import shown_for_libpq, sqlite_file
from storage.private import BESIDE

MEBIBYTE: Final = 1024 * 1024


def backup(settings: Settings, target: Path, *, force: bool) -> int:
    """Copy a SQLite database; of PostgreSQL, tell the command that does it."""
    url = settings.database.url.get_secret_value()
    file = sqlite_file(url)
    if file is None:
        command = f'pg_dump --format=custom --file="{target}" "{shown_for_libpq(url)}"'
        raise Refusal(f"the database is PostgreSQL, which brings its own: {command} (it asks for the password)")
    _refuse(file, target)
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=100, label="Copying", file=sys.stderr, hidden=hidden) as bar:
        size = _copied(file, target, force=force, bar=bar)
    click.echo(f"{file} → {target}: {size / MEBIBYTE:.1f} MiB, checked")
    return 0


def _copied(file: Path, target: Path, *, force: bool, bar: click._termui_impl.ProgressBar[int]) -> int:
    def advance(done: int, total: int) -> None:
        bar.update(done * 100 // max(total, 1) - bar.pos)

    try:
        return back_up(file, target, replace=force, progress=advance)
    except FileExistsError:
        raise Refusal(f"{target} is there already; name another file, or say --force to replace it") from None
    except BackupFailed as error:
        raise Refusal(f"{target}: no backup was made: {error}") from None


def _refuse(file: Path, target: Path) -> None:
    """Say before the work what would spoil it, or the database."""
    if not file.exists():
        raise Refusal(f"database.url: there is no {file}; name the database of the bot, which `support-bot run` makes")
    if target.is_dir():
        raise Refusal(f"{target}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise Refusal(f"{target}: no such folder; name a file in a folder that exists")
    if any(target.resolve() == file.with_name(file.name + ending).resolve() for ending in (*BESIDE, ".lock")):
        raise Refusal(f"{target}: is the database itself; name another file")
