"""Places that move, as calls of the Bot API."""

from __future__ import annotations

from typing import Any

from handlers.telegram import methods, wording
from services.delivery.messenger import Target
from services.messages.effects import Position


def call(target: Target, position: Position) -> Any:
    """Return the call that sends a place."""
    return methods.SendLocation(
        **wording.place(target),
        latitude=position.latitude,
        longitude=position.longitude,
        live_period=position.period,
        reply_parameters=wording.reply(target),
    )


def moving(chat_id: int, telegram_id: int, position: Position, via: str | None) -> Any:
    """Return the call that lets a place move, or stand still from now on."""
    if position.period is None:
        return methods.StopMessageLiveLocation(business_connection_id=via, chat_id=chat_id, message_id=telegram_id)
    return methods.EditMessageLiveLocation(
        business_connection_id=via,
        chat_id=chat_id,
        message_id=telegram_id,
        latitude=position.latitude,
        longitude=position.longitude,
    )
