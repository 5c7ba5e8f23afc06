"""The connections to Telegram."""

from __future__ import annotations

from aiogram.client.session.aiohttp import AiohttpSession


class Session(AiohttpSession):
    """aiogram's own, which closes as soon as its connections have closed.

    aiogram sleeps a quarter of a second after that, for versions of aiohttp that did not wait for TLS to end.
    """

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()
