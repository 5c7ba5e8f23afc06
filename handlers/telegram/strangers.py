"""What is not the bot's business: buttons that stand in no chat it knows. A press is answered: no button spins on."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.telegram.toasts import show


async def pressed(query: CallbackQuery) -> None:
    await show(query, None)


def routes() -> Router:
    router = Router(name="strangers")
    router.callback_query.register(pressed)
    return router
