"""`support-bot play`: a pretend Telegram in the browser, and the real bot behind it as a process of its own."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import click

from bot.cli.child import Child
from bot.cli.shell import Refusal
from bot.settings import Settings
from bot.signals import told_to_stop


def play(settings: Settings, *, config: Path | None = None) -> int:
    """Serve the page and keep the bot running until Ctrl-C; give the bot's exit code if it cannot run at all."""
    return asyncio.run(_play(settings, config))


async def _play(settings: Settings, config: Path | None) -> int:
    """Have the bot's process import what it needs while this one does."""
    first = await Child.started()
    try:
        from playground import defaults
        from playground.archive import ArchiveUnusable

        try:
            return await _staged(settings, config, first)
        except ArchiveUnusable as error:
            raise Refusal(f"{error}; stop what uses it, or start in another folder") from None
        except OSError as error:
            raise Refusal(
                f"playground.port: cannot listen on {defaults.HOST}:{settings.playground.port} ({error.strerror}); "
                "free it or set SUPPORT_PLAYGROUND__PORT"
            ) from None
    finally:
        first.close()


async def _staged(settings: Settings, config: Path | None, first: Child) -> int:
    from bot.cli import staging
    from bot.cli.keeper import Keeper

    staging.check_folder(settings)
    stopping = asyncio.Event()
    with told_to_stop(stopping):
        async with staging.staged(settings) as opened:
            click.echo(f"The playground is open: {opened.url}  (Ctrl-C ends it)")
            keeper = Keeper(
                opened.playground,
                first=first,
                told=partial(staging.told, settings, config, opened.url),
                language=settings.app.language,
                forget=staging.forgetting(settings),
                say=staging.warn,
            )
            return await keeper.run(stopping)
