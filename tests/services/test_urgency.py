"""Urgency, as a table."""

from __future__ import annotations

import pytest

from services.urgency import highest, of_words, raised
from storage.records import Priority


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("с меня дважды списали деньги", "critical"),
        ("Двойное списание по карте!", "critical"),
        ("сняли деньги два раза за один заказ", "critical"),
        ("оплата прошла дважды", "critical"),
        ("снял квартиру", "low"),
        ("это мошенничество", "critical"),
        ("у меня украли аккаунт", "critical"),
        ("You charged me twice", "critical"),
        ("this is fraud", "critical"),
        ("третий раз пишу вам", "high"),
        ("Пишу уже третий раз, сколько можно", "high"),
        ("я подам на вас в суд", "high"),
        ("this is the third time I am writing", "high"),
        ("I will call my lawyer", "high"),
        ("где мой заказ", "low"),
        ("сколько стоит доставка", "low"),
        ("hello", "low"),
        ("", "low"),
    ],
)
def test_words_press_as_much_as_they_say(text: str, priority: Priority) -> None:
    assert of_words(text) == priority


def test_the_most_urgent_voice_counts() -> None:
    assert highest("low", None, "high", "medium") == "high"
    assert highest(None) == "low"


@pytest.mark.parametrize(
    ("before", "after"), [("low", "medium"), ("medium", "high"), ("high", "high"), ("critical", "critical")]
)
def test_waiting_raises_short_of_critical(before: Priority, after: Priority) -> None:
    assert raised(before) == after
