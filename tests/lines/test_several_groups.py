"""Routes bring tickets to several groups at the same time; each group is a desk of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.team import team_of
from services.delivery.group_minute import KEPT, MOST
from services.delivery.messenger import Leave, Sent, Target, TopicGone
from services.messages.effects import Words
from services.queues.outbox import LIST, PRESSED
from services.reports.statistics import Statistics
from services.reports.weekly import Weekly
from tests.lines.first_ticket import ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World, pressed, said

SALES: Final = -1002
FORUM: Final = -1003
TOPIC: Final = 77
ROUTES = [
    {"scenario": "COMPLAINT", "chat_id": SALES, "name": "Жалобы"},
    {"priority": "critical", "topic_id": TOPIC},
    {"language": "en", "chat_id": FORUM},
]
CALLS = "позовите оператора"


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(sqlite_url, tmp_path, SUPPORT_OPERATORS__ROUTES=json.dumps(ROUTES))
    made.screen.forums.add(FORUM)
    await made.open()
    yield made
    await made.close()


def card(world: World, chat_id: int) -> int:
    return next(one.telegram_id for one in world.screen.shown.values() if one.chat_id == chat_id)


async def complains(world: World) -> None:
    await world.says(1, "жалоба на доставку посылки")
    await world.passes(5)


async def test_a_scenario_goes_to_its_group_and_its_operators_answer_there(world: World) -> None:
    await complains(world)
    assert "№1" in world.screen.texts(SALES)[0]
    assert world.screen.texts(GROUP_ID) == []
    await world.operator_says(100, "разберёмся", reply_to=card(world, SALES), chat_id=SALES)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "разберёмся"
    await world.says(2, "жду ответа, когда решите?")
    await world.passes(40)
    assert any("жду ответа" in text for text in world.screen.texts(SALES))
    assert world.screen.texts(GROUP_ID) == []


async def test_what_fits_no_route_goes_to_the_first_group(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    assert "№1" in world.screen.texts(GROUP_ID)[0]
    assert world.screen.texts(SALES) == world.screen.texts(FORUM) == []


async def test_a_route_without_a_scenario_goes_by_language(world: World) -> None:
    person = {"id": CUSTOMER_ID, "first_name": "John", "is_bot": False, "language_code": "en"}
    await world.arrives("message", said(1, "let me talk to a human operator please") | {"from": person})
    await world.passes(5)
    [topic] = world.screen.topics
    assert topic[0] == FORUM
    assert [target.topic_id for (chat, _), target in world.screen.targets.items() if chat == FORUM] == [topic[1]]
    assert world.screen.texts(GROUP_ID) == []


async def test_a_fixed_topic_holds_several_tickets_by_replies(world: World) -> None:
    world.screen.forums.add(GROUP_ID)
    await world.says(1, "меня ограбили, с карты украли все деньги, позовите оператора")
    await world.passes(5)
    assert world.screen.topics == {}, "it goes to the topic that the route names"
    number = card(world, GROUP_ID)
    assert world.screen.targets[GROUP_ID, number].topic_id == TOPIC
    await world.says(2, "что мне делать?")
    await world.passes(40)
    [line] = [one for one in world.screen.shown.values() if "что мне делать" in one.words.text]
    target = world.screen.targets[GROUP_ID, line.telegram_id]
    assert (target.topic_id, target.reply_to) == (TOPIC, number)
    await world.operator_says(100, "коллеги, кто возьмёт?", topic=TOPIC)
    assert not world.screen.reads(CUSTOMER_ID, "кто возьмёт"), "a line that answers nobody is talk among people"
    await world.operator_says(101, "Заблокируйте карту", reply_to=number, topic=TOPIC)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "Заблокируйте карту"


async def test_a_fixed_topic_that_is_gone_is_told_of_and_its_tickets_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.screen.forums.add(GROUP_ID)
    say = world.screen.say

    async def without_topic(target: Target, words: Words, *, leave: Leave) -> Sent:
        if target.topic_id == TOPIC:
            raise TopicGone("message thread not found")
        return await say(target, words, leave=leave)

    monkeypatch.setattr(world.screen, "say", without_topic)
    await world.says(1, "меня ограбили, с карты украли все деньги, позовите оператора")
    await world.passes(10)
    [(chat, topic)] = world.screen.topics
    assert any("№1" in text for text in world.screen.texts(GROUP_ID))
    assert [text for text in world.screen.texts(GROUP_ID) if f"Темы {TOPIC}" in text], "admins hear of it"
    assert (chat, topic) != (GROUP_ID, TOPIC)


async def test_a_press_counts_only_in_the_group_of_its_ticket(world: World) -> None:
    await complains(world)
    await world.arrives("callback_query", pressed(GROUP_ID, 5, "t:1:close"))
    await world.works()
    assert (await ticket(world)).status == "open"
    await world.presses(SALES, "Взять")
    assert (await ticket(world)).status == "taken"


async def test_each_group_has_a_minute_of_its_own(world: World) -> None:
    for rank in (LIST,) * MOST[LIST] + (PRESSED,) * KEPT[PRESSED]:
        await world.parts.budget.take(GROUP_ID, rank)
    await world.says(1, CALLS)
    await world.passes(3)
    assert world.screen.texts(GROUP_ID) == []
    assert world.parts.budget.minute(GROUP_ID).used == 20
    assert world.parts.budget.minute(SALES).used == 0


async def test_a_group_that_becomes_a_supergroup_takes_its_tickets_along(world: World) -> None:
    await complains(world)
    moved = {"message_id": 9, "date": 1, "chat": {"id": SALES, "type": "group", "title": "s"}}
    await world.arrives("message", moved | {"migrate_to_chat_id": -100777})
    await world.works()
    await world.says(2, "вы ещё тут?")
    await world.passes(40)
    assert any("вы ещё тут" in text for text in world.screen.texts(-100777))
    group = world.parts.groups.of(SALES)
    assert (group.chat_id, world.parts.groups.first.chat_id) == (-100777, GROUP_ID)
    line = next(one for one in world.screen.shown.values() if one.chat_id == -100777)
    await world.operator_says(100, "тут", reply_to=line.telegram_id, chat_id=-100777)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "тут"


async def test_trouble_with_one_group_is_told_apart(world: World) -> None:
    put_out = {
        "chat": {"id": SALES, "type": "supergroup", "title": "Отдел жалоб"},
        "from": {"id": 1, "is_bot": False, "first_name": "X"},
        "date": 1,
        "old_chat_member": {"user": {"id": 700000, "is_bot": True, "first_name": "B"}, "status": "member"},
        "new_chat_member": {
            "user": {"id": 700000, "is_bot": True, "first_name": "B"},
            "status": "kicked",
            "until_date": 0,
        },
    }
    await world.arrives("my_chat_member", put_out)
    await world.works()
    assert any("«Отдел жалоб»: меня в ней больше нет" in text for text in world.screen.texts(GROUP_ID))
    facts = (await world.parts.health.check("operators")).facts
    assert facts["groups"] == {"default": [], str(SALES): ["no_access"], str(FORUM): []}
    assert facts["troubles"] == ["no_access"]


async def test_without_its_route_a_ticket_goes_to_the_first_group(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path, SUPPORT_OPERATORS__ROUTES=json.dumps(ROUTES))
    await world.open()
    await complains(world)
    await world.arrives("message", said(2, "жду"))
    await world.parts.inbox.drain()
    await world.close()
    later = World(sqlite_url, tmp_path)
    await later.open()
    await later.parts.groups.load()
    later.now = world.now
    await later.passes(60)
    texts = later.screen.texts(GROUP_ID)
    assert any("жду" in text for text in texts)
    await later.says(3, "и ещё вопрос?")
    await later.passes(60)
    assert any("№1" in text for text in later.screen.texts(GROUP_ID)), "a card is shown where it belongs now"
    await later.close()


async def test_a_ticket_moves_with_what_was_said_and_its_old_card_says_where(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(5)
    old = card(world, GROUP_ID)
    await world.operator_says(100, "а что случилось?", reply_to=old)
    await world.presses(GROUP_ID, "Ещё")
    await world.passes(5)
    await world.presses(GROUP_ID, "Переместить")
    await world.passes(5)
    await world.presses(GROUP_ID, "Жалобы")
    await world.passes(90)
    assert world.screen.shown[GROUP_ID, old].words.text == "№1: теперь здесь: Жалобы"
    new = world.screen.texts(SALES)
    assert "№1" in new[0]
    assert any("Что было раньше" in text and "а что случилось?" in text for text in new[1:])
    moved = await ticket(world)
    assert (moved.group_id, moved.status, moved.operator_id) == (SALES, "open", None)
    await world.operator_says(101, "это ещё к нам?", reply_to=old)
    assert not world.screen.reads(CUSTOMER_ID, "это ещё к нам?")
    assert any("теперь в другой группе" in text for text in world.screen.texts(GROUP_ID))
    await world.presses_at(GROUP_ID, old, "t:1:take")
    assert (await ticket(world)).status == "open"
    await world.operator_says(102, "разбираемся", reply_to=card(world, SALES), chat_id=SALES)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "разбираемся"


async def test_only_a_place_that_was_offered_counts(world: World) -> None:
    await complains(world)
    forum = f"t:1:move:{FORUM}.0"
    for data in (forum, "t:1:move", "t:1:move:-1009.0", f"t:1:move:{SALES}.0", "t:1:move:x", f"t:1:move:{FORUM}.5"):
        await world.presses_at(SALES, card(world, SALES), data)
        await world.passes(2)
    assert (await ticket(world)).group_id == SALES
    await world.presses_at(SALES, card(world, SALES), f"t:1:move:{FORUM}.0")
    await world.passes(5)
    assert (await ticket(world)).group_id == FORUM


async def test_twenty_messages_at_once_are_one_ticket_and_one_topic(world: World) -> None:
    world.screen.forums.add(GROUP_ID)
    for number in range(1, 21):
        await world.arrives("message", said(number, f"{CALLS} {number}"))
    await world.passes(120)
    assert list(world.screen.topics.values()) == ["🔵 №1 · Анна"]
    assert len([text for text in world.screen.texts(GROUP_ID) if "№1" in text]) == 1
    assert [number for number in range(1, 21) if not world.screen.reads(GROUP_ID, f"{CALLS} {number}")] == []


async def test_the_name_of_a_topic_follows_the_priority_with_one_call(world: World) -> None:
    world.screen.forums.add(GROUP_ID)
    await world.says(1, CALLS)
    await world.passes(20)
    for button in ("Ещё", "Важность", "критичная"):
        await world.presses(GROUP_ID, button)
        await world.passes(5)
    assert list(world.screen.topics.values()) == ["🔴 №1 · Анна"]
    assert world.screen.named == ["🔴 №1 · Анна"]
    for button in ("Ещё", "Важность", "критичная"):
        await world.presses(GROUP_ID, button)
        await world.passes(5)
    assert len(world.screen.named) == 1


@pytest.mark.long
async def test_each_group_reads_figures_of_its_own_and_admins_of_all(sqlite_url: str, tmp_path: Path) -> None:
    routes, admin = json.dumps(ROUTES), str(CUSTOMER_ID)
    world = World(sqlite_url, tmp_path, SUPPORT_OPERATORS__ROUTES=routes, SUPPORT_TELEGRAM__ADMIN_IDS=admin)
    await world.open()
    await complains(world)
    await world.operator_says(100, "разберёмся", reply_to=card(world, SALES), chat_id=SALES)
    world.parts.groups.of(SALES).title = "Жалобы <1>"
    await world.operator_says(101, "/stats", chat_id=SALES)
    await world.operator_says(102, "/stats")
    await world.says(50, "/stats")
    await world.passes(10)
    called, opened = "обращений: ", "Открытых обращений сейчас: "
    theirs, first, all_ = (world.screen.texts(chat)[-1] for chat in (SALES, GROUP_ID, CUSTOMER_ID))
    assert "Жалобы &lt;1&gt;" in theirs.splitlines()[0]
    assert f"{opened}1" in theirs
    assert f"🙋 {called}1" in theirs
    assert "🤖" not in theirs, "what the bot answered is no group's"
    assert "🎧 Ольга" in theirs
    assert f"{opened}0" in first
    assert f"🙋 {called}0" in first
    assert "🎧" not in first
    assert f"🙋 {called}1" in all_
    assert [line.split(":")[0] for line in all_.splitlines() if line.startswith("👥")] == [
        f"👥 {GROUP_ID}",
        "👥 Жалобы &lt;1&gt;",
        f"👥 {FORUM}",
    ]
    drawn = [chat for chat, _ in world.screen.files]
    assert sorted(drawn) == [SALES, CUSTOMER_ID], "nothing to draw for the first group"
    await world.close()


async def test_where_no_admin_is_named_each_group_gets_the_week_of_its_own(world: World) -> None:
    parts, team = world.parts, team_of(world.parts.settings)
    statistics = Statistics(
        store=world.store, knowledge=parts.knowledge, policies=parts.policies, groups=parts.groups, team=team
    )
    weekly = Weekly(store=world.store, statistics=statistics, team=team)
    world.now -= timedelta(days=3)
    await complains(world)
    world.now = datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert await weekly.look()
    await world.passes(10)
    told = {chat: world.screen.texts(chat)[-1] for chat in (GROUP_ID, SALES, FORUM)}
    assert {chat: "обращений: 1" in text for chat, text in told.items()} == {GROUP_ID: False, SALES: True, FORUM: False}
