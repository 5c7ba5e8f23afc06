"""The answer to a press: the one call made at once and not from the outbox. If it is lost, nobody misses it."""

from __future__ import annotations

import structlog
from aiogram.types import CallbackQuery

log = structlog.get_logger()


async def show(query: CallbackQuery, text: str | None) -> None:
    """Stop the button's spinner, with a word or without."""
    try:
        await query.answer(text)
    except Exception as error:  # noqa: BLE001  # too old, no network: the deed itself is done
        log.info("toast.lost", error=type(error).__name__)
