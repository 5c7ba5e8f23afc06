"""The server takes no messages, or takes them and does not say so: what each outage costs people, at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.outbound import PRIVATE_AT_ONCE
from bot.to_group import GROUP_AT_ONCE
from playground.faults import FOR_EVER, SENDS, Fault, Kind
from playground.groups import Group
from playground.people import Customer
from playground.server import Playground
from tests.durability.ledger import read, wait_until
from tests.durability.processes import Bots
from tests.durability.waiting import until
from tests.walk.conftest import House, opened

QUESTION = "где моя посылка, когда доставят заказ?"
MARK = "🔁 Возможно, повтор:"
IN_FLIGHT = PRIVATE_AT_ONCE + GROUP_AT_ONCE + 4
"""When the outage begins, and the probes after that."""
UNCONFIRMED = "Не подтверждено сообщений"


@pytest.fixture
async def house(database_url: str, home: Path, brisk: None) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


def _crowd(house: House, many: int) -> list[Customer]:
    return [house.playground.add_customer(f"Customer{number}", language_code="ru") for number in range(many)]


def _copies(house: House, customer: Customer) -> int:
    return sum(call.carried_out for call in house.playground.calls.of(*SENDS, chat_id=customer.id))


def _all_answered(customers: list[Customer]) -> bool:
    return all(customer.replies for customer in customers)


def _struck(fault: Fault, times: int) -> bool:
    return fault.struck >= times


async def test_while_sends_fail_nothing_is_spent_on_the_outage_and_then_everybody_is_answered(house: House) -> None:
    crowd = _crowd(house, 60)
    fault = house.playground.faults.add(Fault(method=SENDS, kind=Kind.HTTP_502_HTML, times=FOR_EVER))
    crowd[0].send("/operator")
    for customer in crowd[1:]:
        customer.send(QUESTION)
    await wait_until(house.database_url, lambda found: len(found.outbox) >= len(crowd))
    await house.playground.wait_for(lambda: len(house.playground.calls.of(*SENDS)) >= 8)
    house.playground.faults.remove(fault)
    await house.playground.wait_for(partial(_all_answered, crowd))
    await house.in_group("Customer0")
    ledger = await wait_until(house.database_url, lambda found: found.settled)
    assert ledger.all_done
    assert sum(row.calls > 1 for row in ledger.outbox) <= IN_FLIGHT  # the rest was never tried in vain
    assert {_copies(house, customer) for customer in crowd} == {1}
    assert len(house.group.from_bot) == 1


@pytest.mark.parametrize("kind", [Kind.HTTP_500_HTML, Kind.RESET])
async def test_what_is_taken_but_not_confirmed_arrives_twice_at_the_most(house: House, kind: Kind) -> None:
    crowd = _crowd(house, 60)
    fault = house.playground.faults.add(Fault(method=SENDS, kind=kind, times=FOR_EVER, after_effect=True))
    crowd[0].send("/operator")
    for customer in crowd[1:]:
        customer.send(QUESTION)
    await house.playground.wait_for(partial(_struck, fault, 5))
    await wait_until(house.database_url, lambda found: len(found.outbox) > len(crowd))
    house.playground.faults.remove(fault)
    await wait_until(house.database_url, lambda found: found.settled)
    copies = Counter(_copies(house, customer) for customer in crowd)
    assert set(copies) <= {1, 2}
    assert copies[2] <= IN_FLIGHT
    assert len(house.group.from_bot) <= 2
    assert not [message for message in house.group.from_bot if "Не обработано" in message.text]


async def test_what_was_cut_off_twice_is_listed_once_and_never_sent_again_by_itself(house: House) -> None:
    cut_off = _crowd(house, 3)
    for customer in cut_off:
        house.playground.faults.add(
            Fault(method="sendMessage", kind=Kind.RESET, times=2, chat_id=customer.id, after_effect=True)
        )
        customer.send(QUESTION)
    house.anna.send(QUESTION)
    await house.answer(house.anna)
    notice = await house.in_group(UNCONFIRMED)
    assert all(customer.user.first_name in notice.text for customer in cut_off)
    assert [_copies(house, customer) for customer in cut_off] == [2, 2, 2]
    assert len(house.group.from_bot) == 1


async def test_what_a_sick_server_answers_again_and_again_comes_later_and_says_that_it_may_be_a_repeat(
    house: House,
) -> None:
    fault = Fault(method="sendMessage", kind=Kind.HTTP_500_HTML, times=2, chat_id=house.anna.id)
    house.playground.faults.add(fault)
    house.anna.send(QUESTION)
    house.john.send("where is my parcel?")
    answer = await house.answer(house.anna)
    assert answer.text.startswith(MARK)
    assert answer.buttons
    assert not (await house.answer(house.john)).text.startswith(MARK)
    assert (await wait_until(house.database_url, lambda found: found.settled)).all_done


async def test_chats_that_hang_keep_nobody_else_waiting(house: House) -> None:
    slow, others = _crowd(house, 40), _crowd(house, 20)
    ids = {customer.id for customer in slow}
    hang = Fault(method=SENDS, kind=Kind.HANG, times=FOR_EVER, chat_id=lambda chat: chat in ids, seconds=60)
    house.playground.faults.add(hang)
    for customer in slow:
        customer.send(QUESTION)
    await until(partial(_struck, hang, 32))  # a call that hangs rings no bell
    for customer in others:
        customer.send(QUESTION)
    await house.playground.wait_for(partial(_all_answered, others), 40)  # while the others still hang
    assert not any(customer.replies for customer in slow)
    house.playground.faults.remove(hang)
    hang.let_go()
    await house.playground.wait_for(partial(_all_answered, slow))
    assert {_copies(house, customer) for customer in (*slow, *others)} == {1}


@pytest.mark.timeout(240)  # three starts of a process, on a machine that has more to do
async def test_killed_again_and_again_in_the_middle_of_a_call_it_makes_two_copies_at_the_most(
    sqlite_url: str, bots: Bots, playground: Playground, group: Group
) -> None:
    anna, john = (playground.add_customer(name, language_code="ru") for name in ("Анна", "John"))
    stuck = {anna.id, group.chat.id}
    hang = Fault(
        method="sendMessage",
        kind=Kind.HANG,
        times=FOR_EVER,
        seconds=60,
        after_effect=True,
        chat_id=lambda chat: chat in stuck,
    )
    playground.faults.add(hang)
    async with playground.serve() as url:
        anna.send(QUESTION)
        john.send("/operator")
        for copies in (1, 2):
            bot = await bots.start(url, sqlite_url, SUPPORT_OPERATORS__DESK_MESSAGE="false")
            await until(partial(_stand, anna, group, copies), within_s=60)
            await bot.kill()
        playground.faults.clear()
        bot = await bots.start(url, sqlite_url, SUPPORT_OPERATORS__DESK_MESSAGE="false")
        await playground.wait_for(partial(_noticed, group))
        async with aiohttp.ClientSession() as client, client.get(f"{bot.http}/metrics") as answer:
            assert "support_bot_duplicates_possible_total 2.0" in await answer.text()
        assert await bot.stop() == 0
    assert "worker.failed" not in bot.words
    assert len(anna.replies) == 2
    assert sum("№1" in message.text and bool(message.buttons) for message in group.from_bot) == 2
    assert {row.calls for row in (await read(sqlite_url)).outbox} == {1, 2}


def _stand(anna: Customer, group: Group, copies: int) -> bool:
    return len(anna.replies) >= copies and len(group.from_bot) >= copies


def _noticed(group: Group) -> bool:
    return any(UNCONFIRMED in message.text for message in group.from_bot)
