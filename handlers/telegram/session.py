"""The connections to Telegram."""

from __future__ import annotations

from typing import Any, Final

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, InputFile
from aiohttp import FormData

_FALSE: Final = (None, "")


class Session(AiohttpSession):
    """aiogram's own, which closes as soon as its connections have closed, and writes a call down in one go.

    aiogram sleeps a quarter of a second after that, for versions of aiohttp that did not wait for TLS to end.
    """

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        """Say what aiogram would. It dumps every field there is, and then each part of a keyboard by itself."""
        form = FormData(quote_fields=False)
        files: dict[str, InputFile] = {}
        for name, given in {**method.__dict__, **(method.model_extra or {})}.items():
            value = self._written(given, bot, files)
            if value not in _FALSE:
                form.add_field(name, value)
        for name, file in files.items():
            form.add_field(name, file.read(bot), filename=file.filename or name)
        return form

    def _written(self, given: Any, bot: Bot, files: dict[str, InputFile]) -> Any:
        if isinstance(given, Default):
            given = bot.default[given.name]
        if given is None or isinstance(given, str):
            return given
        if isinstance(given, InlineKeyboardMarkup):  # it has no defaults and no files in it
            return given.model_dump_json(exclude_none=True)
        return self.prepare_value(given, bot=bot, files=files)
