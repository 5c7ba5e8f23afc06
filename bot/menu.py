"""The list of commands that Telegram shows behind the button beside the composer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import structlog
from aiogram import Bot
from aiogram.methods import SetMyCommands, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeUnion,
)

from bot.settings import Settings
from services.delivery.operator_groups import Groups
from services.texts import LANGUAGES, label, text_key
from services.texts.commands import OF_CUSTOMERS, OF_OPERATORS, Commands, of_admins_in_group, of_admins_in_private
from services.texts.team import Team

log = structlog.get_logger()


class Menu:
    """Sets the lists at the start, and again when admins or groups have changed."""

    def __init__(self, bot: Bot, settings: Settings, team: Team, groups: Groups) -> None:
        self._bot = bot
        self._settings = settings
        self._team = team
        self._groups = groups
        self._published: tuple[tuple[int, ...], list[int | None]] | None = None

    async def look(self) -> None:
        now = self._team.admins, [one.chat_id for one in self._groups]
        if now == self._published:
            return
        before, self._published = self._published, now
        await publish_commands(self._bot, self._settings, self._team, self._groups)
        for former in set(before[0]) - set(now[0]) if before else ():
            await _set(self._bot, OF_CUSTOMERS, BotCommandScopeChat(chat_id=former), self._settings.app.language)


async def publish_commands(bot: Bot, settings: Settings, team: Team, groups: Groups) -> None:
    """Set the lists, each in every language; a menu that cannot be set stops nothing.

    Customers have theirs in private, operators in their group, admins a longer one in both places.
    """
    chats = [one.chat_id for one in groups if one.chat_id is not None]
    for words, scope in _menus(team.admins, chats, of_groups=settings.telegram.group_admins):
        await _set(bot, words, scope, settings.app.language)


async def _set(bot: Bot, words: Commands, scope: BotCommandScopeUnion, usual: str) -> None:
    """Set one list. `usual`: the language for whoever speaks none of the bot's."""
    for language, code in [(usual, None), *((one, one) for one in LANGUAGES)]:
        call = SetMyCommands(commands=_list(words, language), scope=scope, language_code=code)
        if not await _is_set(bot, call):
            break


async def _is_set(bot: Bot, call: TelegramMethod[bool]) -> bool:
    try:
        return await bot(call)
    except Exception as error:  # noqa: BLE001  # an admin who has never written to the bot, an old server
        log.info("menu.not_set", error=type(error).__name__)
        return False


def _menus(
    admins: Iterable[int], groups: Sequence[int], *, of_groups: bool
) -> Iterator[tuple[Commands, BotCommandScopeUnion]]:
    """`of_groups`: whether administrators of the groups are admins too."""
    yield OF_CUSTOMERS, BotCommandScopeAllPrivateChats()
    for group in groups:
        yield OF_OPERATORS, BotCommandScopeChat(chat_id=group)
    for group in groups if of_groups else ():
        yield of_admins_in_group(), BotCommandScopeChatAdministrators(chat_id=group)
    for admin in admins:
        yield of_admins_in_private(), BotCommandScopeChat(chat_id=admin)
        for group in groups:
            yield of_admins_in_group(), BotCommandScopeChatMember(chat_id=group, user_id=admin)


def _list(words: Commands, language: str) -> list[BotCommand]:
    return [BotCommand(command=word, description=label(text_key("command", word), language)) for word in words]
