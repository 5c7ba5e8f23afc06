"""A greeting before the question is no reason to take the message for a greeting."""

from __future__ import annotations

import pytest

from services.classify.local.openings import after_openers


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Здравствуйте! Где моя посылка?", "Где моя посылка?"),
        ("здравствуйте\nу меня вопрос\nгде посылка", "где посылка"),
        ("Добрый день, подскажите, пожалуйста, сколько стоит доставка", "сколько стоит доставка"),
        ("Hi there, I want a refund", "I want a refund"),
        ("Good morning! Quick question: is it in stock?", "is it in stock?"),
        ("Здравствуйте!", "Здравствуйте!"),
        ("hi", "hi"),
        ("history of orders", "history of orders"),
        ("приветственный бонус", "приветственный бонус"),
        ("где посылка, здравствуйте", "где посылка, здравствуйте"),
        ("привет 👋", "привет 👋"),
        ("", ""),
    ],
)
def test_what_stands_behind_the_greeting(text: str, point: str) -> None:
    assert after_openers(text) == point
