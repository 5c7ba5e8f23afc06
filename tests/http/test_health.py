"""What orchestrators and people see under /health."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from handlers.http.guard import guarded
from handlers.http.health import HealthRoutes
from services.health.checks import Health, Vitals
from services.queues.alerts import Alerts
from services.queues.intake import Intake
from services.queues.troubles import Troubles
from services.texts.team import Team
from storage.store import Store
from tests.http.conftest import serving, without
from tests.ports import free_port
from tests.walk.conftest import House, opened


@pytest.fixture
async def house(database_url: str, home: object) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


async def test_a_running_bot_says_so_in_the_agreed_shapes(house: House, http: ClientSession) -> None:
    house.anna.send("/start")
    await house.answer(house.anna)
    async with http.get(f"{house.http}/health") as answer:
        body = await answer.json()
        assert answer.status == 200
        assert body.keys() == {"status", "app_name", "version"}
        assert (body["status"], body["app_name"]) == ("healthy", "AI Customer Support")
    async with http.get(f"{house.http}/health/database") as answer:
        body = await answer.json()
        assert (answer.status, body["status"], body["database"]) == (200, "healthy", "ok")
        assert body["pool"].keys() == {"size", "checked_in", "checked_out", "overflow"}
        assert all(isinstance(figure, int) for figure in body["pool"].values())
    async with http.get(f"{house.http}/health/openai") as answer:
        assert (answer.status, (await answer.json())["status"]) == (200, "disabled")
    async with http.get(f"{house.http}/health/full") as answer:
        body = await answer.json()
        assert (answer.status, body["status"]) == (200, "healthy")
        assert {"database", "openai", "webhook"} <= body["checks"].keys()
        assert body["checks"]["webhook"] == {"status": "disabled", "configured": False}
    for route in ("live", "ready"):
        async with http.get(f"{house.http}/health/{route}") as answer:
            assert (answer.status, (await answer.json())["status"]) == (200, "healthy")


async def test_a_database_that_does_not_commit_is_unhealthy_until_it_does(house: House, http: ClientSession) -> None:
    house.anna.send("/start")
    await house.answer(house.anna)
    async with without(house.database_url, "notebook"):
        async with http.get(f"{house.http}/health/database") as answer:
            body = await answer.json()
            assert (answer.status, body["status"], body["database"]) == (503, "unhealthy", "error")
            assert body["error"]
        async with http.get(f"{house.http}/health/ready") as answer:
            assert (answer.status, (await answer.json())["status"]) == (503, "unhealthy")
        async with http.get(f"{house.http}/health/full") as answer:
            assert (answer.status, (await answer.json())["status"]) == (503, "unhealthy")
        for route in ("", "/live"):
            async with http.get(f"{house.http}/health{route}") as answer:
                assert answer.status == 200
    async with http.get(f"{house.http}/health/ready") as answer:
        assert answer.status == 200


async def test_a_server_that_is_away_costs_no_secret(http: ClientSession) -> None:
    url = f"postgresql+asyncpg://someone:hush-hush@127.0.0.1:{free_port()}/support"
    async with Store(url) as store:
        intake = Intake(store=store, troubles=Troubles(store=store, alerts=Alerts(team=Team(language="en"))))
        troubles = Troubles(store=store, alerts=Alerts(team=Team(language="en")))
        health = Health(
            {
                "database": Vitals(
                    store=store, intake=intake, team=Team(language="en", names_group=True), troubles=troubles
                ).database
            }
        )
        app = guarded()
        HealthRoutes(health=health, app_name="Bot", version="1").add_to(app)
        async with serving(app) as base, http.get(f"{base}/health/database") as answer:
            assert answer.status == 503
            text = await answer.text()
            assert '"database": "error"' in text
            assert "hush" not in text
            assert "someone" not in text


async def test_a_configured_model_is_never_called_disabled(sqlite_url: str, home: object, http: ClientSession) -> None:
    away = f"http://127.0.0.1:{free_port()}/v1"
    async with opened(sqlite_url, OPENAI_API_KEY="sk-hush-hush", OPENAI_BASE_URL=away) as house:
        house.anna.send("/start")
        await house.answer(house.anna)
        async with http.get(f"{house.http}/health/openai") as answer:
            body = await answer.json()
            assert body["status"] in {"degraded", "unhealthy"}
            assert body["openai_api"] != "ok"
            assert body["model"] == "gpt-4o-mini"
            assert "hush" not in await answer.text()
