"""The send budget."""

from __future__ import annotations

import pytest

from playground.errors import ApiError
from playground.limits import TELEGRAM, Limiter
from playground.server import Playground
from tests.playground.conftest import Clock, Raw


def spend(limiter: Limiter, chat_id: int, count: int = 1) -> int:
    """Give the seconds of `retry_after`, 0 when it passed."""
    try:
        limiter.spend(chat_id, count)
    except ApiError as error:
        return int(error.parameters["retry_after"])
    return 0


def test_a_private_chat_has_a_burst_and_then_one_a_second(clock: Clock) -> None:
    limiter = Limiter(clock=clock, budget=TELEGRAM)
    assert [spend(limiter, 1) for _ in range(6)] == [0, 0, 0, 0, 0, 5]
    clock.now += 3
    assert spend(limiter, 1) == 2
    clock.now += 2
    assert spend(limiter, 1) == 0


def test_a_group_has_twenty_a_minute(clock: Clock) -> None:
    limiter = Limiter(clock=clock, budget=TELEGRAM)
    for _ in range(20):
        assert spend(limiter, -1) == 0
        clock.now += 1
    assert spend(limiter, -1) == 40
    assert spend(limiter, -2) == 0


def test_all_chats_share_thirty_a_second(clock: Clock) -> None:
    limiter = Limiter(clock=clock, budget=TELEGRAM)
    assert [spend(limiter, chat) for chat in range(1, 32)] == [0] * 30 + [1]


def test_an_album_counts_as_what_it_is(clock: Clock) -> None:
    limiter = Limiter(clock=clock, budget=TELEGRAM)
    assert spend(limiter, -1, 10) == 0
    assert spend(limiter, -1, 10) == 0
    assert spend(limiter, -1) == 60


async def test_sends_edits_and_topics_share_a_group(call: Raw, playground: Playground) -> None:
    playground.limiter.budget = TELEGRAM
    group = playground.add_group(forum=True)
    sent = (await call("sendMessage", chat_id=group.id, text="0"))["result"]["message_id"]
    for n in range(1, 10):
        await call("createForumTopic", chat_id=group.id, name=str(n))
        assert (await call("editMessageText", chat_id=group.id, message_id=sent, text=str(n)))["ok"]
        assert (await call("sendChatAction", chat_id=group.id, action="typing"))["ok"]
    assert (await call("sendMessage", chat_id=group.id, text="20th"))["ok"]
    refused = await call("sendMessage", chat_id=group.id, text="21st")
    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 60",
        "parameters": {"retry_after": 60},
    }


@pytest.mark.parametrize("count", [50])
async def test_without_a_budget_all_passes(call: Raw, playground: Playground, count: int) -> None:
    group = playground.add_group()
    for _ in range(count):
        assert (await call("sendMessage", chat_id=group.id, text="x"))["ok"]
