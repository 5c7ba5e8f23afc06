"""Warns at the start of an operators' group that strangers can enter."""

from __future__ import annotations

from typing import Any

import structlog
from aiogram import Bot

from handlers.telegram.methods import GetChat
from services.health.openness import openings

log = structlog.get_logger()


async def warn_of_openings(bot: Bot, chat_id: int | None) -> None:
    """Ask Telegram what the group is; an answer that does not come stops nothing."""
    if chat_id is None:
        return
    try:
        chat: Any = await bot(GetChat(chat_id=chat_id))
    except Exception as error:  # noqa: BLE001  # sending will tell what is wrong with the group
        log.info("operators.group_unknown", error=type(error).__name__)
        return
    for opening in openings(chat if isinstance(chat, dict) else {}):
        log.warning("operators.group_open", why=opening.what, hint=opening.fix)
