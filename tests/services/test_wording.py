"""The words around a name that is not there."""

from __future__ import annotations

import pytest

from services.answers import part_of_day, without_gap


@pytest.mark.parametrize(
    ("rendered", "said"),
    [
        (", ваша ссылка здесь", "Ваша ссылка здесь"),
        ("! Рады помочь", "Рады помочь"),
        ("ваша ссылка здесь", "ваша ссылка здесь"),
        ("Ваша ссылка, вот она", "Ваша ссылка, вот она"),
        (", <b>990</b>", "<b>990</b>"),
        ("", ""),
    ],
)
def test_a_missing_name_leaves_no_gap(rendered: str, said: str) -> None:
    assert without_gap(rendered) == said


@pytest.mark.parametrize(("hour", "part"), [(0, "night"), (5, "morning"), (12, "day"), (18, "evening"), (23, "night")])
def test_the_day_has_four_parts(hour: int, part: str) -> None:
    assert part_of_day(hour) == part
