"""The list of commands that Telegram shows behind the button beside the composer."""

from __future__ import annotations

from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.methods import SetChatMenuButton, SetMyCommands, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonWebApp,
    WebAppInfo,
)

from bot.settings import Settings
from services.dashboard.entrance import PAGE
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
    for call in [*_lists(settings), *_buttons(settings)]:
        try:
            await bot(call)
        except Exception as error:  # noqa: BLE001  # an admin who has never written to the bot, an old server
            log.info("menu.not_set", error=type(error).__name__)


def _lists(settings: Settings) -> list[TelegramMethod[Any]]:
    scope = BotCommandScopeAllPrivateChats()
    calls: list[TelegramMethod[Any]] = [
        SetMyCommands(commands=_list(FOR_CUSTOMERS, language), scope=scope, language_code=code)
        for language, code in [(settings.app.language, None), *((one, one) for one in LANGUAGES)]
    ]
    calls += [
        SetMyCommands(
            commands=_list(FOR_CUSTOMERS + FOR_ADMINS, settings.app.language), scope=BotCommandScopeChat(chat_id=admin)
        )
        for admin in settings.telegram.admin_ids
    ]
    return calls


def _buttons(settings: Settings) -> list[TelegramMethod[Any]]:
    """Let the button beside an admin's composer open the dashboard inside Telegram, which takes https only."""
    url = settings.http.public_url or ""
    if not url.startswith("https://"):
        return []
    text = label("dashboard.open", settings.app.language)
    button = MenuButtonWebApp(text=text, web_app=WebAppInfo(url=f"{url}{PAGE}"))
    return [SetChatMenuButton(chat_id=admin, menu_button=button) for admin in settings.telegram.admin_ids]


def _list(words: tuple[CommandKey, ...], language: str) -> list[BotCommand]:
    return [BotCommand(command=word, description=label(text_key("command", word), language)) for word in words]
