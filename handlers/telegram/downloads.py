"""Files that people have sent, on their way from Telegram to the bot. No address of one leaves this module."""

from __future__ import annotations

from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import ClientError, ClientResponseError

from handlers.telegram.methods import GetFile
from services.dashboard.media import FileAway, FileGone, FileTooBig

log = structlog.get_logger()
ASK_S: Final = 10
FETCH_S: Final = 60
TOO_BIG: Final = "file is too big"
NO_SUCH: Final = ("file_id", "file is temporarily unavailable", "wrong file", "file not found")
"""In the refusals of what Telegram does not know, or knows no longer."""


class Downloads:
    """Fetches them. The address holds the bot's token, so neither it nor an error that quotes it is told to anybody."""

    def __init__(self, *, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str, *, most: int) -> bytes:
        """Return a file. Raises FileGone, FileTooBig or FileAway."""
        path = await self._path(file_id, most)
        address = self._bot.session.api.file_url(self._bot.token, path)
        content = bytearray()
        try:
            async for chunk in self._bot.session.stream_content(address, timeout=FETCH_S):
                content += chunk
                if len(content) > most:
                    raise FileTooBig
        except ClientResponseError as error:
            log.info("media.refused", status=error.status)
            raise (FileGone if error.status == 404 else FileAway) from None  # noqa: PLR2004  # HTTP's own number
        except (ClientError, TimeoutError) as error:
            log.info("media.failed", failure=type(error).__name__)
            raise FileAway from None
        return bytes(content)

    async def _path(self, file_id: str, most: int) -> str:
        try:
            told: Any = await self._bot(GetFile(file_id=file_id), request_timeout=ASK_S)
        except (AiogramError, TimeoutError, TypeError) as error:
            reason = str(error).lower()
            log.info("media.refused", failure=type(error).__name__)
            if TOO_BIG in reason:
                raise FileTooBig from None
            raise (FileGone if any(mark in reason for mark in NO_SUCH) else FileAway) from None
        size, path = told.get("file_size"), told.get("file_path")
        if isinstance(size, int) and size > most:
            raise FileTooBig
        if not isinstance(path, str) or not path:
            raise FileGone
        return path
