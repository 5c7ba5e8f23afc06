"""The stage of a playground: where its page, its chats and its bot's database are, and what its bot is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from bot.cli.shell import Refusal
from bot.cli.which import of_playground
from bot.settings import Settings, keys
from playground import defaults, stage
from playground.process import Beginning
from storage.engines import sqlite_file

CHATS: Final = Path("data/playground-chats.db")
"""What was said in the pretend Telegram; beside the bot's database, where that is a file."""
HTTP_PORT: Final = 8081
VERDICT_OF: Final = "chat_id={chat_id}&message_id={message_id}&owner_id={owner_id}&topic_id={topic_id}"


def check_folder(settings: Settings) -> None:
    """Refuse before a page is open behind which no bot can stand: a new one has nothing to begin with."""
    from services.scenarios.packs import scenario_files

    file, folder = sqlite_file(of_playground(settings)), settings.scenarios.path
    if file is not None and not file.exists() and not scenario_files(folder):
        raise Refusal(
            f"scenarios.path: no scenario files in {folder.absolute()}; start in the folder that holds "
            f"{settings.scenarios.path}/, or set SUPPORT_SCENARIOS__PATH to it"
        )


def staged(settings: Settings) -> AbstractAsyncContextManager[stage.Stage]:
    """Return the playground, whose page knows where the bot's own HTTP will stand."""
    bot = f"http://{defaults.HOST}:{_http_port(settings)}"
    return stage.opened(
        port=settings.playground.port,
        insight=f"{bot}/playground/verdicts?{VERDICT_OF}",
        desk=f"{bot}/playground/dashboard?as={{id}}&name={{name}}",
        widget=f"{bot}/widget.js",
        chats=_chats(settings),
        say=warn,
    )


def _chats(settings: Settings) -> Path:
    file = sqlite_file(of_playground(settings))
    return file.with_name(f"{file.stem}-chats{file.suffix}") if file else CHATS


def forgetting(settings: Settings) -> Callable[[], None] | None:
    """Return what takes the bot's database away; None where that is not a file. It is kept under another name."""
    file = sqlite_file(of_playground(settings))
    if file is None:
        return None

    def forget() -> None:
        aside = file.with_name(f"{file.stem}-before-{datetime.now(UTC):%Y%m%d-%H%M%S}{file.suffix}")
        for end in ("", "-wal"):
            part = file.with_name(file.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
        warn(f"The bot begins anew; what it knew is kept as {aside}")

    return forget


def warn(line: str) -> None:
    click.echo(line, err=True)


def _http_port(settings: Settings) -> int:
    """The page takes the usual port, so the bot's own HTTP stands beside it."""
    own = settings.http.port
    return HTTP_PORT if own == settings.playground.port else own


def told(
    settings: Settings, config: Path | None, url: str, language: str | None, beginning: Beginning
) -> Mapping[str, str]:
    """What the bot is told on top of the user's own settings: where Telegram is, and who the operators are."""
    port = _http_port(settings)
    spoken = {"SUPPORT_APP__LANGUAGE": language} if language else {}
    file = {keys.CONFIG: str(config)} if config else {}
    return (
        file
        | spoken
        | {
            "BOT_TOKEN": defaults.TOKEN,
            "SUPPORT_TELEGRAM__TOKEN": defaults.TOKEN,
            "SUPPORT_TELEGRAM__API_URL": url,
            "SUPPORT_TELEGRAM__MODE": "polling",
            "SUPPORT_TELEGRAM__ADMIN_IDS": str(defaults.ADMIN_ID),
            "SUPPORT_OPERATORS__CHAT_ID": str(defaults.GROUP_ID),
            "SUPPORT_HTTP__PORT": str(port),
            "SUPPORT_HTTP__PUBLIC_URL": f"http://{defaults.HOST}:{port}",
            "SUPPORT_HTTP__CORS_ORIGINS": ",".join(
                (*settings.http.cors_origins, url, url.replace(defaults.HOST, "localhost"))
            ),
            "SUPPORT_WIDGET__ENABLED": "true",
            "SUPPORT_PLAYGROUND__INSIGHT": "true",
            "SUPPORT_PLAYGROUND__BEGIN": beginning,
            "SUPPORT_DATABASE__URL": of_playground(settings),
        }
    )
