"""`support-bot run`: the bot with a token, the playground without one."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot import logs
from bot.cli.shell import Refusal
from bot.settings import Settings


def run(settings: Settings) -> int:
    """Run until stopped."""
    if settings.telegram.token is None:
        from bot.cli import play

        return play.play(settings)
    # Until the loop takes over: being told to stop while everything is imported is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    redaction = logs.configure(level=settings.logging.level, fmt=settings.logging.format, secrets=settings.secrets)
    from bot.running import StartRefused, run_until_signal
    from services.packs import PackInvalid
    from storage.errors import StorageError

    try:
        asyncio.run(run_until_signal(settings, hide=redaction.hide))
    except (StartRefused, StorageError) as error:
        raise Refusal(str(error)) from None
    except PackInvalid as error:
        raise Refusal(f"{error.problems[0]} (support-bot scenarios check lists all)") from None
    return 0
