"""A gap is what somebody has to write in: it is found wherever it stands, and nothing else is."""

from __future__ import annotations

import pytest

from services.scenarios.gaps import gap, gaps_of, whole


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        (f"Come on {gap('date')}.", ("‹date›",)),
        ("‹date› to ‹date›, {{ customer.first_name }}", ("‹date›",)),
        ("<b>‹имя›</b>, ваш ‹номер›", ("‹имя›", "‹номер›")),
        ("«кавычки» and <b>tags</b>", ()),
        ("a ‹ alone\nand › below", ()),
        ("‹›", ()),
    ],
)
def test_gaps_are_found_each_once(text: str, gaps: tuple[str, ...]) -> None:
    assert gaps_of(text) == gaps
    assert whole(text) == (None if gaps else text)
