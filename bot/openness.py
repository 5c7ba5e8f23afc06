"""Warns at the start of operators' groups that strangers can enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from aiogram import Bot

from handlers.telegram.methods import GetChat
from services.delivery.operator_group import Group
from services.health.openness import openings

log = structlog.get_logger()


async def warn_of_openings(bot: Bot, groups: Iterable[Group]) -> None:
    """Ask Telegram what each group is; an answer that does not come stops nothing."""
    for group in groups:
        if group.chat_id is not None:
            await _warn(bot, group, group.chat_id)


async def _warn(bot: Bot, group: Group, chat_id: int) -> None:
    try:
        answer: Any = await bot(GetChat(chat_id=chat_id))
    except Exception as error:  # noqa: BLE001  # sending will tell what is wrong with the group
        log.warning("operators.group_unknown", group=chat_id, error=type(error).__name__)
        return
    chat = answer if isinstance(answer, dict) else {}
    group.saw(forum=bool(chat.get("is_forum")), title=str(chat.get("title") or ""))
    for opening in openings(chat):
        log.warning("operators.group_open", group=chat_id, why=opening.what, hint=opening.fix)
