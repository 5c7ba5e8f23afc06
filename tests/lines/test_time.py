"""What happens by itself: reminders in working time, tickets that lapse, and customers who learn what to expect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.desk.alarm_clock import AlarmClock
from services.desk.timetable import Timeouts
from services.scenarios.fact_values import put
from services.texts.team import Team
from storage.address import Address
from storage.records import Ticket
from storage.units import Unit
from tests.lines.world import CUSTOMER_ID, GROUP_ID, World

CALLS = "позовите оператора"
ADMIN = 42
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture
def settings() -> dict[str, str]:
    return {
        "SUPPORT_SERVICE__WORKING_HOURS": "Пн-Пт 9:00-13:00 14:00-18:00",
        "SUPPORT_TELEGRAM__ADMIN_IDS": str(ADMIN),
    }


async def passes(world: World, seconds: float) -> int:
    """Let time pass in steps of a few minutes, with a look each time; return how much happened by itself."""
    end, done = world.now + timedelta(seconds=seconds), 0
    while world.now < end:
        world.now = min(end, world.now + timedelta(seconds=max(300, seconds / 12)))
        done += await world.parts.alarm_clock.look()
        await world.works()
    await world.passes(20)
    return done


async def ticket(world: World, number: int = 1) -> Ticket:
    found = await world.store.read(lambda unit: unit.tickets.get(number))
    assert found is not None
    return found


def card_at(world: World) -> int:
    return next(
        n for (chat, n), one in world.screen.shown.items() if chat == GROUP_ID and "<b>№1</b>" in one.words.text
    )


def waits(world: World, chat: int) -> list[str]:
    return [text for text in world.screen.texts(chat) if text.startswith("⏰")]


async def others(world: World, count: int) -> None:
    """Let that many more customers wait since now."""

    def act(unit: Unit) -> None:
        for number in range(count):
            who = unit.customers.add(
                Address("telegram", str(2000 + number)),
                first_name=f"N{number}",
                last_name="",
                username=None,
                language="ru",
            )
            unit.tickets.open(
                customer_id=who.id,
                reason="asked",
                scenario=None,
                confidence=None,
                priority="medium",
                question="?",
            )

    await world.store.write(act)


# --- reminders -------------------------------------------------------------------------------------------------------


async def test_people_are_reminded_in_the_ticket_then_in_the_group_then_the_admins(either: World) -> None:
    """At three in the afternoon in Moscow; the first reminder makes it urgent, so the next come sooner."""
    await either.says(1, CALLS)
    await either.passes(20)
    assert await passes(either, 25 * MINUTE) == 0
    assert await passes(either, 10 * MINUTE) == 1
    assert (await ticket(either)).priority == "high"
    assert len(waits(either, GROUP_ID)) == 1
    await passes(either, 20 * MINUTE)
    assert len(waits(either, GROUP_ID)) == 2
    assert "№1" in waits(either, GROUP_ID)[1]
    assert waits(either, ADMIN) == []
    await passes(either, 35 * MINUTE)
    assert len(waits(either, ADMIN)) == 1
    assert await passes(either, 5 * DAY) == 0, "that was all"


async def test_nobody_is_reminded_of_who_was_answered_a_moment_before(either: World) -> None:
    await either.says(1, CALLS)
    await either.passes(20)
    either.now += timedelta(minutes=35)
    assert await either.parts.alarm_clock.look() == 1
    await either.operator_says(50, "слушаю", reply_to=card_at(either))
    await either.passes(60)
    assert waits(either, GROUP_ID) == []


async def test_nobody_is_reminded_at_night_except_of_what_is_critical(world: World) -> None:
    world.now = datetime(2026, 3, 6, 14, 50, tzinfo=UTC)  # ten to six on a Friday
    await world.says(1, CALLS)
    await world.passes(20)
    assert await passes(world, 60 * HOUR) == 0
    assert await passes(world, 5 * HOUR) > 0
    await world.store.write(lambda unit: unit.tickets.change(1, priority="critical"))
    await world.operator_says(50, "слушаю", reply_to=card_at(world))
    world.now = datetime(2026, 3, 10, 20, tzinfo=UTC)
    await world.says(2, "опять")
    assert await passes(world, 15 * MINUTE) == 1


async def test_many_that_wait_are_one_message_with_the_most_urgent_first(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.store.write(lambda unit: unit.tickets.change(1, priority="high"))
    await others(world, 20)
    world.now += timedelta(hours=1)
    assert await world.parts.alarm_clock.look() == 21
    await world.passes(120)
    [told] = waits(world, GROUP_ID)
    assert told.startswith("⏰ Ждут ответа: 21\n🟠")
    assert "… и ещё 6" in told
    await world.presses(GROUP_ID, "Все открытые")
    await world.passes(5)
    assert waits(world, GROUP_ID) == [], "the list has become a page of all that is open now"
    assert "страница 1" in "".join(world.screen.texts(GROUP_ID)).lower()


async def test_two_processes_remind_once(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    soon = Timeouts(remind=world.parts.settings.operators.remind, close_after=timedelta())
    second = AlarmClock(store=world.store, timeouts=soon, team=Team(language="ru"))
    world.now += timedelta(minutes=35)
    assert [await world.parts.alarm_clock.look(), await second.look()] == [1, 0]


async def test_a_clock_that_is_set_back_delays_a_reminder_by_its_wait_at_most(world: World) -> None:
    await world.says(1, CALLS)
    await passes(world, 10 * MINUTE)
    world.now -= timedelta(days=28)
    assert await passes(world, 25 * MINUTE) == 0
    assert await passes(world, 10 * MINUTE) == 1


async def test_reminders_follow_working_hours_that_change(world: World) -> None:
    world.now = datetime(2026, 3, 2, 18, tzinfo=UTC)  # nine in the evening
    await world.says(1, CALLS)
    assert await passes(world, HOUR) == 0
    await world.store.write(lambda unit: put(unit, "hours", "*", "24/7", author="test"))
    await world.parts.knowledge.refresh()
    assert await passes(world, MINUTE) == 1


# --- silence ---------------------------------------------------------------------------------------------------------


async def test_a_ticket_lapses_after_a_line_and_opens_again_for_its_operator(either: World) -> None:
    await either.says(1, CALLS)
    await either.passes(20)
    await either.operator_says(50, "какой номер заказа?", reply_to=card_at(either))
    assert await passes(either, 47 * HOUR) == 0
    assert await passes(either, 2 * HOUR) == 1
    [told] = [text for text in either.screen.texts(CUSTOMER_ID) if "закроем его" in text]
    assert "завтра в" in told
    await passes(either, 25 * HOUR)
    assert (await ticket(either)).state == "closed"
    assert "клиент не ответил" in either.screen.shown[GROUP_ID, card_at(either)].words.text
    count = len(either.screen.texts(CUSTOMER_ID))
    await passes(either, 3 * DAY)
    assert len(either.screen.texts(CUSTOMER_ID)) == count, "it is closed in silence"
    await either.says(2, "номер 15")
    await either.passes(20)
    again = await ticket(either)
    assert (again.state, again.status, again.operator_name) == ("waiting", "taken", "Ольга")
    assert any("номер 15" in text for text in either.screen.texts(GROUP_ID))


async def test_whoever_writes_is_not_closed(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.operator_says(50, "какой номер заказа?", reply_to=card_at(world))
    await passes(world, 50 * HOUR)
    await world.says(2, "сейчас найду")
    await world.passes(20)
    await world.operator_says(51, "хорошо, жду", reply_to=card_at(world))
    await passes(world, 40 * HOUR)
    assert (await ticket(world)).state == "awaiting_customer"
    assert sum("закроем его" in text for text in world.screen.texts(CUSTOMER_ID)) == 1


async def test_thanks_after_it_has_lapsed_open_nothing(world: World) -> None:
    await world.says(1, CALLS)
    await world.passes(20)
    await world.operator_says(50, "готово", reply_to=card_at(world))
    await passes(world, 73 * HOUR)
    await world.says(2, "спасибо")
    await world.passes(20)
    assert (await ticket(world)).state == "closed"
    await passes(world, 8 * DAY)
    await world.says(3, "доставка когда?")
    await world.passes(20)
    assert (await ticket(world)).state == "closed", "that is another question"
    assert any("Ответ DELIVERY" in text for text in world.screen.texts(CUSTOMER_ID))


# --- what customers can expect ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-03-02 5:00", "вернутся сегодня в 9:00 (МСК)"),
        ("2026-03-02 10:30", "вернутся сегодня в 14:00 (МСК)"),
        ("2026-03-02 19:00", "вернутся завтра в 9:00 (МСК)"),
        ("2026-03-06 19:00", "вернутся в понедельник в 9:00 (МСК)"),
        ("2026-03-02 12:00", "Часы работы: пн–пт 9:00–13:00 и 14:00–18:00"),
    ],
)
async def test_a_customer_learns_when_people_are_back(world: World, now: str, told: str) -> None:
    world.now = datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    await world.says(1, CALLS)
    await world.passes(20)
    [line] = world.screen.texts(CUSTOMER_ID)
    assert told in line
    await passes(world, 16 * MINUTE)
    await world.says(2, "и вот ещё что")
    await world.passes(20)
    assert told in world.screen.texts(CUSTOMER_ID)[-1]


async def test_a_wish_for_a_person_in_an_open_ticket_gets_a_word_and_stands_on_the_card(world: World) -> None:
    await world.says(1, "непонятно что")
    await world.passes(20)
    assert (await ticket(world)).reason == "unsure"
    await world.store.write(lambda unit: unit.tickets.change(1, priority="low"))
    await world.says(2, "позовите человека")
    await world.passes(20)
    assert "у коллег" in world.screen.texts(CUSTOMER_ID)[-1]
    assert ((await ticket(world)).reason, (await ticket(world)).priority) == ("asked", "medium")
    assert "просит человека" in world.screen.shown[GROUP_ID, card_at(world)].words.text
    count = len(world.screen.texts(CUSTOMER_ID))
    await world.says(3, "позовите человека")
    await world.passes(20)
    assert len(world.screen.texts(CUSTOMER_ID)) == count, "said once in a quarter of an hour"
