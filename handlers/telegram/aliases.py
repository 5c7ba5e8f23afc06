"""`/alias`: what customers shall call an operator."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.telegram.admins import beside_command, by_team, place_of
from handlers.telegram.translate import operator
from services.delivery.operator_groups import Groups
from services.desk.aliases import Aliases
from services.messages.incoming import Cause


async def alias(message: Message, cause: Cause, aliases: Aliases, groups: Groups) -> None:
    who = operator(message.from_user, message.sender_chat)
    await aliases.command(cause, who, place_of(message, groups), beside_command(message))


def routes() -> Router:
    router = Router(name="aliases")
    router.message.register(alias, Command("alias", ignore_case=True), by_team)
    return router
