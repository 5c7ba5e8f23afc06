"""`support-bot run`: the bot with a token, the playground without one."""

from __future__ import annotations

import os
import signal
import sys
import threading

from bot import logs
from bot.cli.shell import Refusal
from bot.settings import Settings


def run(settings: Settings, *, tied: bool = False) -> int:
    """Run until stopped; with `tied` no longer than whoever holds the other end of standard input."""
    if tied:
        threading.Thread(target=_hold_on, daemon=True).start()
    if settings.telegram.token is None:
        from bot.cli import play

        return play.play(settings)
    # Until the loop takes over: being told to stop while everything is imported is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    redaction = logs.configure(level=settings.logging.level, fmt=settings.logging.format, secrets=settings.secrets)
    from handlers.telegram.types_on_demand import import_aiogram

    import_aiogram()
    from bot.loops import run_on_fastest
    from bot.running import StartRefused, run_until_signal
    from services.scenarios.packs import PackInvalid
    from storage.errors import StorageError

    try:
        run_on_fastest(run_until_signal(settings, hide=redaction.hide))
    except (StartRefused, StorageError) as error:
        raise Refusal(str(error)) from None
    except PackInvalid as error:
        raise Refusal(f"{error.problems[0]} (support-bot scenarios check lists all)") from None
    return 0


def _hold_on() -> None:
    """Wait until the other end is gone, however it went: the Telegram of a playground has gone with it.

    Nobody is left to finish anything with, and nothing is lost by being killed.
    """
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGKILL)
