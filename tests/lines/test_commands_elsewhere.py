"""Commands of the team where they do not work, and those that nobody knows: each gets a word."""

from __future__ import annotations

import pytest

from services.texts.commands import OF_OPERATORS
from tests.lines.world import CUSTOMER_ID, GROUP_ID, OPERATOR_ID, World

CALLS = "позовите оператора"


async def privately(world: World, text: str, who: int) -> None:
    chat = {"id": who, "type": "private", "first_name": "A"}
    author = {"id": who, "is_bot": False, "first_name": "A", "language_code": "ru"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    message = {"message_id": 70, "date": 1, "chat": chat, "from": author, "text": text, "entities": [entity]}
    await world.arrives("message", message)
    await world.works()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/foo", True),
        ("/ delete this", True),
        ("\u200b/open", True),
        ("// for colleagues", False),
        ("/foo@another_bot", False),
    ],
)
async def test_a_command_in_a_ticket_that_nobody_knows(world: World, text: str, told: bool) -> None:  # noqa: FBT001
    await world.says(1, CALLS)
    await world.passes(20)
    card = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    customer = world.screen.texts(CUSTOMER_ID)
    await world.operator_says(77, text, reply_to=card)
    assert any("которые я здесь знаю: /help" in said for said in world.screen.texts(GROUP_ID)) is told
    assert world.screen.texts(CUSTOMER_ID) == customer


async def test_a_command_of_admins_gets_a_word_in_the_group(world: World) -> None:
    await world.operator_says(77, "/health")
    assert "для администраторов" in world.screen.texts(GROUP_ID)[-1]


async def test_an_operator_is_told_in_private_where_commands_work(world: World) -> None:
    await privately(world, "/help", OPERATOR_ID)
    assert "/operator" in world.screen.texts(OPERATOR_ID)[-1], "nobody knows them yet"
    await world.says(1, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Взять")
    for command in ("/help", "/open", "/stats", "/note"):
        await privately(world, command, OPERATOR_ID)
        assert "/dashboard" in world.screen.texts(OPERATOR_ID)[-1]


async def test_the_help_of_operators_names_all_of_their_commands(world: World) -> None:
    await world.operator_says(77, "/help")
    lines = world.screen.texts(GROUP_ID)[-1].split("\n")
    named = [line.split(" ")[0] for line in lines if line.startswith("/")]
    assert named == [f"/{one}" for one in OF_OPERATORS if one != "help"]
