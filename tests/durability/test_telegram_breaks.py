"""The Bot API refuses, breaks off, lies and goes away: what each does to the people on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from handlers.telegram.courier import Courier
from playground import defaults
from playground.faults import Fault, Kind
from playground.groups import Group
from playground.people import Customer
from playground.server import Playground
from services.delivery.messenger import Target
from services.messages.effects import Words
from tests.durability.ledger import read
from tests.durability.processes import Bot as Process
from tests.durability.processes import Bots
from tests.durability.waiting import until
from tests.ports import free_port
from tests.walk.conftest import House, opened

QUESTION = "где моя посылка, когда доставят заказ?"
ANOTHER = "сколько стоит подписка в месяц?"
AMBIGUOUS = (Kind.HTTP_500_HTML, Kind.HTTP_502_HTML, Kind.EMPTY_504, Kind.BARE_500, Kind.RESET)


@pytest.fixture
async def house(database_url: str, home: Path, brisk: None) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


def _said(house: House, customer: Customer) -> int:
    """How often the bot has written to a customer, whatever it was told about it."""
    return sum(call.carried_out for call in house.playground.calls.of("sendMessage", chat_id=customer.id))


async def test_429_rests_one_chat_as_told_spends_no_try_and_holds_up_nobody_else(house: House) -> None:
    fault = Fault(method="sendMessage", kind=Kind.TOO_MANY_REQUESTS, chat_id=house.john.id, retry_after=2)
    house.playground.faults.add(fault)
    house.john.send(QUESTION)
    house.anna.send(QUESTION)
    await house.answer(house.anna)
    assert not house.john.replies
    await house.answer(house.john)
    refused, accepted = house.playground.calls.of("sendMessage", chat_id=house.john.id)
    assert accepted.at - refused.at >= 2
    attempts = {row.attempts for row in (await read(house.database_url)).outbox}
    assert attempts == {0}


async def test_a_call_without_a_clear_answer_is_made_once_more_at_the_most(house: House) -> None:
    """Every kind of break, before and after the effect, each with a customer of its own."""
    asked: dict[tuple[Kind, bool], Customer] = {}
    for kind in AMBIGUOUS:
        for after in (False, True):
            customer = asked[kind, after] = house.playground.add_customer("Анна", language_code="ru")
            fault = Fault(method="sendMessage", kind=kind, chat_id=customer.id, after_effect=after)
            house.playground.faults.add(fault)
            customer.send(QUESTION)
    for (_, after), customer in asked.items():
        await house.playground.wait_for(partial(_said_so_often, house, customer, 1 + after))
        customer.send(ANOTHER)
    for (kind, after), customer in asked.items():
        await house.answer(customer)
        assert _said(house, customer) == 2 + after, kind
    assert not house.group.from_bot


async def test_an_answer_that_nobody_could_decode_still_means_that_it_was_sent(house: House) -> None:
    house.playground.faults.add(Fault(method="sendMessage", kind=Kind.UNDECODABLE, chat_id=house.anna.id))
    house.playground.faults.add(Fault(method="sendMessage", kind=Kind.EXTRA_FIELDS, chat_id=house.john.id))
    for customer in (house.anna, house.john):
        customer.send(QUESTION)
        answer = await house.answer(customer)
        press = customer.press(answer, answer.button("Помогло").data or "")
        await house.playground.wait_for(partial(getattr, press, "answer"))
        await house.playground.wait_for(partial(_has_no_buttons, customer))
        customer.send(ANOTHER)
        await house.answer(customer)
        assert _said(house, customer) == 2


async def test_a_customer_who_is_gone_is_marked_and_the_operator_is_told_once(house: House) -> None:
    house.anna.send("/operator")
    card = await house.in_group("Анна")
    await house.answer(house.anna)
    house.anna.deactivate()
    house.olga.write(house.group, "Здравствуйте!", reply_to=card)
    await house.in_group("Клиент этого не получит")
    house.john.send(QUESTION)
    await house.answer(house.john)
    notices = [message for message in house.group.from_bot if "Клиент этого не получит" in message.text]
    assert len(notices) == 1
    reachable = {row.external_id: row.reachable for row in (await read(house.database_url)).customers}
    assert reachable == {str(house.anna.id): False, str(house.john.id): True}


async def test_markup_that_telegram_cannot_read_goes_as_plain_text(playground: Playground) -> None:
    anna = playground.add_customer("Анна")
    anna.send("/start")
    async with playground.serve() as url:
        bot = Bot(defaults.TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        courier = Courier(bot)
        try:
            await courier.say(Target(chat_id=anna.id), Words(text="<b>смотрите: 2 < 3"), leave=_freely)
        finally:
            await bot.session.close()
    assert [message.text for message in anna.replies] == ["смотрите: 2 < 3"]


async def test_a_second_poller_is_stood_by_for_and_told_of_once(house: House) -> None:
    house.olga.send("/start")
    await house.answer(house.olga)
    async with house.playground.serve() as url, aiohttp.ClientSession() as stranger:
        for _ in range(2):
            await until(lambda: house.playground.world.updates.polled_now)
            async with stranger.post(f"{url}/bot{defaults.TOKEN}/getUpdates", json={"timeout": 1}) as answer:
                assert (await answer.json())["ok"]
    house.anna.send(QUESTION)
    await house.answer(house.anna)
    warnings = [message for message in house.olga.replies if "другой процесс" in message.text]
    assert len(warnings) == 1


async def test_a_wrong_token_ends_the_start_with_one_line(sqlite_url: str, bots: Bots, playground: Playground) -> None:
    async with playground.serve() as url:
        bot = await bots.start(url, sqlite_url, BOT_TOKEN="8080:another-token-than-telegram-knows")
        assert await bot.ended() == 2
    assert len(bot.complaints) == 1
    assert "telegram.token" in bot.complaints[0]
    assert "another-token" not in bot.words
    assert "Traceback" not in bot.words


async def test_a_server_that_is_away_at_the_start_and_again_later_is_waited_for(
    sqlite_url: str, bots: Bots, playground: Playground, group: Group
) -> None:
    anna, port = playground.add_customer("Анна", language_code="ru"), free_port()
    bot = await bots.start(f"http://127.0.0.1:{port}", sqlite_url)
    await until(lambda: "telegram.unreachable" in bot.words)
    for round_ in (1, 2):
        anna.send(QUESTION)  # while nobody listens
        async with playground.serve(port=port):
            await playground.wait_for(partial(_has_read, anna, 2 * round_ - 1))
            anna.send(ANOTHER)
            await playground.wait_for(partial(_has_read, anna, 2 * round_))
            more_than = bot.words.count("polling.failed")
        await until(partial(_failed_polls, bot, more_than))
    assert await bot.stop() == 0
    sent = Counter(call.params["reply_markup"] for call in playground.calls.of("sendMessage") if call.carried_out)
    assert sorted(sent.values()) == [1, 1, 1, 1]
    assert not group.from_bot


async def _freely() -> None:
    """A call that nobody needs to remember."""


def _has_read(customer: Customer, lines: int) -> bool:
    return len(customer.replies) >= lines


def _failed_polls(bot: Process, more_than: int) -> bool:
    return bot.words.count("polling.failed") > more_than


def _said_so_often(house: House, customer: Customer, times: int) -> bool:
    return _said(house, customer) == times


def _has_no_buttons(customer: Customer) -> bool:
    return not customer.replies[0].buttons
