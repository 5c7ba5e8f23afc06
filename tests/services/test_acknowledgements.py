"""Which whole messages to people ask for nothing, and which say how it was, as tables."""

from __future__ import annotations

import pytest

from services.classify.acknowledgements import Acknowledgement, acknowledgement_of
from services.classify.impressions import is_impression, wants_something


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("спасибо", "thanks"),
        ("Спасибо вам большое за быстрый ответ!", "thanks"),
        ("нет, спасибо", "thanks"),
        ("Больше ничего не нужно, спасибо", "thanks"),
        ("Thank you so much for your help!", "thanks"),
        ("❤️", "thanks"),
        ("🙏🏻🙏🏻", "thanks"),
        ("ок", "agreed"),
        ("Понял", "agreed"),
        ("got it", "agreed"),
        ("I see", "agreed"),
        ("👍🏿", "agreed"),
        (")))", "agreed"),
        ("нет", None),
        ("не помогло, спасибо", None),
        ("спасибо, но деньги не пришли", None),
        ("thanks for nothing", None),
        ("спасибо?", None),
        ("хорошо, жду", None),
        ("👎", None),
        ("👍😡", None),
        ("...", None),
        ("", None),
    ],
)
def test_an_acknowledgement(text: str, kind: Acknowledgement | None) -> None:
    assert acknowledgement_of(text) == kind


@pytest.mark.parametrize(
    ("text", "wants", "judges"),
    [
        ("Всё отлично, спасибо", False, True),
        ("долго ждал", False, True),
        ("как всегда на высоте", False, True),
        ("Ольга молодец", False, True),
        ("took ages", False, True),
        ("very polite agent", False, True),
        ("сами разобрались", False, False),
        ("а когда придёт возврат", True, False),
        ("Спасибо, но деньги так и не пришли", True, True),
        ("хочу вернуть куртку", True, False),
        ("good, but it still does not work", True, True),
        ("where is my order", True, False),
    ],
)
def test_an_impression(text: str, *, wants: bool, judges: bool) -> None:
    assert (wants_something(text), is_impression(text)) == (wants, judges)
