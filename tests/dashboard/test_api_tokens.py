"""Tokens for programs: who makes them, what they may do, under which name it stands."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.dashboard.api_tokens import SEEN
from tests.dashboard.visitor import MARIA, Browser, new_key, next_of, sign_in
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World


async def program(admin: Browser, role: str = "operator", name: str = "CRM") -> Browser:
    """Return what calls with a new token, without a cookie and without a token for changes."""
    status, made = await admin.post("tokens", name=name, role=role)
    assert status == 200, made
    return with_token(admin, made["secret"])


def with_token(browser: Browser, secret: str) -> Browser:
    return Browser(http=browser.http, base=browser.base, headers={"Authorization": f"Bearer {secret}"})


async def test_a_program_answers_a_customer_under_its_own_name(world: World, admin: Browser) -> None:
    await world.says(1, "позовите оператора")
    await world.works()
    crm = await program(admin)
    status, me = await crm.get("me")
    assert (status, me["operator"], me["role"], me["session"], me["csrf"]) == (
        200,
        {"id": -1, "name": "CRM"},
        "operator",
        None,
        "",
    )
    assert (await crm.does(1, "take"))[1]["outcome"] == "taken"
    assert (await crm.writes(1, "Посылка завтра"))[0] == 200
    await world.works()
    assert world.screen.texts(CUSTOMER_ID)[-1] == "Посылка завтра"
    assert any("CRM" in text for text in world.screen.texts(GROUP_ID))
    _, found = await admin.get("tickets/1")
    assert found["ticket"]["operator"] == {"id": -1, "name": "CRM"}
    assert (await admin.does(1, "take"))[1]["outcome"] == "taken", "nobody's ticket is a program's for good"
    _, choices = await admin.get("choices")
    assert "CRM" not in [one["name"] for one in choices["colleagues"]]


async def test_it_is_shown_once_kept_as_a_hash_and_told_when_it_was_used(world: World, admin: Browser) -> None:
    _, made = await admin.post("tokens", name="  Site  ", role="admin")
    _, listed = await admin.get("tokens")
    [token] = listed["tokens"]
    assert (token["name"], token["role"], token["made_by"], token["used_at"]) == ("Site", "admin", "Мария", None)
    assert made["secret"] not in str(listed)
    site = with_token(admin, made["secret"])
    assert (await site.get("tokens"))[0] == 200
    first = (await admin.get("tokens"))[1]["tokens"][0]["used_at"]
    world.now += SEEN
    await site.get("me")
    assert first < (await admin.get("tokens"))[1]["tokens"][0]["used_at"]


async def test_a_revoked_one_opens_nothing_and_ends_what_it_follows(
    world: World, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = await program(admin)
    async with crm.events() as events:
        await next_of(events)
        assert (await admin.delete("tokens/1"))[0] == 200
        monkeypatch.setattr("handlers.http.desk.events.CHECK_S", 0.0)
        await world.says(1, "позовите оператора")
        async with asyncio.timeout(90):
            told = [one async for one in events]
        assert len(told) < 5, "it ends by itself"
    assert (await crm.get("tickets"))[0] == 401
    assert (await admin.delete("tokens/1"))[0] == 404
    again = await program(admin)
    assert (await again.get("me"))[1]["operator"]["id"] == -2, "a number is not given twice"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_operator_makes_none_and_no_program_does(world: World, maria: Browser) -> None:
    assert (await maria.post("tokens", name="x", role="operator"))[0] == 403
    assert (await maria.get("tokens"))[0] == 403
    world.parts.dashboard.authorization._admins._ids = lambda: frozenset((MARIA.id,))
    low, high = await program(maria), await program(maria, "admin")
    assert (await low.get("tokens"))[0] == 403
    for refused in (
        await high.post("tokens", name="x", role="operator"),
        await high.delete("tokens/1"),
        await high.get("sessions"),
        await high.post("sign-out"),
    ):
        assert (refused[0], refused[1]["code"]) == (403, "forbidden")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [{"name": " ", "role": "operator"}, {"name": "x" * 65, "role": "operator"}, {"name": "x", "role": "owner"}, {}],
)
async def test_a_token_has_a_name_and_a_role(admin: Browser, body: dict[str, Any]) -> None:
    assert (await admin.post("tokens", **body))[0] == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_other_tokens_are_refused(world: World, admin: Browser) -> None:
    crm = await program(admin)
    right = crm.headers["Authorization"].partition(" ")[2]
    for wrong in (right[:-1], right.upper(), "desk_", "x" * 5000):
        assert (await with_token(admin, wrong).get("me"))[0] == 401, wrong
    assert (await with_token(admin, f"{right} ").does(1, "take"))[0] == 404, "let in: there is no such ticket"
    other = await sign_in(world, admin)
    bent = Browser(http=other.http, base=other.base, cookie=other.cookie, headers=crm.headers)
    assert (await bent.get("me"))[1]["operator"]["name"] == "CRM", "a token goes before a cookie"
    assert (await crm.post("tickets/1/actions", action="take", key=new_key()))[0] == 404
