"""The door takes whatever comes: it never fails, and the same thing has the same key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.telegram.arrival import arrival
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
def test_the_key_begins_with_the_number(raw: dict[str, Any]) -> None:
    assert arrival(raw).key.startswith(f"tg:{raw['update_id']}:")


SAID: dict[str, Any] = {
    "message_id": 5,
    "date": 1_800_000_000,
    "chat": {"id": 7, "type": "private", "first_name": "Анна"},
    "from": {"id": 7, "is_bot": False, "first_name": "Анна"},
    "text": "где заказ?",
}
PRESSED: dict[str, Any] = {"id": "70", "from": SAID["from"], "message": SAID, "data": "t:1:take"}
OTHERS: tuple[dict[str, Any], ...] = (
    {"message": SAID | {"message_id": 6}},
    {"message": SAID | {"date": 1_800_000_001}},
    {"message": SAID | {"text": "где посылка?"}},
    {"message": {**SAID, "chat": {"id": 8, "type": "private"}}},
    {"message": {**SAID, "from": SAID["from"] | {"id": 8}}},
    {"message": {key: value for key, value in SAID.items() if key != "text"} | {"caption": "где заказ?"}},
    {"edited_message": SAID | {"edit_date": 1_800_000_005}},
    {"edited_message": SAID | {"edit_date": 1_800_000_006}},
    {"callback_query": PRESSED},
    {"callback_query": PRESSED | {"id": "71"}},
    {"message_reaction": {"chat": SAID["chat"], "message_id": 5, "date": 1_800_000_000, "new_reaction": []}},
    {"my_chat_member": {"chat": SAID["chat"], "date": 1_800_000_000}},
)


def test_another_thing_under_a_used_number_has_another_key() -> None:
    keys = {arrival({"update_id": 700} | one).key for one in ({"message": SAID}, *OTHERS)}
    assert len(keys) == 1 + len(OTHERS)


@pytest.mark.parametrize(
    "replay",
    [
        {"message": dict(reversed(SAID.items()))},
        {"message": SAID | {"from": SAID["from"] | {"first_name": "Анна-Мария", "is_premium": True}}},
        {"message": SAID | {"reply_to_message": {"message_id": 1, "text": "changed meanwhile"}}},
        {"message": SAID | {"link_preview_options": {"is_disabled": True}}},
    ],
)
def test_a_true_replay_is_known_whatever_has_changed_around_its_words(replay: dict[str, Any]) -> None:
    assert arrival({"update_id": 700} | replay).key == arrival({"update_id": 700, "message": SAID}).key
