"""Cards and desk messages that somebody deletes, or that a move of the group leaves behind: shown again, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.lines.first_ticket import opened, ticket
from tests.lines.world import GROUP_ID, World

CARD = "<b>№1</b>"
DESK = "📋 <b>Откр"
MOVED: int = -1_001_000_000_777


def cards(world: World, chat_id: int = GROUP_ID) -> list[int]:
    shown = world.screen.shown.values()
    return [one.telegram_id for one in shown if one.chat_id == chat_id and CARD in one.words.text and one.words.buttons]


def desks(world: World) -> list[int]:
    return [one.telegram_id for one in world.screen.shown.values() if one.words.text.startswith(DESK)]


async def test_a_card_is_shown_again_with_the_next_line(either: World) -> None:
    await opened(either)
    [card] = cards(either)
    await either.says(2, "вы где?")
    await either.passes(20)
    assert cards(either) == [card], "it stands, and stays as it is"
    del either.screen.shown[GROUP_ID, card]
    await either.says(3, "ау")
    await either.says(4, "я тут")
    await either.passes(40)
    [again] = cards(either)
    assert (await ticket(either)).card_id == again
    await either.says(5, "ещё")
    await either.passes(20)
    assert cards(either) == [again]


async def test_what_deletes_every_card_makes_no_loop(either: World) -> None:
    await opened(either)
    posted = len([text for _, text in either.screen.everything if CARD in text])
    for number in range(2, 6):
        for card in cards(either):
            del either.screen.shown[GROUP_ID, card]
        await either.says(number, f"строка {number}")
        await either.passes(40)
    assert len([text for _, text in either.screen.everything if CARD in text]) <= posted + 4


async def test_cards_follow_a_group_that_has_become_a_supergroup(world: World) -> None:
    await opened(world)
    await world.parts.groups.first.move(MOVED)
    await world.passes(20)
    [card] = cards(world, MOVED)
    found = await ticket(world)
    assert (found.chat_id, found.card_id) == (MOVED, card)
    await world.parts.groups.first.move(MOVED)
    await world.says(2, "вы где?")
    await world.passes(20)
    assert cards(world, MOVED) == [card]
    assert any("вы где?" in text for text in world.screen.texts(MOVED))


async def looks(world: World, seconds: int) -> None:
    """Let time pass, and the bot look as often as it does."""
    for _ in range(seconds // 5):
        world.now += timedelta(seconds=5)
        await world.works()
        await world.parts.outbound.show_desks()
    await world.works()


async def test_a_desk_message_is_shown_again_though_it_has_nothing_new_to_say(world: World) -> None:
    await opened(world)
    await looks(world, 120)
    [first] = desks(world)
    del world.screen.shown[GROUP_ID, first]
    await looks(world, 90)
    [again] = desks(world)
    assert again != first
    assert [number for _, number in world.screen.pinned] == [first, again]


@pytest.mark.long
async def test_a_desk_message_that_is_always_deleted_comes_ever_more_seldom(world: World) -> None:
    await opened(world)
    posted = 0
    for _ in range(60):
        await looks(world, 60)
        for desk in desks(world):
            posted += 1
            del world.screen.shown[GROUP_ID, desk]
    assert 2 < posted < 12
    await looks(world, 3000)
    assert len(desks(world)) == 1
