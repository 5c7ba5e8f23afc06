"""Figures of a span over HTTP: the same as in `/stats`, in working time, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.http.csv_table import cell
from services.dashboard.report import _Clock
from services.messages.incoming import Operator
from services.working_hours.reading import read
from services.working_hours.schedule import Schedule
from tests.dashboard.visitor import MARIA, Browser, sign_in
from tests.lines.test_moving_threshold import known_well, past
from tests.lines.world import World

MOSCOW = ZoneInfo("Europe/Moscow")


async def table(browser: Browser, **query: str) -> list[list[str]]:
    at = f"{browser.base}/api/desk/reports/table"
    async with browser.http.get(at, params=query, headers=browser._headers) as answer:
        assert (answer.status, answer.content_type) == (200, "text/csv")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))


async def test_a_day_of_the_desk_in_figures(world: World, maria: Browser) -> None:
    await world.says(1, "сколько стоит доставка")
    await world.says(2, "позовите оператора")
    await world.works()
    world.now += timedelta(minutes=10)
    await maria.writes(1, "Уже едет")
    await world.works()
    await maria.does(1, "close", "silent")
    status, found = await maria.get("reports", span="7d")
    assert status == 200
    assert found["span"]["last"] == world.now.astimezone(MOSCOW).date().isoformat()
    now = found["now"]
    assert (now["questions"], now["people"], now["answered"], now["tickets"]) == (2, 1, 1, 1)
    assert now["auto_share"] == 50
    assert now["first_answer"] == now["resolution"] == 600
    assert found["before"]["questions"] == 0
    assert found["before"]["first_answer"] is None
    assert sum(one["answers"] for one in found["points"]) == 1
    assert len(found["points"]) == 7
    assert [(one["operator"], one["replies"], one["closed"]) for one in found["operators"]] == [("Мария", 1, 1)]
    assert [(one["scenario"], one["given"]) for one in found["answers"]] == [("DELIVERY", 1)]
    assert found["reasons"][0]["title"] != found["reasons"][0]["reason"]
    assert found["groups"] == [{"group": None, "tickets": 1, "first_answer": 600}]
    assert (found["open"], found["waiting"], found["working_time"]) == (0, 0, False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("span", ["x", "0d", "2026-03-09 2026-03-01", "2020-01-01 2026-01-01", "9" * 50])
async def test_what_is_no_span_is_refused(maria: Browser, span: str) -> None:
    status, told = await maria.get("reports", span=span)
    assert status == 422
    assert "span" in told["detail"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_dates_are_a_span_too(world: World, maria: Browser) -> None:
    day = world.now.date().isoformat()
    _, found = await maria.get("reports", span=f"{day} {day}")
    assert (found["span"], len(found["points"])) == ({"first": day, "last": day}, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_tables_are_files_in_which_no_name_is_a_formula(world: World, maria: Browser) -> None:
    await world.says(1, "позовите оператора")
    await world.works()
    evil = await sign_in(world, maria, Operator(id=MARIA.id, name='=HYPERLINK("https://x.example")'))
    await evil.writes(1, "да")
    rows = await table(maria, span="7d", table="operators")
    assert rows[0] == ["operator", "replies", "closed", "rating", "rated"]
    assert rows[1][:2] == ['\'=HYPERLINK("https://x.example")', "1"]
    totals = {row[0]: row[1] for row in await table(maria, table="totals")}
    assert totals["tickets"] == "1"
    assert len(await table(maria, table="days")) == 8


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+7", "'+7"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        (-1, -1),
        (None, ""),
        ("", ""),
    ],
)
def test_cells(value: Any, shown: Any) -> None:
    assert cell(value) == shown


def test_nights_count_only_where_nobody_has_said_when_the_team_works() -> None:
    evening = datetime(2026, 3, 2, 17, 50, tzinfo=MOSCOW)
    morning = datetime(2026, 3, 3, 9, 10, tzinfo=MOSCOW)
    hours = read("пн-пт 9-18")
    assert isinstance(hours, Schedule)
    assert _Clock(hours, MOSCOW).between(evening, morning) == timedelta(minutes=20)
    assert _Clock(None, MOSCOW).between(evening, morning) == morning - evening


async def test_the_report_tells_from_which_confidence_the_bot_answers_once_that_has_moved(
    world: World, maria: Browser
) -> None:
    await known_well(world)
    await world.says(1, "доставка")
    await world.works()
    _, before = await maria.get("reports", span="7d")
    assert before["moved"] is None
    await past(world, 60, 0.9)
    await past(world, 15, 0.74)
    assert await world.parts.policies.look()
    _, found = await maria.get("reports", span="7d")
    assert found["moved"] == {"answer_at": 0.65, "configured": world.parts.settings.classifier.answer_at}


async def test_the_report_tells_what_new_answers_still_need(world: World, maria: Browser) -> None:
    await world.says(1, "доставка")
    await past(world, 4, 0.9)
    assert await world.parts.policies.look()
    _, found = await maria.get("reports", span="7d")
    ladder = {one["scenario"]: one for one in found["ladder"]}
    confirmed, new = ladder["PRICING"], ladder["DELIVERY"]
    assert (confirmed["confirmed"], new["confirmed"]) == (4, 0)
    assert confirmed["answer_at"] < new["answer_at"] < 0.96
    assert 1 <= confirmed["needs"] < new["needs"]
    await known_well(world)
    _, found = await maria.get("reports", span="7d")
    assert {(one["answer_at"], one["needs"]) for one in found["ladder"]} == {(None, None)}
