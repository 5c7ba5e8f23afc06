"""`support-bot doctor`: everything that has to fit together, one line each, with the fix where it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import click

from bot.cli import which
from bot.cli.doctor import dashboard, database, model, packs, team, telegram, widget
from bot.cli.doctor.findings import Finding, fail, ok
from bot.cli.shell import Refusal, Shell
from bot.redaction import Redaction
from bot.settings import Settings, SettingsInvalid, load

SECONDS: Final = 20.0
"""How long answers that are mixed up are looked for: a training of the starter pack takes three of them."""


def doctor(shell: Shell, *, quick: bool = False) -> int:
    """Print what was found as it is found; 1 when something has to be mended before the bot can work.

    `quick`: without the training that tells which answers are mixed up.
    """
    try:
        settings = load(shell.config)
    except SettingsInvalid as error:
        for line in error.lines:
            click.echo(str(fail("settings", line)))
        raise Refusal(error.summary) from None
    return asyncio.run(_examine(settings, quick=quick))


async def _examine(settings: Settings, *, quick: bool) -> int:
    redact, failed = Redaction(settings.secrets), False
    async for finding in _findings(settings, quick=quick):
        click.echo(redact(str(finding)))
        failed = failed or finding.level == "fail"
    return int(failed)


async def _findings(settings: Settings, *, quick: bool) -> AsyncIterator[Finding]:
    yield ok("settings", "all values fit")
    chosen = which.database(settings)
    async for finding in database.examine(chosen):
        yield finding
    for finding in packs.examine(settings, seconds=0 if quick else SECONDS):
        yield finding
    async for finding in telegram.examine(settings, await team.kept(chosen)):
        yield finding
    for finding in dashboard.examine(settings):
        yield finding
    for finding in widget.examine(settings):
        yield finding
    async for finding in model.examine(settings):
        yield finding
    for finding in model.examine_price(settings):
        yield finding
