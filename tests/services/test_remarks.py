"""Which whole messages ask for nothing, as a table."""

from __future__ import annotations

import pytest

from services.classify.remarks import Remark, remark_of


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("да", "yes"),
        ("Да!", "yes"),
        ("yes", "yes"),
        ("ок", "quiet"),
        ("Ок)))", "quiet"),
        ("lol", "quiet"),
        ("ага...", "yes"),
        ("👍", "quiet"),
        ("👍👍🙏", "quiet"),
        (")", "quiet"),
        ("нет", "quiet"),
        ("?", "puzzled"),
        ("??!", "puzzled"),
        ("что?", "puzzled"),
        ("В смысле", "puzzled"),
        ("ok?", None),
        ("😡", None),
        ("спасибо", None),
        ("да, где мой заказ", None),
        ("ок, отмените подписку", None),
        ("5", None),
        ("привет", None),
        ("", None),
    ],
)
def test_a_remark(text: str, remark: Remark | None) -> None:
    assert remark_of(text) == remark
