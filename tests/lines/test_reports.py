"""`/stats` of a span with its chart, the weekly digest, and `/help` for the team."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from services.reports.chart import Chart, draw
from services.reports.span import Span, last_days, read_span
from services.reports.statistics import Statistics
from services.reports.weekly import Weekly
from services.texts.commands import OF_CUSTOMERS, of_admins_in_group, of_admins_in_private
from services.texts.team import Team
from storage.address import Address
from storage.span_counts import Rated
from storage.store import Store
from storage.units import Unit
from tests.lines.world import GROUP_ID, OPERATOR_ID, World

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 3, 10, 22, tzinfo=UTC)
"""In Moscow it is the eleventh already."""
LONG = "и расскажите подробно, " * 4


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("", date(2026, 3, 5), date(2026, 3, 11)),
        ("7d", date(2026, 3, 5), date(2026, 3, 11)),
        ("30 дней", date(2026, 2, 10), date(2026, 3, 11)),
        ("1", date(2026, 3, 11), date(2026, 3, 11)),
        ("01.03-05.03", date(2026, 3, 1), date(2026, 3, 5)),
        ("20.12.2025 – 05.01.2026", date(2025, 12, 20), date(2026, 1, 5)),
        ("20.12", date(2025, 12, 20), date(2025, 12, 20)),
        ("2026-02-01 2026-02-28", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-03-09..2026-03-30", date(2026, 3, 9), date(2026, 3, 11)),
        ("01.03-31.03", date(2026, 3, 1), date(2026, 3, 11)),
        ("01.01-31.12", date(2026, 1, 1), date(2026, 3, 11)),
        ("20.12-31.12", date(2025, 12, 20), date(2025, 12, 31)),
        ("20.12-05.01", date(2025, 12, 20), date(2026, 1, 5)),
    ],
)
def test_a_span_is_read_as_people_write_it(words: str, first: date, last: date) -> None:
    assert read_span(words, NOW, MOSCOW) == Span(first=first, last=last, zone=MOSCOW)


@pytest.mark.parametrize(
    "words",
    ["0d", "400d", "soon", "31.02", "05.03-01.03", "2027-01-01", "1.1 2.2 3.3", "2020-01-01 2026-01-01", "7d x"],
)
def test_what_is_no_span_is_refused(words: str) -> None:
    assert read_span(words, NOW, MOSCOW) is None


def test_a_span_begins_at_midnight_where_the_team_is_and_has_one_before_it() -> None:
    span = last_days(7, date(2026, 3, 31), ZoneInfo("Europe/Berlin"))
    assert (span.since, span.until) == (datetime(2026, 3, 24, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))
    assert span.before.until == span.since
    assert span.before.days == 7
    assert len(span.edges(31)) == 8
    assert len(last_days(365, date(2026, 3, 31), MOSCOW).edges(31)) <= 32


async def test_a_span_counts_what_happened_in_it(database_url: str) -> None:
    clock = [NOW - timedelta(days=20)]
    async with Store(database_url, clock=lambda: clock[0]) as store:
        for day in (20, 3, 2):
            clock[0] = NOW - timedelta(days=day)
            await store.write(partial(_busy, number=str(day)))
        span = last_days(7, NOW.astimezone(MOSCOW).date(), MOSCOW)
        counts = await store.read(lambda unit: unit.spans.counts(span.since, span.until))
        days = await store.read(lambda unit: unit.spans.days(span.edges(31)))
    assert (counts.questions, counts.people, counts.tickets, counts.spam) == (2, 2, 2, 0)
    assert counts.reasons == {"unsure": 2}
    assert counts.unanswered == ("вопрос 3", "вопрос 2")
    assert [(one.scenario, one.answer, one.given, one.helped) for one in counts.answers] == [("PRICING", "COST", 2, 2)]
    assert [(one.name, one.replies, one.closed) for one in counts.operators] == [("Ольга", 4, 2)], (
        "an album is one reply"
    )
    rated = Rated(count=2, average=4.5)
    assert (counts.rated, counts.rated_scenarios, counts.operators[0].rated) == (rated, {"PRICING": rated}, rated)
    assert counts.first_answers == counts.resolutions == (timedelta(0), timedelta(0))
    assert [(one.answers, one.tickets) for one in days] == [(0, 0)] * 3 + [(1, 1), (1, 1), (0, 0), (0, 0)]


def _busy(unit: Unit, number: str) -> None:
    anna = unit.customers.add(Address("api", number), first_name="", last_name="", username=None, language="ru")
    ticket = unit.tickets.open(
        customer_id=anna.id,
        reason="unsure",
        scenario="PRICING",
        confidence=None,
        priority="low",
        question=f"вопрос {number}",
    )
    unit.messages.add(key=f"q{number}", customer_id=anna.id, author="customer", text="?")
    answer = unit.messages.add(
        key=f"a{number}", customer_id=anna.id, author="bot", text="!", kind="answer", scenario="PRICING", answer="COST"
    )
    unit.messages.change(answer.id, feedback="helped")
    for part in "123":
        unit.messages.add(
            key=f"o{number}:{part}",
            customer_id=anna.id,
            author="operator",
            author_name="Ольга",
            kind="photo",
            text="",
            album=f"album {number}",
        )
    unit.messages.add(key=f"o{number}", customer_id=anna.id, author="operator", author_name="Ольга", text="да")
    unit.tickets.take(ticket.id, operator_id=5, operator_name="Ольга")
    unit.tickets.answered(ticket)
    unit.tickets.close(ticket.id)
    closed = unit.tickets.get(ticket.id)
    assert closed is not None
    unit.ratings.ask(closed)
    unit.ratings.rate(ticket.id, 5 if number == "3" else 4)


def test_the_chart_is_a_picture_that_phones_show() -> None:
    days = tuple(f"{day:02}.03" for day in range(1, 32))
    chart = Chart(
        title="Вопросы", days=days, answers=(1,) * 31, tickets=(2,) * 31, answers_label="бот", tickets_label="люди"
    )
    picture = draw(Chart.from_text(chart.to_text()))
    assert picture.startswith(b"\x89PNG")
    width, height = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    assert (width, height) == (1080, 900)
    assert len(picture) < 200_000


async def test_figures_come_with_a_chart_and_a_wrong_span_with_a_hint(world: World) -> None:
    await world.says(1, f"цена? {LONG}")
    await world.operator_says(500, "/stats 30d")
    await world.passes(10)
    [(chat, file)] = world.screen.files
    assert (chat, file.name, file.is_picture) == (GROUP_ID, "chart.png", True)
    text = world.screen.texts(GROUP_ID)[-1]
    assert "дней: 30" in text
    assert "💬 от клиентов: 1 · клиентов: 1" in text
    assert "🏷 PRICING: ответов 1" in text
    await world.operator_says(501, "/stats завтра")
    await world.passes(10)
    assert "За какой срок?" in world.screen.texts(GROUP_ID)[-1]


async def test_admins_read_on_monday_morning_what_the_week_was_like_once(led: World) -> None:
    team = Team(language="ru", zone=MOSCOW, admin_ids=(OPERATOR_ID,), names_group=True)

    def weekly() -> Weekly:
        statistics = Statistics(
            store=led.store,
            knowledge=led.parts.knowledge,
            policies=led.parts.policies,
            groups=led.parts.groups,
            team=team,
        )
        return Weekly(store=led.store, statistics=statistics, team=team)

    assert led.now.weekday() == 0
    led.now -= timedelta(days=3)
    await led.says(1, f"цена? {LONG}")
    led.now = datetime(2026, 3, 2, 5, tzinfo=UTC)
    assert not await weekly().look(), "it is eight o'clock"
    led.now += timedelta(hours=1)
    assert [await weekly().look(), await weekly().look()] == [True, False]
    await led.passes(10)
    [text] = [one for one in led.screen.texts(OPERATOR_ID) if one]
    assert "Статистика: 23.02–01.03.2026" in text
    assert [file.name for _, file in led.screen.files] == ["chart.png"]
    led.now += timedelta(days=7)
    assert not await weekly().look(), "nothing happened in that week"


async def test_help_tells_the_team_what_they_can_do_here(led: World) -> None:
    await led.operator_says(500, "/help")
    await led.passes(10)
    assert "/find — найти" in led.screen.texts(GROUP_ID)[-1]
    assert "Администраторам" in led.screen.texts(GROUP_ID)[-1]


@pytest.mark.parametrize(
    ("command", "told"),
    [("/Help", "Что здесь можно"), ("/STATS", "Статистика"), ("/Scenarios", "Ответы"), ("/Open", "обращени")],
)
async def test_a_command_is_one_in_capitals_too(led: World, command: str, told: str) -> None:
    await led.operator_says(500, command)
    await led.passes(10)
    assert any(told in text for text in led.screen.texts(GROUP_ID))


@pytest.mark.parametrize("where", ["group", "private"])
async def test_help_lists_what_the_menu_lists_to_an_admin(led: World, where: str) -> None:
    if where == "group":
        await led.operator_says(500, "/help")
    else:
        private = {"id": OPERATOR_ID, "type": "private", "first_name": "Ольга"}
        author = {"id": OPERATOR_ID, "is_bot": False, "first_name": "Ольга", "language_code": "ru"}
        await led.arrives("message", {"message_id": 500, "date": 1, "chat": private, "from": author, "text": "/help"})
        await led.works()
    await led.passes(10)
    menu = of_admins_in_group() if where == "group" else of_admins_in_private()
    [*_, told] = led.screen.texts(GROUP_ID if where == "group" else OPERATOR_ID)
    assert {one for one in menu if f"/{one} — " not in told} == {"help", *(OF_CUSTOMERS if where == "private" else ())}


async def test_an_operator_reads_nothing_of_admins_and_a_customer_their_own_help(world: World) -> None:
    await world.operator_says(500, "/help")
    await world.says(1, "/help")
    await world.passes(10)
    assert "Администраторам" not in world.screen.texts(GROUP_ID)[-1]
    assert "/open" not in "".join(world.screen.texts(1001))
