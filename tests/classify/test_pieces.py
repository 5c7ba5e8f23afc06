"""Pieces of words in flat arrays say what the dictionary says that they were made of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.local.pieces import SLOTS, Pieces, tables


@given(places=st.dictionaries(st.text(max_size=6), st.integers(0, 2**31 - 1), max_size=60), others=st.lists(st.text()))
@pytest.mark.long
def test_they_find_what_a_dictionary_finds(places: dict[str, int], others: list[str]) -> None:
    pieces = Pieces(**_named(tables(places)))
    assert [pieces.get(text) for text in (*places, *others)] == [places.get(text) for text in (*places, *others)]


def test_pieces_that_share_a_slot_are_told_apart() -> None:
    places = {f"piece {number}": number for number in range(SLOTS // 4)}
    pieces = Pieces(**_named(tables(places)))
    assert all(pieces.get(name) == number for name, number in places.items())
    assert pieces.get("none of them") is None


def test_tables_that_do_not_fit_together_are_refused() -> None:
    made = _named(tables({"a": 1, "b": 2}))
    with pytest.raises(ValueError, match="different lengths"):
        Pieces(**made | {"places": made["places"][:1]})
    with pytest.raises(ValueError, match="different lengths"):
        Pieces(**made | {"slots": made["slots"][:-1]})


def _named(made: dict[str, Any]) -> dict[str, Any]:
    return made | {"names": made["names"].tobytes()}
