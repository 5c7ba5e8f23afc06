"""What goes wrong on demand, and what was carried out all the same."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)

from playground.faults import ANY, Fault, Kind
from playground.people import Customer
from playground.server import Playground

BROKEN: list[tuple[Kind, type[Exception]]] = [
    (Kind.HTTP_500_HTML, ClientDecodeError),
    (Kind.HTTP_502_HTML, ClientDecodeError),
    (Kind.EMPTY_504, ClientDecodeError),
    (Kind.BARE_500, TypeError),
    (Kind.RESET, TelegramNetworkError),
    (Kind.TOO_MANY_REQUESTS, TelegramRetryAfter),
    (Kind.FORBIDDEN, TelegramForbiddenError),
]


@pytest.fixture
def anna(playground: Playground) -> Customer:
    customer = playground.add_customer()
    customer.send("hi")
    return customer


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("broken", BROKEN, ids=[kind for kind, _ in BROKEN])
async def test_a_broken_answer(
    bot: Bot, playground: Playground, anna: Customer, broken: tuple[Kind, type[Exception]], when: str
) -> None:
    (kind, error), after_effect = broken, when == "after"
    fault = playground.faults.add(Fault(method="sendMessage", kind=kind, after_effect=after_effect))
    with pytest.raises(error):
        await bot.send_message(anna.id, "x")
    assert fault.struck == 1
    assert len(anna.replies) == after_effect
    (call,) = playground.calls.of("sendMessage")
    assert call.carried_out is after_effect
    await bot.send_message(anna.id, "y")
    assert anna.replies[-1].text == "y"


async def test_a_hang(bot: Bot, playground: Playground, anna: Customer) -> None:
    playground.faults.add(Fault(method="sendMessage", kind=Kind.HANG, seconds=30))
    playground.faults.add(Fault(method="sendMessage", kind=Kind.HANG, seconds=30, after_effect=True))
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(anna.id, "not carried out", request_timeout=1)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(anna.id, "carried out", request_timeout=1)
    assert [message.text for message in anna.replies] == ["carried out"]


async def test_an_answer_from_tomorrow(bot: Bot, playground: Playground, anna: Customer) -> None:
    playground.faults.add(Fault(method="sendMessage", kind=Kind.EXTRA_FIELDS))
    assert (await bot.send_message(anna.id, "x")).text == "x"
    playground.faults.add(Fault(method="sendMessage", kind=Kind.UNDECODABLE))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(anna.id, "y")
    assert [message.text for message in anna.replies] == ["x", "y"]


async def test_which_calls_are_struck(bot: Bot, playground: Playground, anna: Customer) -> None:
    group = playground.add_group()
    plan = playground.faults
    plan.add(Fault(method=ANY, kind=Kind.TOO_MANY_REQUESTS, chat_id=group.id, skip=1, times=2, retry_after=7))
    plan.add(Fault(method="sendMessage", kind=Kind.FORBIDDEN, when=lambda params: params["text"] == "bad"))
    await bot.send_message(anna.id, "fine")
    await bot.send_message(group.id, "skipped")
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as wait:
            await bot.send_chat_action(group.id, "typing")
        assert wait.value.retry_after == 7
    await bot.send_message(group.id, "over")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(anna.id, "bad")
    plan.clear()
    await bot.get_updates()


async def test_waiting_tells_what_was_written(playground: Playground, anna: Customer) -> None:
    later = asyncio.get_running_loop().call_soon(anna.send, "second")
    assert await playground.wait_for(lambda: len(anna.chat.history) == 2)
    later.cancel()
    with pytest.raises(TimeoutError, match="second"):
        await playground.wait_for(lambda: anna.replies, timeout=0.01)
