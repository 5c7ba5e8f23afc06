"""Tells Telegram where to deliver, and asks it how the deliveries go."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramUnauthorizedError
from aiogram.methods import SetWebhook

from handlers.telegram.methods import GetWebhookInfo
from handlers.telegram.polling import WANTED
from handlers.telegram.webhook import PATH
from services.health.checks import Check, Status
from services.health.webhooks import trouble
from services.queues.intake import Intake
from services.texts import label, text_key

log = structlog.get_logger()

CONNECTIONS: Final = 100
"""The most Telegram offers: deliveries wait for the disk together and share its commits."""
FRESH_S: Final = 10.0
"""So long an answer of Telegram is believed: probes come often, the call is slow."""
ASK_S: Final = 4
FIRST_PAUSE_S: Final = 1.0
MOST_PAUSE_S: Final = 60.0


class WebhookRefused(Exception):  # a state: the settings do not fit the world
    """Telegram does not take this address; the text is its reason."""


class Registration:
    """The webhook as Telegram knows it."""

    def __init__(self, *, bot: Bot, address: str, secret: str, intake: Intake) -> None:
        self._bot = bot
        self._url = address_of_route(address)
        self._secret = secret
        self._intake = intake
        self._done = False
        self._info: dict[str, Any] | None = None
        self._asked_at = -FRESH_S

    async def register(self) -> None:
        """Ask for deliveries; a server that is away is asked again by `run`.

        Raises WebhookRefused, TelegramUnauthorizedError.
        """
        call = SetWebhook(
            url=self._url,
            secret_token=self._secret,
            allowed_updates=list(WANTED),
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        try:
            await self._bot(call)
        except TelegramUnauthorizedError:
            raise
        except TelegramBadRequest as error:
            raise WebhookRefused(error.message) from None
        except TelegramAPIError as error:
            log.warning("webhook.not_registered", error=type(error).__name__)
        else:
            self._done = True
            self._asked_at = -FRESH_S
            log.info("webhook.registered", url=self._url)

    async def run(self, stopping: asyncio.Event) -> None:
        """See the registration through, then wait for the end. Raises what `register` does."""
        pause_s = FIRST_PAUSE_S
        while not stopping.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._done else pause_s):
                    await stopping.wait()
            if not self._done and not stopping.is_set():
                await self.register()
                pause_s = min(pause_s * 2, MOST_PAUSE_S)

    async def check(self) -> Check:
        """Whether Telegram delivers here, and whether its last delivery was taken."""
        info = await self._asked()
        if info is None:
            return Check(status="degraded", facts={"configured": self._done, "error": "Telegram does not answer"})
        configured = info.get("url") == self._url
        complaint = await self._complaint(info)
        facts = {"configured": configured, "pending": info.get("pending_update_count", 0)} | complaint
        status: Status = "healthy" if configured and not complaint else "degraded"
        return Check(status=status, facts=facts, reason=complaint.get("trouble"))

    async def _asked(self) -> dict[str, Any] | None:
        """Return what Telegram says of the webhook, seconds old at most; None when it says nothing."""
        if time.monotonic() - self._asked_at > FRESH_S:
            self._asked_at = time.monotonic()
            self._info = await self._ask()
        return self._info

    async def _ask(self) -> dict[str, Any] | None:
        try:
            info: Any = await self._bot(GetWebhookInfo(), request_timeout=ASK_S)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is no answer
            log.info("webhook.unknown", error=type(error).__name__)
            return None
        return info if isinstance(info, dict) else None

    async def _complaint(self, info: dict[str, Any]) -> dict[str, Any]:
        """Return Telegram's last complaint unless something has come in since; it never takes one back by itself."""
        failed_at = info.get("last_error_date")
        if not isinstance(failed_at, int):
            return {}
        latest = await self._intake.latest()
        since = int(latest.timestamp()) if latest else 0  # Telegram counts whole seconds
        if failed_at < since or (failed_at == since and not info.get("pending_update_count")):
            return {}
        moment = datetime.fromtimestamp(failed_at, UTC).isoformat()
        complaint = str(info.get("last_error_message", ""))[:300]
        key = text_key("webhook", trouble(complaint))
        return {"last_error": complaint, "last_error_at": moment, "trouble": key, "fix": label(key, "en")}


def address_of_route(address: str) -> str:
    """Return where Telegram is to deliver: the public address, with the route unless it is there already."""
    return address if address.endswith(PATH) else address.rstrip("/") + PATH
