"""What is kept no longer: by the days of the settings, in small steps, with the figures as they were."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.privacy.retention import QUEUES, Retention
from services.reports.metrics import Counting
from storage.address import Address
from storage.records import Customer, Entry, StoredVerdict
from storage.retention import MOST
from storage.store import Store
from storage.tables import metadata
from storage.units import Unit

DAY = timedelta(days=1)
VERDICT = StoredVerdict(
    scenario="REFUND", confidence=0.9, reasoning="тайна", engine="local", version="1", latency_ms=1, cost_usd=0.5
)


class Calendar:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def kept(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with Store(database_url, clock=calendar) as store:
        yield store


async def rows(store: Store, table: str) -> list[Any]:
    return await store.read(lambda unit: list((unit._connection.execute(select(metadata.tables[table]))).all()))


async def everything(store: Store) -> str:
    names = [table.name for table in metadata.sorted_tables if table.name not in ("phrases", "templates")]
    return "\n".join([str(row) for name in names for row in await rows(store, name)])


async def done(store: Store, *, count: int) -> None:
    """Put tasks in and settle them."""

    def act(unit: Unit) -> None:
        for number in range(count):
            for queue in (unit.inbox, unit.outbox):
                queue.put(Entry(key=f"k{number}", lane=f"p:{number}", payload=f"тайна {number}"))

    await store.write(act)
    for name in QUEUES:
        tasks = await store.claim(name, pool="", most=count, busy=())

        def act_2(unit: Unit) -> None:
            for task in tasks:
                unit.queue(name).settle(task)

        await store.write(act_2)


async def test_settled_payloads_are_blanked_and_their_keys_stay(kept: Store, calendar: Calendar) -> None:
    await done(kept, count=MOST + 20)

    def act(unit: Unit) -> None:
        unit.inbox.put(Entry(key="waits", lane="p:1", payload="ещё тайна"))
        unit.inbox.put(Entry(key="fails", lane="p:2", payload="ещё тайна"))

    await kept.write(act)
    (task,) = [one for one in await kept.claim("inbox", pool="", most=9, busy=()) if one.key == "fails"]
    await kept.write(lambda unit: unit.inbox.settle(task, error="it fails"))
    retention = Retention(store=kept, payload_days=7, message_days=None, audit_days=365)
    calendar.now += 6 * DAY
    await retention.tidy()
    assert {row.payload == "{}" for row in await rows(kept, "inbox")} == {False}
    calendar.now += 2 * DAY
    await retention.tidy()
    for queue in ("inbox", "outbox"):
        assert {row.payload for row in await rows(kept, queue) if row.key.startswith("k")} == {"{}"}
    left = {row.key: row.payload for row in await rows(kept, "inbox") if not row.key.startswith("k")}
    assert left == {"waits": "ещё тайна", "fails": "ещё тайна"}
    await kept.write(lambda unit: unit.inbox.put(Entry(key="k1", lane="p:1", payload="again")))
    assert len([row for row in await rows(kept, "inbox") if row.key == "k1"]) == 1


async def conversation(store: Store, name: str, *, ticket: bool, closed: bool = False) -> Customer:
    def act(unit: Unit) -> Customer:
        customer = unit.customers.add(
            Address("telegram", name), first_name=f"{name} тайна", last_name="", username=None, language="ru"
        )
        opened = (
            unit.tickets.open(
                customer_id=customer.id,
                reason="asked",
                scenario=None,
                confidence=None,
                priority="low",
                question="тайна",
            )
            if ticket
            else None
        )
        of = opened.id if opened else None
        said = unit.messages.add(key=f"{name}1", customer_id=customer.id, author="customer", text="тайна", ticket_id=of)
        unit.verdicts.add(said.id, VERDICT)
        unit.messages.add(
            key=f"{name}2", customer_id=customer.id, author="bot", text="тайна", question_id=said.id, ticket_id=of
        )
        if opened and closed:
            unit.tickets.close(opened.id)
        return customer

    return await store.write(act)


async def test_old_conversations_go_and_the_figures_stay(kept: Store, calendar: Calendar) -> None:
    await conversation(kept, "811", ticket=False)
    await conversation(kept, "812", ticket=True, closed=True)
    before = await Counting(store=kept).figures()
    running = Counting(store=kept)
    await running.figures()
    retention = Retention(store=kept, payload_days=7, message_days=30, audit_days=365)
    calendar.now += 29 * DAY
    await retention.tidy()
    assert len(await rows(kept, "messages")) == 4
    calendar.now += 2 * DAY
    await retention.tidy()
    left = await everything(kept)
    assert "тайна" not in left
    assert "811" not in left
    for counting in (running, Counting(store=kept)):
        after = await counting.figures()
        assert (after.messages, after.verdicts) == (before.messages, before.verdicts)


async def test_an_open_ticket_keeps_its_words_whatever_their_age(kept: Store, calendar: Calendar) -> None:
    await conversation(kept, "811", ticket=True)
    calendar.now += 400 * DAY
    await Retention(store=kept, payload_days=7, message_days=30, audit_days=365).tidy()
    assert [row.text for row in await rows(kept, "messages")] == ["тайна", "тайна"]
    assert len(await rows(kept, "customers")) == 1


async def test_who_still_writes_keeps_their_name_and_loses_what_is_old(kept: Store, calendar: Calendar) -> None:
    anna = await conversation(kept, "811", ticket=False)
    calendar.now += 31 * DAY
    await kept.write(lambda unit: unit.messages.add(key="new", customer_id=anna.id, author="customer", text="ново"))
    await Retention(store=kept, payload_days=7, message_days=30, audit_days=365).tidy()
    assert [row.text for row in await rows(kept, "messages")] == ["ново"]
    assert len(await rows(kept, "customers")) == 1


async def test_the_number_of_a_deleted_ticket_is_never_given_again(kept: Store, calendar: Calendar) -> None:
    """Old cards stay in the group, and their buttons must not mean somebody else's ticket."""
    await conversation(kept, "811", ticket=True, closed=True)
    calendar.now += 31 * DAY
    await Retention(store=kept, payload_days=7, message_days=30, audit_days=365).tidy()
    assert not await rows(kept, "tickets")
    await conversation(kept, "812", ticket=True)
    assert [row.id for row in await rows(kept, "tickets")] == [2]


async def test_a_round_changes_few_rows_at_a_time(kept: Store, calendar: Calendar) -> None:
    """Between its steps others write: here one who is always at it."""
    await done(kept, count=MOST * 2)
    calendar.now += 8 * DAY

    before = calendar.now - 7 * DAY
    due, last = await kept.read(lambda unit: unit.retention.settled("inbox", before=before, past=0, most=50))
    assert len(due) == 50
    assert last == due[-1]
    await kept.write(lambda unit: unit.retention.blank("inbox", due[:1]))
    blanked = [row for row in await rows(kept, "inbox") if row.payload == "{}"]
    assert [row.id for row in blanked] == due[:1]
