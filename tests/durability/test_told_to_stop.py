"""SIGTERM: what has come in is finished, what has not is left for the next start, and the exit code is 0."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from playground.server import Playground
from playground.updates import FIRST_ID
from storage.queue_statements import WAITING
from tests.durability.crowd import SENDS, Crowd, marks_of_call, written
from tests.durability.ledger import read, wait_until
from tests.durability.processes import Bots
from tests.durability.waiting import until


async def test_stopped_in_the_middle_it_drains_and_the_next_start_finishes_the_rest(
    database_url: str, bots: Bots, playground: Playground
) -> None:
    crowd = Crowd(playground, asking=12, escalated=1, seed=7)
    async with playground.serve() as url:
        bot = await bots.start(url, database_url)
        await until(lambda: playground.world.updates.polled_now)
        writing = asyncio.create_task(crowd.write(lines=6, relays=3, pause_s=0.6))
        await playground.wait_for(lambda: len(playground.calls.of(*SENDS)) >= 12)
        assert await bot.stop() == 0
        left = [row for row in (await read(database_url)).outbox if row.state == WAITING]
        assert all(
            row.lane.startswith("t:") for row in left
        )  # the group's minute outlasts a stop, customers' answers do not
        await writing
        crowd.ask_once_more(number=6)  # on a slow machine all that came before may have been fetched before the stop
        assert playground.world.updates.pending

        again = await bots.start(url, database_url)
        came = playground.world.updates.next_id - FIRST_ID
        ledger = await wait_until(database_url, lambda found: len(found.updates) == came and found.settled)
        await until(lambda: playground.world.updates.polled_now)
        since = time.monotonic()
        assert await again.stop() == 0
        assert time.monotonic() - since < 25  # nothing to drain: a long poll under way is given up

    assert ledger.all_done
    stored = {(row.telegram_id, row.text) for row in ledger.messages if row.author == "customer"}
    people = (*crowd.asking, *crowd.escalated)
    stands = {(message.id, message.text) for customer in people for message in written(customer)}
    assert stands <= stored <= stands | set(crowd.edited.items())
    sent = Counter(mark for call in playground.calls.of(*SENDS) for mark in marks_of_call(call))
    assert set(sent.values()) == {1}
