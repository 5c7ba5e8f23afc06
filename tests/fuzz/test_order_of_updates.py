"""A batch whose updates come out of order is taken in by the numbers of its messages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.telegram.order import in_order

NUMBERS = st.integers(1, 6)
CHATS = st.sampled_from([1, 2, -5])


def said(number: Any, chat: Any = 1, kind: str = "message") -> dict[str, Any]:
    return {kind: {"message_id": number, "chat": {"id": chat}}}


def edited(number: int, chat: int = 1) -> dict[str, Any]:
    return said(number, chat, "edited_message")


PRESS: dict[str, Any] = {"callback_query": {"message": {"message_id": 1, "chat": {"id": 1}}}}


@pytest.mark.parametrize(
    ("batch", "ordered"),
    [
        ([said(3), said(1), said(2)], [said(1), said(2), said(3)]),
        ([said(2), said(9, -5), said(1), said(8, -5)], [said(1), said(8, -5), said(2), said(9, -5)]),
        ([said(2), PRESS, said(1)], [said(1), PRESS, said(2)]),
        ([edited(2), said(2), said(1)], [said(1), said(2), edited(2)]),
        ([said(2), edited(2), said(1)], [said(1), said(2), edited(2)]),
        ([said(7), edited(3), said(8)], [said(7), edited(3), said(8)]),
        ([edited(3), said(7)], [edited(3), said(7)]),
        ([said(1), edited(1), edited(1), said(2)], [said(1), edited(1), edited(1), said(2)]),
        (
            [said("2"), said(1), 5, {}, {"message": 5}, said(None)],
            [said("2"), said(1), 5, {}, {"message": 5}, said(None)],
        ),
    ],
)
def test_lines_of_one_chat_go_by_their_numbers(batch: list[Any], ordered: list[Any]) -> None:
    assert in_order(batch) == ordered


@given(st.lists(st.one_of(st.builds(said, NUMBERS, CHATS), st.builds(edited, NUMBERS, CHATS), st.just(PRESS))))
def test_nothing_is_lost_and_no_edit_stands_before_its_message(batch: list[dict[str, Any]]) -> None:
    found = in_order(batch)
    assert sorted(map(str, found)) == sorted(map(str, batch))
    assert [one is PRESS for one in found] == [one is PRESS for one in batch]
    for chat in (1, 2, -5):
        lines = [one["message"]["message_id"] for one in found if one.get("message", {}).get("chat") == {"id": chat}]
        assert lines == sorted(lines)
        for number in lines:
            if edited(number, chat) in found:
                assert found.index(said(number, chat)) < found.index(edited(number, chat))
