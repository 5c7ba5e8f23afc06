"""What is critical by its words is read before everything else that waits."""

from __future__ import annotations

import time
from typing import Any

import pytest

from handlers.telegram.arrival import arrival
from services.queues.alerts import Alerts
from services.queues.intake import Intake
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.store import Store

STOLEN = "у меня мошенники украли деньги с карты"


def update(number: int, text: str, *, name: str = "text", chat: int | None = None) -> dict[str, Any]:
    person = chat or number
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": {"id": person}, name: text}}


@pytest.mark.parametrize(
    ("raw", "critical"),
    [
        (update(1, STOLEN), True),
        (update(1, STOLEN, name="caption"), True),
        (update(1, "I was charged twice"), True),
        (update(1, "где моя посылка?"), False),
        (update(1, STOLEN, chat=-100), False),
        ({"update_id": 1, "edited_message": update(1, STOLEN)["message"]}, False),
        ({"update_id": 1, "message": {"chat": {"id": 5}, "text": 7}}, False),
    ],
)
def test_only_a_customer_s_own_words_put_them_first(raw: dict[str, Any], critical: bool) -> None:  # noqa: FBT001  # a column of the table
    assert arrival(raw).critical is critical


def test_a_long_message_is_not_looked_through_to_its_end() -> None:
    began = time.process_time()
    arrival(update(1, "дважды " * 100_000))
    assert time.process_time() - began < 0.5


async def test_whoever_cannot_wait_is_claimed_before_those_who_came_first_and_last(store: Store) -> None:
    intake = Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
    crowd = [update(number, "где моя посылка?") for number in range(1, 31)]
    crowd[17] = update(18, STOLEN)
    await intake.accept([arrival(raw) for raw in crowd])
    first = await store.claim("inbox", pool="", most=2, busy=(), newest=1)
    assert first[0].lane == "p:18"
    others = await store.claim("inbox", pool="", most=30, busy=["p:18", first[1].lane])
    assert len(others) == 28


async def test_lines_of_one_customer_stay_in_order_and_the_next_of_theirs_has_no_precedence(store: Store) -> None:
    intake = Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
    lines = [update(1, "здравствуйте", chat=7), update(2, STOLEN, chat=7), update(3, "вы тут?", chat=7)]
    await intake.accept([arrival(raw) for raw in [update(9, "привет"), *lines]])
    seen = []
    for _ in range(2):
        [task] = await store.claim("inbox", pool="", most=1, busy=())
        seen.append((task.lane, task.lane_rank))
        await store.write(lambda unit, task=task: unit.inbox.settle(task))  # type: ignore[misc]
    assert seen == [("p:7", -1), ("p:7", -1)]
    tasks = await store.claim("inbox", pool="", most=2, busy=())
    assert {task.lane_rank for task in tasks} == {0}
