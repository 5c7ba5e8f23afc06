"""The buttons of a card: who has it, to whom it goes, until when it waits, how it ends; pressed late, twice, by two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.classify.verdict import UNKNOWN, Verdict
from services.delivery.messenger import Leave
from services.desk.snoozing import snoozed_until
from services.messages.callbacks import OnTicket, decode, encode
from services.messages.effects import TurnTopic
from services.queues.outbox import Outgoing
from services.scenarios import knowledge
from services.texts import label
from services.working_hours.reading import read
from services.working_hours.schedule import Schedule
from storage.records import Pack, Scenario, Template
from tests.lines.first_ticket import buttons, card, opened, ticket
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World, pressed

CALLS = "позовите оператора"
MAX = 777


async def forged(world: World, data: str, *, who: int | None = None) -> None:
    """Let an operator press what stands on no card any more, or never did."""
    body = pressed(GROUP_ID, 10_000, data)
    if who is not None:
        body["from"] = {"id": who, "is_bot": False, "first_name": "Max"}
    await world.arrives("callback_query", body)
    await world.works()
    await world.passes(10)


async def test_the_card_is_short_and_details_unfold_and_fold(world: World) -> None:
    await opened(world)
    assert "внутренняя заметка" not in card(world)
    await world.presses(GROUP_ID, "Подробнее")
    assert "внутренняя заметка" in card(world)
    await world.presses(GROUP_ID, "Свернуть")
    assert "внутренняя заметка" not in card(world)
    assert buttons(world) == [
        "✋ Взять", "Закрыть", "▾", "💬 Ответить ▾", "Передать ▾", "Отложить ▾", "Подробнее", "История", "Ещё ▾",
    ]  # fmt: skip
    await world.presses(GROUP_ID, "Ещё")
    assert buttons(world) == ["🏷 Исправить тему ▾", "📝 Заметка", "Важность ▾", "🚫 Заблокировать ▾", "Свернуть"]


async def test_a_ticket_is_released_and_the_bot_speaks_again_after_a_while(world: World) -> None:
    await opened(world)
    await world.presses(GROUP_ID, "Взять")
    await world.presses(GROUP_ID, "Отпустить")
    assert ((await ticket(world)).status, (await ticket(world)).operator_id) == ("open", None)
    assert "взято" not in card(world)
    await world.says(2, "доставка когда?")
    await world.passes(20)
    assert "DELIVERY" in world.screen.texts(CUSTOMER_ID)[-1]


async def test_a_ticket_is_handed_to_a_colleague_who_is_told(world: World) -> None:
    await opened(world)
    await forged(world, "t:1:take", who=MAX)
    await forged(world, "t:1:release", who=MAX)
    assert (await ticket(world)).operator_id is None
    await world.says(2, "ещё вопрос")
    await world.presses(GROUP_ID, "Передать")
    await forged(world, f"t:1:hand:{MAX}")
    assert (await ticket(world)).operator_id == MAX
    await forged(world, "t:1:hand:666")
    assert (await ticket(world)).operator_id == MAX, "nobody has offered that one"


async def test_who_gets_a_ticket_reads_their_name(world: World) -> None:
    await opened(world)
    await forged(world, "t:1:take", who=MAX)
    await world.presses(GROUP_ID, "Закрыть")
    await world.says(5, CALLS)
    await world.passes(20)
    await world.presses(GROUP_ID, "Взять")
    await world.presses(GROUP_ID, "Передать")
    await world.presses(GROUP_ID, "Max")
    second = await world.store.read(lambda unit: unit.tickets.get(2))
    assert second is not None
    assert (second.operator_id, second.status) == (MAX, "taken")
    assert any(f'<a href="tg://user?id={MAX}">Max</a>, вам передано' in t for t in world.screen.texts(GROUP_ID))


async def test_the_priority_is_set_by_hand(world: World) -> None:
    await opened(world)
    await world.presses(GROUP_ID, "Ещё")
    await world.presses(GROUP_ID, "Важность")
    await world.presses(GROUP_ID, "критичная")
    assert card(world).startswith("🔴")
    assert "✋ Взять" in buttons(world), "the menu is closed"


async def test_what_is_snoozed_comes_back_once_and_does_not_remind_meanwhile(world: World) -> None:
    clock = world.parts.alarm_clock
    await opened(world)
    await world.presses(GROUP_ID, "Отложить")
    await world.presses(GROUP_ID, "1 час")
    assert "отложено до 02.03" in card(world)
    await world.passes(40 * 60)
    assert await clock.look() == 0
    await world.passes(21 * 60)
    assert [await clock.look(), await clock.look()] == [1, 0]
    await world.passes(10)
    assert "ждёт с" in card(world)
    assert sum("снова здесь" in text for text in world.screen.texts(GROUP_ID)) == 1


@pytest.mark.parametrize("choice", ["До ответа клиента", "4 часа"])
async def test_the_customers_next_line_wakes_it(world: World, choice: str) -> None:
    await opened(world)
    await world.presses(GROUP_ID, "Отложить")
    await world.presses(GROUP_ID, choice)
    assert (await ticket(world)).state == "snoozed"
    await world.says(2, "вы где?")
    await world.passes(20)
    assert (await ticket(world)).state == "waiting"


@pytest.mark.parametrize(
    ("choice", "told", "says"), [("Решено", 1, "закрыто"), ("молча", 0, "закрыто молча"), ("Спам", 0, "закрыто (спам)")]
)
async def test_a_ticket_is_closed_in_three_ways(world: World, choice: str, told: int, says: str) -> None:
    await opened(world)
    await world.presses(GROUP_ID, "▾")
    await forged(world, "t:1:closing")
    await world.presses(GROUP_ID, choice)
    assert says in card(world)
    assert sum("№1 закрыто" in text for text in world.screen.texts(CUSTOMER_ID)) == told


async def test_presses_that_come_late_or_twice_do_no_harm(world: World) -> None:
    await opened(world)
    for data in ("t:1:release", "t:1:take", "t:1:take", "t:1:close", "t:1:close:spam", "t:1:snooze:hour", "t:1:take"):
        await forged(world, data)
    now = await ticket(world)
    assert (now.status, now.ending, now.snoozed_at) == ("closed", "solved", None)
    for data in (
        "t:1:snooze:for-ever",
        "t:1:hand:x",
        "t:1:priority:golden",
        "t:1:close:loudly",
        "t:999:take:",
        "t:1:sing",
    ):
        await forged(world, data)
    assert await ticket(world) == now


@pytest.mark.parametrize(
    "press",
    [OnTicket(5, "take"), OnTicket(5, "hand", "501"), OnTicket(5, "snooze", "morning"), OnTicket(5, "close", "spam")],
)
def test_what_a_button_says_is_read_back(press: OnTicket) -> None:
    assert decode(encode(press)) == press


def test_tomorrow_at_nine_is_nine_where_the_team_lives_on_the_day_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    eve = datetime(2026, 3, 28, 20, tzinfo=UTC)
    until = snoozed_until("morning", eve, berlin)
    assert until == datetime(2026, 3, 29, 7, tzinfo=UTC), "summer time has begun"
    assert snoozed_until("hour", eve, berlin) == eve + timedelta(hours=1)
    assert snoozed_until("reply", eve, berlin) is None


@pytest.mark.parametrize(
    ("now", "until"),
    [
        pytest.param("2026-03-06 15:00", "2026-03-09 10:00", id="Friday: Monday, at the team's hour"),
        pytest.param("2026-03-03 13:30", "2026-03-04 10:00", id="in a break: not the end of the break"),
        pytest.param("2026-03-03 03:00", "2026-03-03 10:00", id="before the day has begun: today"),
    ],
)
def test_the_working_day_begins_when_the_team_says(now: str, until: str) -> None:
    hours = read("Mo-Fr 10:00-13:00 14:00-18:00")
    assert isinstance(hours, Schedule)
    moment, opening = (datetime.fromisoformat(f"{at}+00:00") for at in (now, until))
    assert snoozed_until("morning", moment, ZoneInfo("UTC"), hours) == opening


async def test_a_page_takes_the_place_of_no_card(world: World) -> None:
    await world.says(1, "позовите оператора")
    await world.passes(20)
    card = (await ticket(world)).card_id
    assert card is not None
    before = world.screen.shown[GROUP_ID, card].words
    for data in ("k:1:show", "h:1", "o:0"):
        await world.presses_at(GROUP_ID, card, data)
    assert world.screen.shown[GROUP_ID, card].words == before


async def test_a_topic_is_turned_only_to_what_is_true_now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[bool] = []

    async def is_forum(_chat: int) -> bool:
        return True

    async def open_topic(_chat: int, _name: str, *, leave: Leave, icon: str | None = None) -> int:
        await leave()
        return 5

    async def turn_topic(_chat: int, _topic: int, *, closed: bool) -> None:
        turned.append(closed)

    monkeypatch.setattr(world.screen, "is_forum", is_forum)
    monkeypatch.setattr(world.screen, "open_topic", open_topic)
    monkeypatch.setattr(world.screen, "turn_topic", turn_topic)
    world.parts.groups.first.saw(forum=True)
    await opened(world)
    await world.store.write(lambda unit: Outgoing(unit, "late").put(TurnTopic(ticket_id=1, closed=True)))
    await world.passes(10)
    assert turned == [], "it was opened again before its topic could be closed"
    await world.presses(GROUP_ID, "Закрыть")
    await world.passes(10)
    assert turned == [True]


async def test_a_card_that_was_deleted_is_shown_again_by_the_button_of_a_list(world: World) -> None:
    await opened(world)
    number = next(one.telegram_id for one in world.screen.shown.values() if "<b>№1</b>" in one.words.text)
    del world.screen.shown[GROUP_ID, number]
    await forged(world, "t:1:show")
    assert sum("<b>№1</b>" in text for text in world.screen.texts(GROUP_ID)) == 1


async def test_a_card_quotes_no_commands_and_greetings(world: World) -> None:
    hello = Verdict(scenario="GREETING", confidence=0.99, reasoning="", engine="local", version="1")
    world.listener.says["добрый день всем"] = hello
    greeting = Scenario(
        key="GREETING",
        title={"ru": "Приветствие"},
        description="",
        priority="low",
        action="answer",
        examples={},
        templates=(Template(language="ru", text="Здравствуйте! Чем помочь?"),),
    )
    pack = Pack(scenarios=(*PACK.scenarios, greeting), background=(), version="2")
    await knowledge.replace(world.store, pack, author="test")
    await world.parts.knowledge.refresh()
    for number, text in enumerate(("/start", "добрый день всем", "цена какая?"), 1):
        await world.says(number, text)
        await world.passes(20)
    await world.says(9, "позовите оператора")
    await world.passes(20)
    card = next(text for text in world.screen.texts(GROUP_ID) if "№1" in text)
    assert "цена какая?" in card
    assert "Ответ PRICING." in card
    shown = "\n".join(world.screen.texts(GROUP_ID))
    for idle in ("/start", "добрый день", "Чем помочь?"):
        assert idle not in shown


async def test_the_card_quotes_words_as_they_were_formatted(either: World) -> None:
    struck = [{"type": "strikethrough", "offset": 0, "length": 2}, {"type": "code", "offset": 22, "length": 4}]
    await either.says(1, "не позовите оператора 4711", entities=struck)
    await either.passes(20)
    assert "<blockquote><s>не</s> позовите оператора <code>4711</code></blockquote>" in card(either)


async def test_lines_in_a_row_keep_their_formatting_on_the_card(either: World) -> None:
    await either.says(1, "жалоба", entities=[{"type": "bold", "offset": 0, "length": 6}])
    await either.says(2, "очень срочно", entities=[{"type": "underline", "offset": 6, "length": 6}])
    await either.passes(20)
    assert "<b>жалоба</b>\nочень <u>срочно</u>" in card(either)


async def test_a_later_line_that_is_urgent_by_its_meaning_raises_an_open_card_and_says_why(
    either: World,
) -> None:
    await either.says(1, "жалоба")
    await either.passes(20)
    text = "my scalp is burning since the bleach yesterday"
    either.listener.says[text] = Verdict(
        scenario=UNKNOWN, confidence=0.1, reasoning="", engine="local", version="1", urgency="high", presses="health"
    )
    await either.says(2, text)
    await either.passes(20)
    assert (await ticket(either)).priority == "high"
    assert label("card.urgent", "ru", why=label("urgency.health", "ru")) in card(either)


async def test_what_is_urgent_by_its_meaning_raises_the_card_and_says_why(either: World) -> None:
    text = "my scalp is burning since the bleach yesterday"
    either.listener.says[text] = Verdict(
        scenario=UNKNOWN, confidence=0.1, reasoning="", engine="local", version="1", urgency="high", presses="health"
    )
    await either.says(1, text)
    await either.passes(20)
    assert (await ticket(either)).priority == "high"
    assert label("card.urgent", "ru", why=label("urgency.health", "ru")) in card(either)
