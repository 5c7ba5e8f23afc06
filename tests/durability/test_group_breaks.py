"""What people do to the operator group: delete topics and cards, close topics, upgrade it, throw the bot out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from playground import defaults
from playground.chats import Message
from playground.server import Playground
from tests.walk.conftest import TIMEOUT_S, House, opened


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one database: it is the group that breaks here, and the queues are the same as in the other tests."""
    return sqlite_url


@pytest.fixture
async def house(database_url: str, home: Path) -> AsyncIterator[House]:
    async with opened(database_url) as opened_house:
        yield opened_house


@pytest.fixture
async def forum(database_url: str, home: Path) -> AsyncIterator[House]:
    async with opened(database_url, forum=True) as opened_house:
        yield opened_house


def _in_topic(house: House, thread: int, words: str) -> list[Message]:
    return [message for message in house.group.chat.in_topic(thread) if message.from_bot and words in message.text]


@pytest.mark.parametrize("error", ["message thread not found", "TOPIC_DELETED"])
async def test_a_deleted_topic_is_opened_again_once_with_its_card(forum: House, error: str) -> None:
    forum.anna.send("/operator")
    await forum.in_group("Анна")
    await forum.answer(forum.anna)  # that a colleague is called; the next one is the colleague's
    forum.group.delete_topic(forum.group.topics[0].id, error=error)
    for number in range(3):
        forum.anna.send(f"строка {number}")
    await forum.in_group("строка 2")
    assert len(forum.group.topics) == 1
    thread = forum.group.topics[0].id
    card = (await forum.playground.wait_for(lambda: _in_topic(forum, thread, "№1")))[0]
    assert [button.text for button in card.buttons][:2] == ["✋ Взять", "Закрыть"]
    shown = "\n".join(message.text for message in _in_topic(forum, thread, "строка"))
    assert [shown.count(f"строка {number}") for number in range(3)] == [1, 1, 1]
    forum.olga.write(forum.group, "Здравствуйте!", thread=thread)
    assert (await forum.answer(forum.anna)).text == "Здравствуйте!"


async def test_a_topic_that_people_closed_is_opened_for_the_next_line(forum: House) -> None:
    forum.anna.send("/operator")
    await forum.in_group("Анна")
    thread = forum.group.topics[0].id
    forum.group.close_topic(thread)
    forum.anna.send("есть кто-нибудь?")
    line = await forum.in_group("есть кто-нибудь?")
    assert line.thread_id == thread
    assert not forum.group.topics[0].closed


async def test_a_card_that_people_deleted_is_posted_anew_when_it_changes(house: House) -> None:
    house.anna.send("/operator")
    card = await house.in_group("Анна")
    house.olga.at(house.group).delete(card)
    house.olga.at(house.group).press(card, card.button("Взять").data or "")
    again = await house.in_group("взято: Ольга")
    assert again.id != card.id
    house.olga.write(house.group, "Здравствуйте!", reply_to=again)
    await house.playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Здравствуйте!"])


async def test_a_group_that_becomes_a_supergroup_keeps_its_tickets(database_url: str, home: Path) -> None:
    playground = Playground()
    playground.add_operator("Ольга", user_id=defaults.ADMIN_ID)
    group = playground.add_group(basic=True)
    number = str(group.chat.id)
    async with opened(database_url, playground=playground, SUPPORT_OPERATORS__CHAT_ID=number) as house:
        house.anna.send("/operator")
        old = (await playground.wait_for(lambda: group.from_bot))[0]
        group.upgrade()
        house.anna.send("вы здесь?")
        line = (await playground.wait_for(lambda: [m for m in group.from_bot if "вы здесь?" in m.text]))[0]
        house.olga.write(group, "Здесь!", reply_to=line)
        await playground.wait_for(lambda: [m for m in house.anna.replies if m.text == "Здесь!"])
        john = house.john
        john.send("/operator")
        await playground.wait_for(lambda: [m for m in group.from_bot if "John" in m.text])
        assert old.chat is not group.chat
    async with opened(database_url, playground=playground, SUPPORT_OPERATORS__CHAT_ID=number):  # and it remembers
        john.send("are you there?")
        await playground.wait_for(lambda: [m for m in group.from_bot if "are you there?" in m.text])


async def test_thrown_out_of_the_group_the_bot_tells_the_admin_and_catches_up_when_it_is_back(
    sqlite_url: str, home: Path, brisk: None
) -> None:
    async with opened(sqlite_url) as house:
        house.olga.send("/start")
        await house.answer(house.olga)
        house.group.kick_bot()
        house.anna.send("/operator")
        house.john.send("/operator")
        await house.answer(house.anna)
        await house.playground.wait_for(lambda: [m for m in house.olga.replies if "Не могу писать в группу" in m.text])
        house.group.return_bot()
        for name in ("Анна", "John"):
            await house.in_group(name)
        warnings = [m for m in house.olga.replies if "Не могу писать в группу" in m.text]
        assert len(warnings) == 1
        assert len(house.group.from_bot) == 2


async def _operators(house: House) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{house.http}/health/full") as answer:
        found: dict[str, Any] = (await answer.json())["checks"]["operators"]
        return found


def _warnings(house: House) -> list[Message]:
    return [message for message in house.olga.replies if "Не могу писать в группу" in message.text]


async def _healthy_again(house: House) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        while (await _operators(house))["status"] != "healthy":  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(0.05)


async def test_every_time_the_bot_is_thrown_out_it_is_told_and_health_is_degraded_meanwhile(
    sqlite_url: str, home: Path
) -> None:
    async with opened(sqlite_url) as house:
        house.olga.send("/start")
        await house.answer(house.olga)
        assert (await _operators(house))["status"] == "healthy"
        for times in (1, 2):
            house.group.kick_bot()
            await house.playground.wait_for(lambda: len(_warnings(house)) == times)  # asked in this very turn
            await asyncio.sleep(1.1)  # an answer of /health/full is good for a second
            degraded = await _operators(house)
            assert (degraded["status"], degraded["troubles"]) == ("degraded", ["no_access"])
            house.group.return_bot()
            await _healthy_again(house)


async def test_a_demoted_bot_says_so_at_once(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url) as house:
        house.olga.send("/start")
        await house.answer(house.olga)
        house.playground.world.set_bot_status(house.group.chat, house.olga.user, "member")
        await house.playground.wait_for(lambda: [m for m in house.olga.replies if "больше не администратор" in m.text])
        await asyncio.sleep(1.1)  # as above
        assert (await _operators(house))["troubles"] == ["demoted"]


def _told(house: House, words: str) -> list[Message]:
    return [message for message in house.olga.replies if words in message.text]


async def test_without_the_right_to_topics_cards_come_into_general_and_topics_follow_when_it_is_given(
    forum: House,
) -> None:
    forum.olga.send("/start")
    await forum.answer(forum.olga)
    forum.group.set_right("can_manage_topics", on=False)
    forum.anna.send("/operator")
    card = await forum.in_group("№1")
    assert card.thread_id is None
    [told] = await forum.playground.wait_for(lambda: _told(forum, "нельзя открывать темы"))
    assert "Не могу писать" not in told.text
    assert (await _operators(forum))["troubles"] == ["no_topics"]
    forum.olga.at(forum.group).press(card, card.button("Взять").data or "")
    await forum.in_group("взято: Ольга")
    forum.olga.write(forum.group, "Здравствуйте!", reply_to=card)
    await forum.playground.wait_for(lambda: [m for m in forum.anna.replies if m.text == "Здравствуйте!"])
    assert len(_told(forum, "нельзя открывать темы")) == 1
    assert not _warnings(forum)


async def test_a_list_that_cannot_be_pinned_closes_nothing(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url, SUPPORT_OPERATORS__DESK_MESSAGE="true") as house:
        house.olga.send("/start")
        await house.answer(house.olga)
        house.group.set_right("can_pin_messages", on=False)
        house.anna.send("/operator")
        await house.in_group("Не могу закрепить")
        house.john.send("/operator")
        await house.in_group("№2")
        assert not _warnings(house), "it writes there all the time"
        assert (await _operators(house))["troubles"] == []


async def test_where_members_may_not_write_people_read_what_to_do(sqlite_url: str, home: Path) -> None:
    async with opened(sqlite_url) as house:
        house.olga.send("/start")
        await house.answer(house.olga)
        house.playground.world.set_bot_status(house.group.chat, house.olga.user, "member")
        house.group.allow_everybody("can_send_messages", on=False)
        house.anna.send("/operator")
        [told] = await house.playground.wait_for(lambda: _warnings(house))
        assert "мне нельзя там писать" in told.text
        assert "Bad Request" not in told.text
        house.group.allow_everybody("can_send_messages", on=True)
        await house.in_group("№1")
