"""`support-bot run`: the bot with a token, the playground without one."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from pathlib import Path

from bot import logs
from bot.cli.shell import Refusal
from bot.settings import Settings


def be_told() -> None:
    """Import what a bot needs, then wait for one line on standard input: settings as a JSON object of variables.

    Ends the process where standard input ends instead.
    """
    _import_all()
    line = b""
    while not line.endswith(b"\n"):
        if not (byte := os.read(sys.stdin.fileno(), 1)):
            sys.exit(0)
        line += byte
    os.environ.update(json.loads(line))


def run(settings: Settings, *, config: Path | None = None, tied: bool = False) -> int:
    """Run until stopped; with `tied` no longer than whoever holds the other end of standard input.

    `config` is the settings file that was named; the process of a playground's bot reads the same one.
    """
    if tied:
        threading.Thread(target=_hold_on, daemon=True).start()
    if settings.telegram.token is None:
        from bot.cli import play

        return play.play(settings, config=config)
    # Until the loop takes over: being told to stop while everything is imported is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    redaction = logs.configure(level=settings.logging.level, fmt=settings.logging.format, secrets=settings.secrets)
    _import_all()
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


def _import_all() -> None:
    """Import what a bot needs, most of the time of a start; does nothing the second time.

    The garbage collector rests meanwhile: what is imported stays, and to look through it takes a tenth of that time.
    `bot/running.py` puts it to work again.
    """
    gc.disable()
    from handlers.telegram.types_on_demand import import_aiogram

    import_aiogram()
    import bot.running  # noqa: F401  # to have it imported


def _hold_on() -> None:
    """Wait until the other end is gone, however it went: the Telegram of a playground has gone with it.

    Nobody is left to finish anything with, and nothing is lost by being killed.
    """
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGKILL)
