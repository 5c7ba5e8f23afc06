"""What the owner of an account or a channel leaves without an answer is taken up by the bot; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.customers.giving_back import GivingBack
from tests.lines import test_direct_messages as direct
from tests.lines.test_connected_accounts import CALLS, OWNER, Account, group, settings, there
from tests.lines.world import World

__all__ = ["settings"]


@pytest.fixture
async def world(database_url: str, tmp_path: Path, settings: dict[str, Any]) -> AsyncIterator[World]:
    # How long a short line waits for more is told by the clock of the server, which no test can turn.
    made = World(database_url, tmp_path, SUPPORT_CLASSIFIER__PAUSE_S="0", **settings)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def account(world: World) -> Account:
    made = Account(world)
    await made.connects()
    return made


async def gives_back(world: World) -> None:
    """Let the time pass for which the bot leaves a conversation to its owner."""
    await world.passes(31 * 60)
    await GivingBack(store=world.store).look()
    await world.works()
    await world.passes(20)


async def test_what_the_owner_has_left_without_an_answer_is_answered_when_they_have_been_silent(
    world: World, account: Account
) -> None:
    await account.owner(5, "здравствуйте, это Вера")
    await account.customer(6, "когда доставка?")
    await world.passes(20 * 60)
    await account.customer(7, "какая цена?")
    assert there(world) == []
    await gives_back(world)
    assert ["DELIVERY" in text for text in there(world)] == [True, False]
    assert "Ответ PRICING." in there(world)[-1]
    await gives_back(world)
    assert len(there(world)) == 2


async def test_what_the_owner_has_answered_is_not_answered_again(world: World, account: Account) -> None:
    await account.owner(5, "здравствуйте, это Вера")
    await account.customer(6, "когда доставка?")
    await account.owner(7, "в понедельник")
    await account.customer(8, "хорошо, спасибо!")
    await account.customer(9, "", sticker=nod())
    await gives_back(world)
    assert there(world) == []
    assert group(world) == ""


async def test_people_see_what_only_they_can_answer_when_the_owner_has_left(world: World, account: Account) -> None:
    await account.owner(5, "здравствуйте, это Вера")
    await account.customer(6, CALLS)
    assert group(world) == ""
    await gives_back(world)
    assert "позовите оператора" in group(world)


def nod() -> dict[str, Any]:
    shape = {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    return {"file_id": "s", "file_unique_id": "s", "emoji": "👍"} | shape


async def test_a_channels_subscriber_is_answered_when_the_channel_has_been_silent(world: World) -> None:
    direct.runs(world, OWNER)
    administrator = {"id": OWNER, "is_bot": False, "first_name": "Вера"}
    await direct.writes(world, 5, "здравствуйте, это Вера", **{"from": administrator})
    await direct.writes(world, 6, "когда доставка?")
    assert direct.there(world) == []
    await gives_back(world)
    assert "Ответ DELIVERY." in direct.there(world)[-1]
