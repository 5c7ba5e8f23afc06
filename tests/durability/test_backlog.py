"""The bot comes back, and who writes now does not wait until all is answered that has piled up."""

from __future__ import annotations

from pathlib import Path

from playground.server import Playground
from services.queues.alerts import Alerts
from services.queues.intake import CATCH_UP_S, Intake
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.store import Store
from tests.durability.crowd import QUESTIONS
from tests.walk.conftest import opened

CUSTOMERS = 150
LINES = 3
PAUSE = {"SUPPORT_CLASSIFIER__PAUSE_S": "0.3"}


async def test_who_writes_now_is_answered_while_the_backlog_drains(database_url: str, home: Path) -> None:
    playground = Playground()
    waiting = [playground.add_customer(f"Waiting{n}", language_code="ru") for n in range(CUSTOMERS)]
    for line in range(LINES):
        for customer in waiting:
            customer.send(QUESTIONS[line].format(line))
    async with opened(database_url, playground=playground, **PAUSE) as house:  # type: ignore[arg-type]  # settings
        await playground.wait_for(lambda: any(customer.replies for customer in waiting))
        house.anna.send(QUESTIONS[0].format(0))
        house.john.send("where is my parcel?")
        for customer in (house.anna, house.john):
            await house.answer(customer, within_s=60)
        assert sum(len(customer.replies) for customer in waiting) < CUSTOMERS * LINES / 2
        await playground.wait_for(lambda: all(customer.replies for customer in waiting))


async def test_work_inside_waits_for_what_is_fetched_but_not_for_ever(store: Store) -> None:
    intake = Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
    assert intake.rest() == 0
    intake.fetched(whole=True)
    assert 0 < intake.rest() < CATCH_UP_S
    intake.fetched(whole=False)
    assert intake.rest() == 0
