"""The pinned message: what is open, whose it is, what was put off; one a group, edited in place, told of once."""

from __future__ import annotations

from services.desk.translated_cards import translate_cards
from services.texts.team import Team
from tests.lines.world import GROUP_ID, World

CALLS = "позовите оператора"


async def called(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)


async def looks(world: World) -> bool:
    """Let the bot look, and do what it has to."""
    due = await world.parts.outbound.ways[0].desk_message.look()
    await world.passes(5)
    return due


def desk(world: World) -> list[str]:
    texts = world.screen.texts(GROUP_ID)
    return [text for text in texts if text.startswith(("📋 <b>Откр", "📋 <b>Open", "✅ Откр"))]


async def test_a_group_in_which_nothing_was_ever_open_is_left_alone(world: World) -> None:
    assert not await looks(world)
    assert world.screen.texts(GROUP_ID) == []


async def test_it_is_pinned_says_what_waits_and_edits_itself(world: World) -> None:
    await called(world)
    assert await looks(world)
    [text] = desk(world)
    assert "№1 Анна: позовите оператора · ждёт с 02.03" in text
    [(chat, number)] = world.screen.pinned
    assert (chat, world.screen.shown[chat, number].words.text) == (GROUP_ID, text)
    assert not await looks(world), "it is true, and costs nothing"
    await world.presses(GROUP_ID, "Взять")
    await world.passes(10)
    assert await looks(world)
    assert "✋ A" in desk(world)[0]
    await world.presses(GROUP_ID, "Закрыть")
    await world.passes(10)
    await looks(world)
    assert desk(world) == ["✅ Открытых обращений нет."]
    assert len(world.screen.pinned) == 1


async def test_it_changes_once_in_ten_seconds_at_most(world: World) -> None:
    await called(world)
    await looks(world)
    await world.presses(GROUP_ID, "Взять")
    assert not await world.parts.outbound.ways[0].desk_message.look()
    await world.passes(10)
    assert await world.parts.outbound.ways[0].desk_message.look()
    assert not await world.parts.outbound.ways[0].desk_message.look(), "one waits already"


async def test_deleted_it_is_posted_and_pinned_again(world: World) -> None:
    await called(world)
    await looks(world)
    del world.screen.shown[world.screen.pinned[0]]
    await world.presses(GROUP_ID, "Взять")
    await world.passes(10)
    await looks(world)
    assert len(desk(world)) == 1
    assert len(world.screen.pinned) == 2


async def test_a_missing_right_to_pin_is_told_once(world: World) -> None:
    world.screen.may_pin = False
    await called(world)
    await looks(world)
    await world.presses(GROUP_ID, "Взять")
    await world.passes(10)
    await looks(world)
    assert "✋" in desk(world)[0]
    assert sum("Не могу закрепить" in text for text in world.screen.texts(GROUP_ID)) == 1


async def test_a_group_that_has_become_a_supergroup_gets_its_own(world: World) -> None:
    await called(world)
    await looks(world)
    await world.parts.groups.first.move(-1_001_000_000_777)
    await world.passes(10)
    await looks(world)
    assert [chat for chat, _ in world.screen.pinned] == [GROUP_ID, -1_001_000_000_777]


async def test_cards_are_written_anew_when_the_team_speaks_another_language(world: World) -> None:
    assert await translate_cards(world.store, Team(language="ru")) == 0
    await called(world)
    assert await translate_cards(world.store, Team(language="ru")) == 0
    assert await translate_cards(world.store, Team(language="en")) == 1
    assert await translate_cards(world.store, Team(language="en")) == 0
