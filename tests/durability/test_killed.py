"""The process is killed without warning, again and again; people notice nothing but a pause."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from itertools import pairwise

from playground.people import Customer, Group
from playground.server import Playground
from tests.durability.crowd import SENDS, Crowd, mark_of_call, written
from tests.durability.ledger import Ledger, Mark, read, wait_until
from tests.durability.processes import Bots

SEED = 20_260
KILLS = (0.12, 0.3, 0.5, 0.75)
"""Around these shares of the sends."""
EXPECTED_SENDS = 300


async def test_killed_at_random_moments_it_loses_nothing_doubles_nothing_and_keeps_the_order(
    database_url: str, bots: Bots, playground: Playground, group: Group
) -> None:
    chance = random.Random(SEED)  # noqa: S311  # a story that can be told again
    crowd = Crowd(playground, asking=10, escalated=2, seed=SEED)
    in_flight: Counter[Mark] = Counter()
    async with playground.serve() as url:
        bot = await bots.start(url, database_url)
        writing = asyncio.create_task(crowd.write(lines=28, relays=6, pause_s=0.3))
        for share in KILLS:
            sends = int(EXPECTED_SENDS * share) + chance.randrange(20)
            await playground.wait_for(lambda sends=sends: len(playground.calls.of(*SENDS)) >= sends, 60)
            await asyncio.sleep(chance.uniform(0, 0.1))
            await bot.kill()
            waiting, before = (await read(database_url)).waiting_marks(), len(playground.calls)
            bot = await bots.start(url, database_url)
            await playground.wait_for(lambda before=before: _greetings(playground, before), 30)
            # Until it greets, a bot sends nothing: what was sent of the waiting was in flight at the kill.
            in_flight.update(waiting & set(_sent(playground)))
        await writing
        ledger = await wait_until(
            database_url, lambda found: len(found.inbox) >= _updates(playground) and found.settled
        )
        assert await bot.stop() == 0

    assert _updates(playground) >= 300
    assert [row.key for row in ledger.inbox] == sorted({row.key for row in ledger.inbox})
    assert len(ledger.inbox) == _updates(playground)
    assert ledger.all_done
    for customer in (*crowd.asking, *crowd.escalated):
        _everything_is_stored_once(ledger, customer)
    for customer in crowd.asking:
        _answers_stand_in_the_order_of_questions(ledger, customer)
    for customer in crowd.escalated:
        _lines_stand_in_order(customer, group)
    sent = Counter(_sent(playground))
    assert {mark: times for mark, times in sent.items() if times > 1 + in_flight[mark]} == {}


def _greetings(playground: Playground, before: int) -> bool:
    return any(call.method == "deleteWebhook" for call in list(playground.calls)[before:])


def _sent(playground: Playground) -> list[Mark]:
    return [mark_of_call(call) for call in playground.calls.of(*SENDS) if call.carried_out]


def _updates(playground: Playground) -> int:
    return playground.world.updates.next_id - 700_000_001


def _everything_is_stored_once(ledger: Ledger, customer: Customer) -> None:
    person = ledger.person(customer.id)
    stored = [(row.telegram_id, row.text) for row in ledger.messages if row.author == "customer" and row.customer_id == person]
    assert stored == [(message.id, message.text) for message in written(customer)]
    causes = Counter(row.key.partition("/")[0] for row in ledger.messages if row.author == "bot" and row.customer_id == person)
    assert set(causes.values()) == {1}


def _answers_stand_in_the_order_of_questions(ledger: Ledger, customer: Customer) -> None:
    cause = {row.id: int(row.key.removeprefix("tg:").partition("/")[0]) for row in ledger.messages if row.author == "bot"}
    read_in_order = [cause[int(m.buttons[0].data.split(":")[1])] for m in customer.replies if m.buttons and m.buttons[0].data]
    assert read_in_order == sorted(read_in_order)
    person = ledger.person(customer.id)
    asked = [row for row in ledger.messages if row.author == "customer" and row.customer_id == person]
    answered = {row.key.partition("/")[0] for row in ledger.messages if row.author == "bot"}
    assert {row.key for row in asked} <= answered


def _lines_stand_in_order(customer: Customer, group: Group) -> None:
    lines = [m.text.partition("\n")[2] for m in group.from_bot if m.text.startswith(f"👤 {customer.user.first_name}\n")]
    seen = [line for last, line in pairwise(["", *lines]) if line != last]
    assert seen == [m.text for m in written(customer)[1:]]
