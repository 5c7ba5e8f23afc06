"""The list of commands that Telegram shows behind the button beside the composer."""

from __future__ import annotations

from typing import Final

import structlog
from aiogram import Bot
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.settings import Settings
from services.texts import LANGUAGES, label, text_key
from services.texts.keys import CommandKey

log = structlog.get_logger()
FOR_CUSTOMERS: Final[tuple[CommandKey, ...]] = ("start", "help", "operator", "language", "privacy")
FOR_ADMINS: Final[tuple[CommandKey, ...]] = (
    "dashboard",
    "scenarios",
    "facts",
    "replies",
    "alias",
    "bans",
    "stats",
    "health",
    "inbox",
)


async def publish_commands(bot: Bot, settings: Settings) -> None:
    """Set the lists, in both languages, and a longer one for each admin; a menu that cannot be set stops nothing."""
    scope = BotCommandScopeAllPrivateChats()
    calls = [
        SetMyCommands(commands=_list(FOR_CUSTOMERS, language), scope=scope, language_code=code)
        for language, code in [(settings.app.language, None), *((one, one) for one in LANGUAGES)]
    ]
    calls += [
        SetMyCommands(
            commands=_list(FOR_CUSTOMERS + FOR_ADMINS, settings.app.language), scope=BotCommandScopeChat(chat_id=admin)
        )
        for admin in settings.telegram.admin_ids
    ]
    for call in calls:
        try:
            await bot(call)
        except Exception as error:  # noqa: BLE001  # an admin who has never written to the bot, an old server
            log.info("menu.not_set", error=type(error).__name__)


def _list(words: tuple[CommandKey, ...], language: str) -> list[BotCommand]:
    return [BotCommand(command=word, description=label(text_key("command", word), language)) for word in words]
