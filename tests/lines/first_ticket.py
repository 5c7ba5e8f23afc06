"""The ticket that a play is about: its customer has asked for a person, and its card stands in the group."""

from __future__ import annotations

from services.messages.effects import Words
from storage.records import Ticket
from tests.lines.world import World

CALLS = "позовите оператора"


async def opened(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)


async def ticket(world: World) -> Ticket:
    found = await world.store.read(lambda unit: unit.tickets.get(1))
    assert found is not None
    return found


def words(world: World) -> Words:
    """Return its card as it was last shown."""
    return next(one.words for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)


def card(world: World) -> str:
    return words(world).text


def buttons(world: World) -> list[str]:
    return [button.text for row in words(world).buttons for button in row]
