"""The ways from Telegram to the dashboard: a link on each card, and the button beside the composer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from aiogram.types import User

from bot.lookups import menu_buttons_of
from bot.menu import Menu
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, Deaf, World

CALLS: Final = "позовите оператора"
LEFT: Final = 777
ADMIN: Final = 888


class Wire(Deaf):
    """Notes what is called."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[Any] = []

    async def make_request(self, *asked: Any, **_: Any) -> Any:
        self.called.append(asked[1])
        return True


@pytest.fixture
async def world(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    env = {"SUPPORT_HTTP__PUBLIC_URL": request.param, "SUPPORT_TELEGRAM__ADMIN_IDS": str(ADMIN)}
    made = World(sqlite_url, tmp_path, **env)
    await made.open()
    yield made
    await made.close()


async def card(world: World) -> str:
    await world.says(1, CALLS)
    await world.passes(20)
    return next(text for text in world.screen.texts(GROUP_ID) if "№1" in text)


@pytest.mark.parametrize(
    ("world", "app", "link"),
    [
        ("", True, None),
        ("https://desk.example/x", False, "https://desk.example/x/dashboard#t1"),
        ("https://desk.example/x", True, "https://t.me/bot?startapp=t1"),
        ("http://desk.example", True, "http://desk.example/dashboard#t1"),
    ],
    indirect=["world"],
)
async def test_a_card_links_to_its_ticket_on_the_dashboard(world: World, app: bool, link: str | None) -> None:  # noqa: FBT001  # of the table
    world.parts.bot._me = User(id=700000, is_bot=True, first_name="B", username="bot", has_main_web_app=app)
    world.parts.bot.session = Wire()
    await menu_buttons_of(world.parts, world.parts.dashboard).publish()
    assert ("<a href=" in (shown := await card(world))) == (link is not None)
    assert link is None or f'<a href="{link}">' in shown
    assert not world.screen.reads(CUSTOMER_ID, "desk.example")


@pytest.mark.parametrize("world", ["https://desk.example"], indirect=True)
async def test_the_team_has_a_button_that_opens_it_and_who_has_left_has_none(world: World) -> None:
    wire = Wire()
    world.parts.bot.session = wire

    def act(unit: Any) -> None:
        for number in (OPERATOR_ID, LEFT, ADMIN):
            unit.operators.acted(number, "Ольга")

    await world.store.write(act)
    world.screen.gone = {LEFT}
    await menu_buttons_of(world.parts, world.parts.dashboard).publish()
    buttons = {one.chat_id: one.menu_button for one in wire.called if one.__api_method__ == "setChatMenuButton"}
    assert {number: button.type for number, button in buttons.items()} == {
        OPERATOR_ID: "web_app",
        LEFT: "default",
        ADMIN: "web_app",
    }
    assert buttons[OPERATOR_ID].web_app.url == "https://desk.example/dashboard"


@pytest.mark.parametrize("world", ["https://desk.example"], indirect=True)
async def test_who_asks_for_it_in_private_gets_the_button_at_once(world: World) -> None:
    wire = Wire()
    world.parts.bot.session = wire
    command: dict[str, Any] = {"entities": [{"type": "bot_command", "offset": 0, "length": 10}]}
    await world.says(1, "/dashboard", **command)
    assert [one.chat_id for one in wire.called if one.__api_method__ == "setChatMenuButton"] == [CUSTOMER_ID]
    assert "https://desk.example/dashboard#enter=" in world.screen.texts(CUSTOMER_ID)[-1]


@pytest.mark.parametrize("world", ["https://desk.example"], indirect=True)
async def test_an_admin_finds_the_command_in_the_list_of_their_private_chat(world: World) -> None:
    parts = world.parts
    parts.bot.session = wire = Wire()
    await Menu(parts.bot, parts.settings, parts.team, parts.groups).look()
    lists = [one for one in wire.called if getattr(one.scope, "chat_id", None) == ADMIN]
    assert lists
    assert all("dashboard" in [command.command for command in one.commands] for one in lists)
