"""The state page over HTTP: what is wrong and what to do next, and what was set aside."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
import structlog

from bot import logs
from bot.recent import KEPT, recent
from services.dashboard.advice import advice
from services.health.checks import Check, Part
from services.messages.addresses import on_telegram
from services.messages.effects import PrivateChat, Say, Words
from services.queues.outbox import Outgoing
from storage.units import Unit
from tests.dashboard.visitor import Browser
from tests.lines.world import CUSTOMER_ID, World


async def set_aside(world: World, *texts: str) -> None:
    """Let some lines to a customer fail for good."""

    def act(unit: Unit) -> None:
        for number, text in enumerate(texts):
            say = Say(to=PrivateChat(address=on_telegram(CUSTOMER_ID)), words=Words(text=text))
            Outgoing(unit, f"test:{number}").put(say)

    await world.store.write(act)

    def give_up(unit: Unit) -> None:
        from sqlalchemy import update

        from storage.queue_statements import QUARANTINED
        from storage.tables import outbox

        values = {"state": QUARANTINED, "error": "Refused: no", "settled_at": unit.now}
        unit._connection.execute(update(outbox).where(outbox.c.key.like("test:%")).values(**values))

    await world.store.write(give_up)


async def test_every_part_is_told_of_with_versions_limits_and_sizes(world: World, admin: Browser) -> None:
    status, found = await admin.get("state")
    assert status == 200
    assert [one["part"] for one in found["parts"]] == [
        "database",
        "openai",
        "webhook",
        "operators",
        "business",
        "intake",
        "inbox",
        "outbox",
    ]
    assert found["size_bytes"] > 100_000
    assert found["about"]["version"]
    assert found["about"]["schema"] >= "0019"
    assert [one["used"] for one in found["limits"]] == [0]
    assert (await admin.get("aside"))[1] == {"tasks": []}


async def test_what_was_set_aside_is_tried_again_or_discarded(world: World, admin: Browser) -> None:
    await set_aside(world, "раз", "два", "три")
    _, found = await admin.get("aside")
    tasks = {one["payload"]: one for one in found["tasks"]}
    [one, two, three] = [next(task for text, task in tasks.items() if words in text) for words in ("раз", "два", "три")]
    assert "Refused" in one["error"]
    assert "раз" in one["words"]
    _, state = await admin.get("state")
    outbox = next(part for part in state["parts"] if part["part"] == "outbox")
    assert "3" in outbox["next_steps"][0]
    assert (await admin.post("aside", queue="outbox", ids=[one["id"]], what="retry"))[1] == {"count": 1}
    assert (await admin.post("aside", queue="outbox", ids=[one["id"], two["id"]], what="discard"))[1] == {"count": 1}
    assert (await admin.post("aside", queue="inbox", ids=[three["id"]], what="retry"))[1] == {"count": 0}
    _, log = await admin.get("audit")
    assert [entry["deed"] for entry in log["entries"][:2]] == ["aside_dropped", "aside_retried"]
    await world.works()
    assert "раз" in world.screen.texts(CUSTOMER_ID)
    assert "два" not in world.screen.texts(CUSTOMER_ID)
    assert [task["id"] for task in (await admin.get("aside"))[1]["tasks"]] == [three["id"]]


async def test_what_was_set_aside_names_the_customer_it_was_for(world: World, admin: Browser) -> None:
    await world.says(1, "добрый день")
    await world.works()
    await set_aside(world, "ваш заказ в пути")
    _, found = await admin.get("aside")
    assert "👤 Анна (" in found["tasks"][0]["words"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_is_for_admins(maria: Browser) -> None:
    assert (await maria.get("state"))[0] == 403
    assert (await maria.get("aside"))[0] == 403
    assert (await maria.post("aside", queue="inbox", ids=[1], what="retry"))[0] == 403


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("part", "facts", "count"),
    [
        ("database", {"error": "away", "fix": "start it"}, 1),
        ("openai", {}, 1),
        ("webhook", {}, 1),
        ("operators", {"troubles": ["no_access", "demoted"]}, 2),
        ("business", {"accounts": [{"owner": "Vera", "missing": ["can_reply"]}], "channels": []}, 1),
        ("business", {"accounts": [], "channels": [{"title": "News", "missing": ["can_manage_direct_messages"]}]}, 1),
        ("intake", {"contested": True}, 1),
        ("intake", {"contested": False}, 1),
        ("inbox", {"quarantined": 2, "oldest_s": 600}, 2),
        ("outbox", {"quarantined": 0, "oldest_s": 600}, 1),
        ("outbox", {}, 1),
    ],
)
def test_each_problem_has_a_next_step(part: Part, facts: dict[str, Any], count: int, language: str) -> None:
    found = advice(part, Check(status="degraded", facts=facts), language)
    assert len(found) == count
    assert all(len(words) > 20 for words in found)
    assert advice(part, Check(status="healthy", facts=facts), language) == []


def test_the_last_warnings_are_kept_with_their_fields_and_without_secrets() -> None:
    before = logging.getLogger().handlers[:]
    usual = structlog.get_config()
    try:
        logs.configure(level="info", fmt="json", secrets=["s3cret-value"], stream=io.StringIO())
        log = structlog.get_logger("test")
        log.info("fine")
        for number in range(KEPT + 5):
            log.warning("trouble.began", number=number, told="s3cret-value")
        log.error("worse")
        found = recent()
    finally:
        logging.getLogger().handlers[:] = before
        logging.captureWarnings(capture=False)
        structlog.configure(**usual)
    assert [(one.event, one.level) for one in found[:2]] == [("worse", "error"), ("trouble.began", "warning")]
    assert len(found) == KEPT
    assert found[1].fields == {"number": str(KEPT + 4), "told": "[secret]"}
    assert found[0].at is not None
