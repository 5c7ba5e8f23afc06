"""What a message costs the database: so many statements, and no more by accident."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event

from tests.durability.waiting import until
from tests.walk.conftest import opened

QUESTIONS: Final = ("где моя посылка, когда доставят заказ?", "как получить бонус за приглашённого друга?")
AT_THE_DOOR: Final = 2
ACT: Final = 11
"""The only look, two messages, a verdict, what was said before; then inbox, outbox and their lanes."""
STRANGERS: Final = 2
"""The first message of each person costs something else: there is nothing to look at yet."""
CALL: Final = 4
"""Begin, settle, note where it stands, and the lane."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give what connections that are opened in here are asked, as SQLite itself hears it."""
    heard: list[str] = []

    def note(statement: str) -> None:
        text = " ".join(statement.split())
        if text.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):  # a claim begins with WITH; it serves many
            heard.append(text)

    def on_connect(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(note)

    event.listen(Engine, "connect", on_connect)
    try:
        yield heard
    finally:
        event.remove(Engine, "connect", on_connect)


@pytest.mark.usefixtures("home")
async def test_an_answer_costs_so_many_statements(sqlite_url: str) -> None:
    costs = []
    with statements() as heard:
        async with opened(sqlite_url) as house:
            for question in QUESTIONS:
                for customer in (house.anna, house.john):
                    heard.clear()
                    customer.send(question)
                    await house.answer(customer)
                    await until(lambda: any(text.startswith("UPDATE lanes") and "outbox" in text for text in heard))
                    costs.append(len(heard))
    # Timers ask now and then, too: the cheapest is what a message costs by itself.
    assert min(costs[STRANGERS:]) == AT_THE_DOOR + ACT + CALL
