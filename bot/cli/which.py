"""Which database a command works on, where the settings leave it open: the real bot's or the playground's."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Final

import click
from pydantic import SecretStr

from bot.settings import Settings
from storage.engines import sqlite_file

PLAYGROUND: Final = "sqlite+aiosqlite:///data/playground.db"
"""Apart from the real one, so that going live starts clean."""


def of_playground(settings: Settings) -> str:
    """Return the address of the playground's database: its own, unless one was set on purpose."""
    chosen = settings.database.url.get_secret_value()
    default = type(settings.database)().url.get_secret_value()
    return PLAYGROUND if chosen == default else chosen


def database(settings: Settings, *, say: bool = True) -> Settings:
    """Return settings whose `database.url` is the one that is meant; `say` which it is where it is not plain.

    With a token, or an address set on purpose, the settings are right. Without a token `run` is the playground: its
    database is meant while it runs, or where there is no other.
    """
    real, pretend = settings.database.url.get_secret_value(), of_playground(settings)
    if real == pretend:
        return settings
    real_file, pretend_file = sqlite_file(real), sqlite_file(pretend)
    if real_file is None or pretend_file is None:
        return settings
    running = _in_use(pretend_file)
    if settings.telegram.token is not None:
        if running:
            _say(say, f"using {real_file}, the bot's (BOT_TOKEN is set); the playground that runs has {pretend_file}")
        return settings
    if running or (pretend_file.exists() and not real_file.exists()):
        _say(say, f"using {pretend_file}, the playground's (no BOT_TOKEN is set)")
        chosen = settings.database.model_copy(update={"url": SecretStr(pretend)})
        return settings.model_copy(update={"database": chosen})
    if pretend_file.exists():
        _say(say, f"using {real_file}, the bot's; for the playground's set DATABASE_URL=sqlite:///{pretend_file}")
    elif not real_file.exists():
        _say(say, f"using {real_file}, the bot's; the playground has a database of its own, {pretend_file}")
    return settings


def _in_use(file: Path) -> bool:
    """Whether a bot works on a SQLite file: it holds the lock beside it."""
    try:
        descriptor = os.open(file.with_name(file.name + ".lock"), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _say(say: bool, line: str) -> None:  # noqa: FBT001 - one switch
    if say:
        click.echo(f"support-bot: {line}", err=True)
