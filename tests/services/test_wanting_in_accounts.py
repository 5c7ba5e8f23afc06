"""What Telegram says where the bot writes in somebody's name, and what is wanting then."""

from __future__ import annotations

import pytest
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import SendMessage

from handlers.telegram.failures import meaning
from handlers.telegram.wording import Owner
from services.delivery.messenger import ChatGone, Lacking, Unconnected

CALL = SendMessage(chat_id=1, text="x")
SILENT = TelegramBadRequest(CALL, "Bad Request: BUSINESS_PEER_USAGE_MISSING")
ELSEWHERE = TelegramBadRequest(CALL, "Bad Request: BUSINESS_PEER_INVALID")
GONE = TelegramBadRequest(CALL, "Bad Request: business connection not found")
NO_RIGHT = TelegramBadRequest(CALL, "Bad Request: not enough rights")
NOT_GIVEN = TelegramForbiddenError(CALL, "Forbidden: BOT_ACCESS_FORBIDDEN")
NO_MEMBER = TelegramForbiddenError(CALL, "Forbidden: bot is not a member of the channel chat")


@pytest.mark.parametrize(
    ("error", "whose", "lacking"),
    [
        (SILENT, "account", "day"),
        (ELSEWHERE, "account", "connection"),
        (GONE, "account", "connection"),
        (NO_RIGHT, "account", "right"),
        (NOT_GIVEN, "account", "right"),
        (NO_RIGHT, "channel", "right"),
        (NO_MEMBER, "channel", "right"),
    ],
)
def test_what_is_wanting(error: TelegramAPIError, whose: Owner, lacking: Lacking) -> None:
    meant = meaning(error, belongs_to=whose)
    assert isinstance(meant, Unconnected)
    assert meant.lacking == lacking


def test_who_has_left_telegram_is_gone_in_an_account_too() -> None:
    assert isinstance(
        meaning(TelegramForbiddenError(CALL, "Forbidden: user is deactivated"), belongs_to="account"), ChatGone
    )
