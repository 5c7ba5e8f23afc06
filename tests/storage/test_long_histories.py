"""A customer who has written for years costs no more than one who came a month ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert

from storage.address import Address
from storage.store import Store
from storage.tables import messages
from storage.units import Unit

FEW, MANY = 20, 2_000
YEAR = timedelta(days=365)
MINUTE = timedelta(minutes=1)


def _with_history(unit: Unit, who: str, lines: int) -> int:
    customer = unit.customers.add(
        Address("telegram", who), first_name="Анна", last_name="", username=None, language="ru"
    )
    rows = [
        {
            "public_id": uuid4(),
            "key": f"{who}/{number}",
            "customer_id": customer.id,
            "author": "bot" if number % 2 else "customer",
            "kind": "answer" if number % 2 else "text",
            "scenario": "DELIVERY" if number % 2 else None,
            "text": "где мой заказ",
            "created_at": unit.now - YEAR + number * MINUTE,
        }
        for number in range(lines)
    ]
    unit._connection.execute(insert(messages), rows)
    return customer.id


def _steps(unit: Unit, look: Callable[[], object]) -> int:
    """Return how many steps SQLite takes for what is asked."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    driver = unit._connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(step, 1)
    try:
        look()
    finally:
        driver.set_progress_handler(None, 0)
    return steps


async def test_what_a_message_looks_up_does_not_grow_with_the_history(sqlite_url: str) -> None:

    def costs(unit: Unit, customer: int) -> list[int]:
        hour = unit.now - timedelta(hours=1)
        lately = {"minute": unit.now - MINUTE, "since": hour, "rated": unit.now - MINUTE, "most": 21}
        return [
            _steps(unit, lambda: unit.messages.standing(customer, **lately)),  # type: ignore[arg-type]
            _steps(unit, lambda: unit.messages.count_since(customer, unit.now - MINUTE, most=21)),
            _steps(unit, lambda: unit.messages.times_answered(customer, "DELIVERY", None)),
        ]

    async with Store(sqlite_url) as store:
        few, many = await store.write(lambda unit: (_with_history(unit, "7", FEW), _with_history(unit, "8", MANY)))
        known, old = await store.read(lambda unit: (costs(unit, few), costs(unit, many)))
    assert min(known) > 10, "the driver has counted"
    assert all(long < 1.5 * short for short, long in zip(known, old, strict=True)), (known, old)
