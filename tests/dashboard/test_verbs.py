"""Verbs from the page: several tickets at once, and taken back while nothing has happened since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.messages.callbacks import decode
from tests.dashboard.visitor import MARIA, OLGA, Browser, new_key, sign_in
from tests.lines.world import GROUP_ID, World

FIELDS = ("state", "operator", "priority", "scenario", "snoozed_until", "closed_at", "ending", "waiting_since")


async def stands(browser: Browser, number: int = 1) -> dict[str, Any]:
    _, found = await browser.get(f"tickets/{number}")
    return {name: found["ticket"][name] for name in FIELDS}


async def undo(browser: Browser, *entries: int) -> list[str]:
    status, told = await browser.post("undo", entries=list(entries), key=new_key())
    assert status == 200, told
    return [one["outcome"] for one in told["outcomes"]]


async def entry(browser: Browser, action: str, choice: str | None = None) -> int:
    status, told = await browser.does(1, action, choice)
    assert status == 200, told
    assert told["done"], told
    row: int = told["entry"]
    assert row
    return row


@pytest.mark.parametrize(
    ("action", "choice"),
    [
        ("take", None),
        ("priority", "critical"),
        ("snooze", "hour"),
        ("correct", "PRICING"),
        ("correct", "none"),
        ("close", "silent"),
    ],
)
async def test_what_was_just_done_is_taken_back(world: World, maria: Browser, action: str, choice: str | None) -> None:
    await world.says(1, "жалоба, позовите оператора")
    before = await stands(maria)
    row = await entry(maria, action, choice)
    assert await stands(maria) != before
    assert await undo(maria, row) == ["undone"]
    assert await stands(maria) == before
    assert await undo(maria, row) == ["undo_changed"], "once is enough"
    await world.works()
    assert not any("закрыто" in text for text in world.screen.texts(GROUP_ID))


async def test_release_hand_and_wake_are_taken_back_too(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    olga = await sign_in(world, maria, OLGA)
    await olga.does(1, "take")
    await maria.does(1, "snooze", "reply")
    for action, choice in (("release", None), ("wake", None), ("hand", str(MARIA.id))):
        before = await stands(maria)
        assert await undo(maria, await entry(maria, action, choice)) == ["undone"], action
        assert await stands(maria) == before, action
    await world.works()
    assert any("Ольга" in text for text in world.screen.texts(GROUP_ID))


async def test_what_has_changed_meanwhile_is_too_old_or_another_s_is_left(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    olga = await sign_in(world, maria, OLGA)
    snoozed = await entry(maria, "snooze", "reply")
    assert await undo(olga, snoozed) == ["undo_late"], "it was not hers"
    await world.says(2, "вы где?")
    assert await undo(maria, snoozed) == ["undo_changed"], "the customer's line has ended it"
    closed = await entry(maria, "close", "silent")
    await world.says(3, "жалоба, позовите оператора")
    assert await undo(maria, closed) == ["another_open"]
    taken = (await maria.does(2, "take"))[1]["entry"]
    world.now += timedelta(minutes=3)
    assert await undo(maria, taken, 999) == ["undo_late", "undo_late"]
    assert (await maria.post("undo", entries=[], key=new_key()))[0] == 422


async def test_several_tickets_are_done_at_once_and_each_tells_what_came_of_it(world: World, maria: Browser) -> None:
    olga = await sign_in(world, maria, OLGA)
    for one in range(4):
        await maria.writes_as(f"client-{one}", "жалоба, позовите оператора")
    await olga.does(2, "take")
    await maria.does(3, "close", "silent")
    status, told = await maria.post("actions", action="take", tickets=[1, 2, 3, 4, 4, 77], key=new_key())
    assert status == 200
    assert [(one["ticket"], one["outcome"], one["done"]) for one in told["outcomes"]] == [
        (1, "taken", True),
        (2, "taken_by", False),
        (3, "already_closed", False),
        (4, "taken", True),
        (77, "outdated", False),
    ]
    entries = [one["entry"] for one in told["outcomes"] if one["entry"]]
    assert await undo(maria, *entries) == ["undone", "undone"]
    _, page = await maria.get("tickets", view="mine")
    assert page["tickets"] == []
    for body in (
        {"action": "ban", "choice": "silent", "tickets": [1]},
        {"action": "take", "tickets": []},
        {"action": "take", "tickets": list(range(1, 102))},
        {"action": "priority", "tickets": [1]},
        {"action": "move", "choice": "x", "tickets": [1]},
    ):
        assert (await maria.post("actions", **body, key=new_key()))[0] == 422, body
    assert (await maria.does(1, "move", "-1.0"))[1]["outcome"] == "outdated", "no route leads there"


async def test_a_ticket_is_put_off_until_any_moment_of_the_next_year(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    now = int(world.now.timestamp())
    for wrong in (now - 60, now + 400 * 86_400):
        status, told = await maria.does(1, "snooze", f"at:{wrong}")
        assert (status, told["done"], told["outcome"]) == (200, False, "snooze_when")
    assert (await maria.does(1, "snooze", "at:soon"))[0] == 422
    await entry(maria, "snooze", f"at:{now + 7200}")
    assert (await stands(maria))["snoozed_until"].startswith("2026-03-02T14:00")
    assert decode(f"t:1:snooze:at:{now}") is None, "no card offers that"
    await world.passes(7300)
    await world.parts.alarm_clock.look()
    assert (await stands(maria))["state"] == "waiting"


async def test_a_program_that_says_deed_is_understood(world: World, maria: Browser) -> None:
    await world.says(1, "жалоба, позовите оператора")
    status, told = await maria.post("tickets/1/deeds", deed="priority", choice="high", key=new_key())
    assert (status, told["done"]) == (200, True)
    status, told = await maria.post("deeds", deed="take", tickets=[1], key=new_key())
    assert (status, told["outcomes"][0]["done"]) == (200, True)
    assert (await maria.post("tickets/1/actions", action="take", deed="take", key=new_key()))[0] == 422
