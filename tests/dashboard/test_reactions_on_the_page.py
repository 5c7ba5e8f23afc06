"""Reactions on the page: what a customer puts on our lines, and what the team puts on theirs."""

from __future__ import annotations

import pytest

from services.dashboard.live_updates import LiveUpdates
from storage.news import Mark
from tests.dashboard.visitor import Browser, new_key
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World


async def line(maria: Browser, text: str) -> dict[str, object]:
    return next(one for one in await maria.lines() if one["text"] == text)


@pytest.fixture
async def asked(world: World, maria: Browser) -> int:
    """The row of a customer's line in a ticket, which was answered on the page."""
    await world.says(1, "посылка не пришла, позовите оператора")
    await world.passes(5)
    await maria.post("tickets/1/replies", text="Сейчас посмотрю.", key=new_key())
    await world.works()
    return int(str((await line(maria, "посылка не пришла, позовите оператора"))["id"]))


async def react(maria: Browser, row: int, sign: str | None) -> int:
    return (await maria.put(f"lines/{row}/reaction", sign=sign, key=new_key()))[0]


async def test_what_the_team_puts_on_a_line_stands_with_the_customer(world: World, maria: Browser, asked: int) -> None:
    for sign in ("👍", "❤", None):
        assert await react(maria, asked, sign) == 200
        await world.works()
        assert world.screen.reactions[CUSTOMER_ID, 1] == sign
        assert (await line(maria, "посылка не пришла, позовите оператора"))["reaction"] == sign
    assert await react(maria, asked, "✅") == 422, "bots have no such sign"
    ours = int(str((await line(maria, "Сейчас посмотрю."))["id"]))
    assert await react(maria, ours, "👍") == 409
    assert await react(maria, 999, "👍") == 409


async def test_what_is_put_on_a_line_elsewhere_is_shown_here_and_told_at_once(
    world: World, maria: Browser, asked: int
) -> None:
    at = next(number for chat, number in world.screen.shown if chat == CUSTOMER_ID and _is_ours(world, number))
    since = await world.store.read(lambda unit: unit.news.mark())
    await world.reacts(CUSTOMER_ID, at, "🔥")
    assert (await line(maria, "Сейчас посмотрю."))["reaction"] == "🔥"
    assert await changed(world, since) == {1}
    shown = await world.store.read(lambda unit: unit.placements.showing(asked))
    assert shown is None, "it stands on the card itself"
    await world.says(2, "ещё вопрос")
    await world.passes(5)
    second = next(
        number
        for (chat, number), one in world.screen.shown.items()
        if chat == GROUP_ID and "ещё вопрос" in one.words.text
    )
    since = await world.store.read(lambda unit: unit.news.mark())
    await world.reacts(GROUP_ID, second, "👀")
    assert (await line(maria, "ещё вопрос"))["reaction"] == "👀"
    assert await changed(world, since) == {1}


def _is_ours(world: World, number: int) -> bool:
    return "Сейчас посмотрю." in world.screen.shown[CUSTOMER_ID, number].words.text


async def changed(world: World, since: Mark) -> set[int]:
    """Return which tickets or customers a page would be told of; here both have the number 1."""
    news = LiveUpdates(store=world.store)
    follow = news.follow(since)
    told = await anext(follow)
    await follow.aclose()
    news.close()
    return set(told.tickets | told.customers)
