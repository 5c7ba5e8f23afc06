"""`support-bot play`: a pretend Telegram in the browser, and the real bot behind it as a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import Final

import click

from bot.cli.shell import Refusal
from bot.settings import Settings
from bot.signals import told_to_stop
from playground import defaults, stage

DATABASE: Final = "sqlite+aiosqlite:///data/playground.db"
"""Apart from the real one, so that going live starts clean."""
STOP_S: Final = 35
HTTP_PORT: Final = 8081


def play(settings: Settings) -> int:
    """Serve the page and run the bot until Ctrl-C; give the bot's exit code if it ends by itself."""
    try:
        return asyncio.run(_play(settings))
    except OSError as error:
        raise Refusal(
            f"playground.port: cannot listen on {defaults.HOST}:{settings.playground.port} ({error.strerror}); "
            "free it or set SUPPORT_PLAYGROUND__PORT"
        ) from None


async def _play(settings: Settings) -> int:
    stopping = asyncio.Event()
    port = _http_port(settings)
    insight = f"http://{defaults.HOST}:{port}/playground/verdicts?chat_id={{chat_id}}&message_id={{message_id}}"
    with told_to_stop(stopping):
        async with stage.opened(port=settings.playground.port, insight=insight) as opened:
            bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=_environment(settings, opened.url, port), start_new_session=True
            )
            click.echo(f"The playground is open: {opened.url}  (Ctrl-C ends it)")
            return await _until_either(bot, stopping)


async def _until_either(bot: asyncio.subprocess.Process, stopping: asyncio.Event) -> int:
    """Wait for the bot or for the word to stop; the bot gets the time to finish what it does."""
    ended = asyncio.create_task(bot.wait())
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not ended.done():
        bot.terminate()
        try:
            async with asyncio.timeout(STOP_S):
                await ended
        except TimeoutError:
            bot.kill()
    return await bot.wait()


def _http_port(settings: Settings) -> int:
    """The page takes the usual port, so the bot's own HTTP stands beside it."""
    own = settings.http.port
    return HTTP_PORT if own == settings.playground.port else own


def _environment(settings: Settings, url: str, port: int) -> Mapping[str, str]:
    """What the bot is told on top of the user's own settings: where Telegram is, and who the operators are."""
    told = {
        "BOT_TOKEN": defaults.TOKEN,
        "SUPPORT_TELEGRAM__TOKEN": defaults.TOKEN,
        "SUPPORT_TELEGRAM__API_URL": url,
        "SUPPORT_TELEGRAM__MODE": "polling",
        "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
        "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
        "SUPPORT_HTTP__PORT": str(port),
        "SUPPORT_PLAYGROUND__INSIGHT": "true",
        "SUPPORT_DATABASE__URL": _database(settings),
    }
    return os.environ | told


def _database(settings: Settings) -> str:
    chosen = settings.database.url.get_secret_value()
    default = type(settings.database)().url.get_secret_value()
    return DATABASE if chosen == default else chosen
