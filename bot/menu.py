"""The list of commands that Telegram shows behind the button beside the composer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import structlog
from aiogram import Bot
from aiogram.methods import SetChatMenuButton, SetMyCommands, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeUnion,
    MenuButtonWebApp,
    WebAppInfo,
)

from bot.settings import Settings
from services.dashboard.entrance import PAGE
from services.texts import LANGUAGES, label, text_key
from services.texts.keys import CommandKey

log = structlog.get_logger()
FOR_CUSTOMERS: Final[tuple[CommandKey, ...]] = ("start", "help", "operator", "language", "privacy")
FOR_OPERATORS: Final[tuple[CommandKey, ...]] = ("open", "client", "find", "note", "delete", "alias", "stats", "help")
IN_PRIVATE: Final[tuple[CommandKey, ...]] = ("open", "client", "find")
FOR_ADMINS: Final[tuple[CommandKey, ...]] = (
    "setup",
    "dashboard",
    "scenarios",
    "facts",
    "unanswered",
    "replies",
    "alias",
    "labels",
    "bans",
    "stats",
    "health",
    "inbox",
)


async def publish_commands(bot: Bot, settings: Settings) -> None:
    """Set the lists, each in every language; a menu that cannot be set stops nothing.

    Customers have theirs in private, operators in their group, admins a longer one in both places.
    """
    for words, scope in _menus(settings):
        for language, code in [(settings.app.language, None), *((one, one) for one in LANGUAGES)]:
            call = SetMyCommands(commands=_list(words, language), scope=scope, language_code=code)
            if not await _is_set(bot, call):
                break
    for button in _buttons(settings):
        await _is_set(bot, button)


async def _is_set(bot: Bot, call: TelegramMethod[bool]) -> bool:
    try:
        return await bot(call)
    except Exception as error:  # noqa: BLE001  # an admin who has never written to the bot, an old server
        log.info("menu.not_set", error=type(error).__name__)
        return False


def _buttons(settings: Settings) -> Iterator[SetChatMenuButton]:
    """Let the button beside an admin's composer open the dashboard inside Telegram, which takes https only."""
    url = settings.http.public_url or ""
    if url.startswith("https://"):
        text = label("dashboard.open", settings.app.language)
        button = MenuButtonWebApp(text=text, web_app=WebAppInfo(url=f"{url}{PAGE}"))
        for admin in settings.telegram.admin_ids:
            yield SetChatMenuButton(chat_id=admin, menu_button=button)


def _menus(settings: Settings) -> Iterator[tuple[tuple[CommandKey, ...], BotCommandScopeUnion]]:
    admins, routes = settings.telegram.admin_ids, settings.operators.routes
    groups = dict.fromkeys(filter(None, (settings.operators.chat_id, *(route.chat_id for route in routes))))
    yield FOR_CUSTOMERS, BotCommandScopeAllPrivateChats()
    for group in groups:
        yield FOR_OPERATORS, BotCommandScopeChat(chat_id=group)
    everything = FOR_OPERATORS + tuple(one for one in FOR_ADMINS if one not in FOR_OPERATORS)
    for group in groups if settings.telegram.group_admins else ():
        yield everything, BotCommandScopeChatAdministrators(chat_id=group)
    for admin in admins:
        yield FOR_CUSTOMERS + IN_PRIVATE + FOR_ADMINS, BotCommandScopeChat(chat_id=admin)
        for group in groups:
            yield everything, BotCommandScopeChatMember(chat_id=group, user_id=admin)


def _list(words: tuple[CommandKey, ...], language: str) -> list[BotCommand]:
    return [BotCommand(command=word, description=label(text_key("command", word), language)) for word in words]
