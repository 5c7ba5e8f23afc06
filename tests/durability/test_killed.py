"""The process is killed without warning, again and again; people notice nothing but a pause."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from functools import partial
from typing import Any

import pytest

from playground.groups import Group
from playground.people import Customer
from playground.server import Playground
from playground.updates import FIRST_ID
from tests.durability.crowd import SENDS, Crowd, marks_of_call, written
from tests.durability.ledger import Ledger, Mark, read, wait_until
from tests.durability.processes import Bots

SEED = 20_260
KILLS = (0.12, 0.35, 0.7)
"""Around these shares of the sends."""
EXPECTED_SENDS = 300


@pytest.mark.timeout(300)
async def test_killed_at_random_moments_it_loses_nothing_doubles_nothing_and_keeps_the_order(
    database_url: str, bots: Bots, playground: Playground, group: Group
) -> None:
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    crowd = Crowd(playground, asking=30, escalated=2, seed=SEED)
    in_flight: Counter[Mark] = Counter()
    async with playground.serve() as url:
        bot = await bots.start(url, database_url)
        writing = asyncio.create_task(crowd.write(lines=9, relays=6, pause_s=0.8))
        for share in KILLS:
            sends = int(EXPECTED_SENDS * share) + chance.randrange(20)
            await playground.wait_for(partial(lambda least: _sends(playground) >= least, sends), 60)
            await asyncio.sleep(chance.uniform(0, 0.1))
            await bot.kill()
            waiting, before = (await read(database_url)).waiting_marks(), len(playground.calls)
            bot = await bots.start(url, database_url)
            await playground.wait_for(partial(_greeted_since, playground, before), 30)
            # Until it greets, a bot sends nothing: what was sent of the waiting was in flight at the kill.
            in_flight.update(waiting & set(_sent(playground)))
        await writing
        ledger = await wait_until(
            database_url, lambda found: len(found.updates) >= _updates(playground) and found.settled, within_s=200
        )  # the group takes its twenty calls a minute
        assert await bot.stop() == 0

    assert _updates(playground) >= 280
    assert len(ledger.updates) == len({row.key for row in ledger.updates}) == _updates(playground)
    assert ledger.all_done
    for customer in (*crowd.asking, *crowd.escalated):
        _everything_is_stored_and_answered_once(ledger, customer)
    for customer in crowd.asking:
        _answers_stand_in_the_order_of_questions(ledger, customer)
    for customer in crowd.escalated:
        _lines_reached_people_in_order(customer, group)
    sent = Counter(_sent(playground))
    assert {mark: times for mark, times in sent.items() if times > 1 + in_flight[mark]} == {}


def _greeted_since(playground: Playground, before: int) -> bool:
    return any(call.method == "deleteWebhook" for call in list(playground.calls)[before:])


def _sends(playground: Playground) -> int:
    return len(playground.calls.of(*SENDS))


def _sent(playground: Playground) -> list[Mark]:
    return [mark for call in playground.calls.of(*SENDS) if call.carried_out for mark in marks_of_call(call)]


def _updates(playground: Playground) -> int:
    return playground.world.updates.next_id - FIRST_ID


def _lines_of(ledger: Ledger, customer: Customer, author: str) -> list[Any]:
    person = ledger.person(customer.id)
    return [row for row in ledger.messages if row.author == author and row.customer_id == person]


def _cause(key: str) -> str:
    return key.partition("/")[0]


def _everything_is_stored_and_answered_once(ledger: Ledger, customer: Customer) -> None:
    said = _lines_of(ledger, customer, "customer")
    assert [(row.telegram_id, row.text) for row in said] == [
        (message.id, message.text) for message in written(customer)
    ]
    answers = Counter(_cause(row.key) for row in _lines_of(ledger, customer, "bot"))
    assert set(answers.values()) == {1}


def _answers_stand_in_the_order_of_questions(ledger: Ledger, customer: Customer) -> None:
    answers = {row.id: _cause(row.key) for row in _lines_of(ledger, customer, "bot")}
    assert {row.key for row in _lines_of(ledger, customer, "customer")} <= set(answers.values())
    shown = [message.buttons[0].data or "" for message in customer.replies if message.buttons]
    causes = [int(answers[int(press.split(":")[1])].split(":")[1]) for press in shown]
    assert causes == sorted(causes)


def _lines_reached_people_in_order(customer: Customer, group: Group) -> None:
    head = f"👤 {customer.user.first_name}\n"
    shown = [line for m in group.from_bot if m.text.startswith(head) for line in m.text.split("\n")[1:]]
    assert list(dict.fromkeys(shown)) == [message.text for message in written(customer)[1:]]
