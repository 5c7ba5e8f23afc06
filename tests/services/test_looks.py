"""What Telegram, or an older server, refuses goes once more in plainer looks."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.telegram import methods, wording
from handlers.telegram.courier import Courier
from services.delivery.messenger import Target
from services.messages.effects import Button, Words

BUTTONS = ((Button(text="Взять", press="t:1:take", style="primary"), Button(text="▾", press="t:1:closing")),)


def call(words: Words) -> Any:
    return methods.SendMessage(chat_id=1, reply_markup=wording.markup_of(words), **wording.text(words))


@pytest.mark.parametrize(
    ("reason", "html", "style"),
    [
        ("bad request: can't parse inline keyboard button: unknown style", True, None),
        ("bad request: button_type_invalid", True, None),
        ("bad request: can't parse entities", False, "primary"),
    ],
)
def test_only_what_was_refused_goes_plainer(reason: str, html: bool, style: str | None) -> None:  # noqa: FBT001
    words = Words(text="<b>№1</b>", buttons=BUTTONS)
    plainer = Courier._plainer(call(words), words, reason)
    assert plainer is not None
    assert (plainer.text == words.text) == html
    assert [button.style for row in plainer.reply_markup.inline_keyboard for button in row] == [style, None]


@pytest.mark.parametrize("reason", ["chat not found", "button_data_invalid"])
def test_what_has_no_looks_to_lose_is_refused(reason: str) -> None:
    words = Words(text="№1", html=False)
    assert Courier._plainer(call(words), words, reason) is None


def test_whoever_is_asked_for_an_answer_gets_their_composer_opened() -> None:
    markup: Any = wording.markup_of(Words(text="?", asks=True))
    assert (markup.force_reply, markup.selective) == (True, True)


@pytest.mark.parametrize(
    ("target", "answer", "hangs"),
    [
        (Target(chat_id=1, reply_to=5), {"message_id": 6, "reply_to_message": {"message_id": 5}}, True),
        (Target(chat_id=1, reply_to=5), {"message_id": 6}, False),
        (Target(chat_id=1), {"message_id": 6}, None),
        (Target(chat_id=1, reply_to=5), None, None),
    ],
)
def test_an_answer_tells_whether_what_was_answered_is_still_there(target: Target, answer: Any, hangs: Any) -> None:
    assert wording.sent(answer, target).hangs is hangs
