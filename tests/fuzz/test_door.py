"""The door takes whatever comes: it never fails, and the same thing has the same key."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from handlers.telegram.lanes import arrival
from handlers.telegram.polling import number
from tests.fuzz.mutations import ODD, mutated

ANYTHING = st.recursive(
    st.sampled_from(ODD) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(mutated() | ANYTHING)
@example({"update_id": True})
@example({"update_id": "7", "message": {"chat": {"id": 1}}})
@example({"update_id": 2**70, "message": {"chat": {"id": 2**70}}})
@example({"update_id": 1, "callback_query": {"data": "t:" + "9" * 400 + ":take", "from": {"id": 5}}})
@example({"update_id": 1, "message": {"chat": {"id": -5}, "reply_to_message": {"message_id": 2**70}}})
def test_whatever_comes_gets_a_key_and_a_lane_that_fit(raw: Any) -> None:
    came = arrival(raw)
    assert 0 < len(came.key) <= 200
    assert 0 < len(came.lane) <= 120
    assert came.payload.isascii()
    assert came.answers is None or all(-(2**63) <= value < 2**63 for value in came.answers)
    assert isinstance(number(raw), int)


@given(mutated() | ANYTHING)
def test_the_same_update_has_the_same_key_and_lane_whenever_it_comes(raw: Any) -> None:
    again = json.loads(json.dumps(raw))
    assert arrival(again) == arrival(raw)


@given(mutated())
def test_what_stands_in_an_update_does_not_change_its_key(raw: dict[str, Any]) -> None:
    assert arrival(raw).key == f"tg:{raw['update_id']}"
