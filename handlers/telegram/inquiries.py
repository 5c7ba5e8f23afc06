"""What the bot asks of Telegram about chats and people; nothing of it is a message."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from aiogram import Bot

from handlers.telegram import methods
from handlers.telegram.failures import meaning
from handlers.telegram.membership import administrators_of, belongs, is_nobody, standing_of
from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import Leave, MessengerError, Refused, Unreached, Unsure
from services.health.openness import openings

log = structlog.get_logger()
PROBE = "."
PROBE_S = 5


class Inquiries:
    """The questions of a `Messenger`; how a call is made is for who inherits them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def _call(self, call: Any, *, count: int = 1, leave: Leave | None = None, chat: int | None = None) -> Any:
        raise NotImplementedError

    async def is_forum(self, chat_id: int) -> bool:
        answer = await self._call(methods.GetChat(chat_id=chat_id), count=0)
        return bool(answer.get("is_forum"))

    async def is_member(self, chat_id: int, user_id: int) -> bool:
        """Whether somebody belongs to a group. Raises Refused where the server does not say."""
        try:
            return belongs(await self._call(methods.GetChatMember(chat_id=chat_id, user_id=user_id), count=0))
        except Refused as error:
            if is_nobody(error):
                return False
            raise

    async def administrators(self, chat_id: int) -> list[int]:
        """Return the people who are administrators of a group."""
        return administrators_of(await self._call(methods.GetChatAdministrators(chat_id=chat_id), count=0))

    async def is_open(self, chat_id: int) -> bool:
        """Whether strangers can write in a group."""
        told = await self._call(methods.GetChat(chat_id=chat_id), count=0)
        return isinstance(told, dict) and any(True for _ in openings(told))

    async def standing(self, chat_id: int) -> GroupStanding:
        """Return what a group is, and what the bot may do there. Raises ChatGone where it is no member."""
        about = methods.GetChat(chat_id=chat_id), methods.GetChatMember(chat_id=chat_id, user_id=self._bot.id)
        chat, member, me = await asyncio.gather(*(self._call(one, count=0) for one in about), self._bot.me())
        return standing_of(chat_id, chat, member, reads_all=bool(me.can_read_all_group_messages))

    async def topic_icons(self) -> Mapping[str, str]:
        """Return the numbers of the icons that topics may have, by their emoji. Raises Refused for no answer."""
        told = await self._inquire(methods.GetForumTopicIconStickers())
        if not isinstance(told, list):
            raise Refused("no answer about the icons of topics")
        return {one["emoji"]: one["custom_emoji_id"] for one in told if _is_icon(one)}

    async def _inquire(self, call: Any) -> Any:
        """Ask what belongs to no chat."""
        try:
            return await self._bot(call)
        except Exception as error:
            raise meaning(error) from error

    async def takes_messages(self) -> bool:
        """Whether the server answers a send: one to the bot itself, which it refuses, so that nobody reads it."""
        call = methods.SendMessage(chat_id=self._bot.id, text=PROBE)  # type: ignore[call-arg]  # as in `copy`
        try:
            async with asyncio.timeout(PROBE_S):
                await self._call(call, count=0)
        except (MessengerError, TimeoutError) as error:
            log.info("courier.probed", answer=str(error))
            return not isinstance(error, Unsure | Unreached | TimeoutError)
        return True


def _is_icon(one: Any) -> bool:
    names = ("emoji", "custom_emoji_id")
    return isinstance(one, dict) and all(isinstance(one.get(name), str) for name in names)
