"""Numbers of orders, as customers write them."""

from __future__ import annotations

import pytest

from services.classify.order_numbers import numbers_alike, order_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("where is my order 5521", "5521"),
        ("где мой заказ 5521", "5521"),
        ("status of #A-1002?", "A-1002"),
        ("Заказ №5521 отмените, пожалуйста", "5521"),
        ("hi, order number is ORD-12345, has it shipped yet?", "ORD-12345"),
        ("Подскажите, что с заказом А-1002", "А-1002"),
        ("номер заказа: 60417", "60417"),
        ("order no. 60417/2 please", "60417/2"),
        ("трек RB123456789CN не находится", "RB123456789CN"),
        ("заказ на 5000 руб", ""),
        ("заказ 5000 руб", ""),
        ("order 300 pieces", ""),
        ("заказ 2024 года", ""),
        ("мой номер 4276 1234 5678 9010", ""),
        ("where is my order", ""),
        ("карта 4276123456789010", ""),
        ("заказ 4276123456789010123", ""),
        ("оплатил 12.05.2026", ""),
        ("ordered 3 shirts", ""),
        ("версия 2.10.1", ""),
        ("", ""),
    ],
)
def test_the_number_of_an_order(text: str, number: str) -> None:
    assert order_number(text) == number


def test_one_number_is_as_good_as_another_to_an_engine() -> None:
    assert numbers_alike("status of #A-1002?") == "status of 12345?"
    assert numbers_alike("где мой заказ № 5521, и заказ 77?") == "где мой заказ 12345, и заказ 77?"
    assert numbers_alike("where is it") == "where is it"
