"""The Bot API for the doctor; without aiogram, which loads for seconds."""

from __future__ import annotations

from typing import Any

from bot.cli.doctor.asking import ask
from bot.settings import Settings

Answer = dict[str, Any]


class Refused(Exception):
    """The Bot API says no; the text is its description."""

    def __init__(self, status: int, body: Any) -> None:
        told = body if isinstance(body, dict) else {}
        super().__init__(str(told.get("description") or f"HTTP {status}")[:200])
        self.status = status
        self.moved_to = (told.get("parameters") or {}).get("migrate_to_chat_id")


class BotApi:
    """A few questions."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._base = f"{settings.telegram.api_url}/bot{token}"

    async def call(self, method: str, **params: Any) -> Answer:
        """Return the result. Raises Refused, Unreached."""
        status, body = await ask(f"{self._base}/{method}", params=params)
        result = _result(body)
        if not isinstance(result, dict):
            raise Refused(status, body)
        return result

    async def listed(self, method: str, **params: Any) -> list[Answer]:
        """Return the result of a question that is answered with a list. Raises Refused, Unreached."""
        status, body = await ask(f"{self._base}/{method}", params=params)
        result = _result(body)
        if not isinstance(result, list):
            raise Refused(status, body)
        return [one for one in result if isinstance(one, dict)]


def _result(body: Any) -> Any:
    return body.get("result") if isinstance(body, dict) and body.get("ok") is True else None
