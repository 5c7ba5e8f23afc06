"""Which whole messages ask for nothing, as a table."""

from __future__ import annotations

import pytest

from services.classify.remarks import Remark, is_sour, remark_of


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
        ("ок ладно", "quiet"),
        ("да нет", "quiet"),
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


@pytest.mark.parametrize(
    ("text", "sour"),
    [
        ("thanks for nothing", True),
        ("спасибо, что испортили нам праздник", True),
        ("thank you, it never arrived", True),
        ("thanks, everything arrived on time", False),
        ("спасибо, всё пришло целым", False),
    ],
)
def test_thanks_with_a_reproach(text: str, *, sour: bool) -> None:
    assert is_sour(text) is sour
