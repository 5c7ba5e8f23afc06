"""Figures: pure functions as tables, and the counting on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.messages.addresses import on_telegram
from services.reports.figures import Figures, Report, figures, middle, percent, slowest
from services.reports.span import last_days
from services.reports.statistics_page import page, spell
from storage.address import Address
from storage.closed_sets import Author, Feedback, MessageKind
from storage.records import Message, StoredVerdict, Ticket
from storage.span_counts import AnswerCount, OperatorCount, Rated, SpanCounts, TicketTimes
from storage.statistics import Counts, EngineCount, MessageCount
from storage.store import Store
from storage.ticket_lists import TicketCounts
from storage.units import Unit

NOTHING = Counts(messages=(), reasons={}, engines=(), audits=0, agreed=0, spent=0.0, first_replies=())
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def sort(author: Author, kind: MessageKind, count: int, feedback: Feedback | None = None) -> MessageCount:
    return MessageCount(author=author, kind=kind, count=count, feedback=feedback)


BUSY = Counts(
    messages=(
        sort("customer", "text", 20),
        sort("customer", "photo", 2),
        sort("bot", "answer", 5),
        sort("bot", "answer", 6, "helped"),
        sort("bot", "answer", 1, "person"),
        sort("bot", "clarify", 3, "helped"),
        sort("bot", "notice", 9),
        sort("operator", "text", 4),
    ),
    reasons={"unsure": 3, "unhelped": 1, "people_only": 2},
    engines=(
        EngineCount(engine="audit", count=4, cost_usd=0.01),
        EngineCount(engine="customer", count=3, cost_usd=0),
        EngineCount(engine="llm", count=5, cost_usd=0.02),
        EngineCount(engine="local", count=15, cost_usd=0),
    ),
    audits=4,
    agreed=3,
    spent=0.5,
    first_replies=(timedelta(minutes=1), timedelta(minutes=9), timedelta(minutes=2)),
)


def test_figures_of_a_busy_day() -> None:
    assert figures(BUSY) == Figures(
        messages=22,
        answered=12,
        auto_share=60,  # 12 answers, 3 questions back, 5 tickets that no answer came before
        clarified=3,
        reasons={"unsure": 3, "people_only": 2, "unhelped": 1},
        helped=6,
        person=1,
        engines={"llm": 25, "local": 75},
        audits=4,
        agreement=75,
        cost_usd=0.53,
        replies=3,
        first_reply=timedelta(minutes=2),
    )


class Nameless:
    """Knows no titles."""

    def title(self, key: str | None, language: str, answer: str | None = None) -> str | None:
        return f"{key}/{answer or '-'} ({language})" if key == "PRICING" else None


def answered_after(minutes: int) -> TicketTimes:
    """Return a ticket that is still open."""
    answered_at = NOON + timedelta(minutes=minutes)
    return TicketTimes(group_id=None, opened_at=NOON, answered_at=answered_at, closed_at=None, spam=False)


NAMELESS = Nameless()
NO_COUNTS = SpanCounts(
    questions=0, people=0, answers=(), tickets=0, reasons={}, scenarios={}, spam=0, times=(),
    operators=(), rated=Rated(), rated_scenarios={}, unanswered=(),
)  # fmt: skip
SOME = replace(
    NO_COUNTS,
    questions=20,
    tickets=4,
    spam=1,
    reasons={"unsure": 3},
    times=tuple(answered_after(minutes) for minutes in (1, 2, 30)),
    answers=(AnswerCount(scenario="PRICING", answer="COST", given=7, helped=3, person=1),),
    scenarios={"REFUND": 3},
    operators=(OperatorCount(name="Ольга", replies=5, closed=2, rated=Rated(count=2, average=4.5)),),
    rated=Rated(count=3, average=4.0),
    rated_scenarios={"REFUND": Rated(count=3, average=4.0)},
    unanswered=("где <мой> слон?",),
)


def reported(now: Figures, standing: TicketCounts, counts: SpanCounts) -> Report:
    span = last_days(7, NOON.date(), ZoneInfo("UTC"))
    before = replace(NO_COUNTS, questions=counts.questions // 2)
    return Report(span=span, standing=standing, now=now, before=now, counts=counts, counts_before=before)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_compares_names_and_escapes(language: str) -> None:
    nobody = TicketCounts(open=0, waiting=0, snoozed=0, longest_since=None)
    text = page(reported(figures(BUSY), nobody, SOME), NAMELESS, ZoneInfo("UTC"), language)
    assert "20 (+100 %)" in text
    assert f"PRICING/COST ({language})" in text
    comma = {"ru": ",", "en": "."}[language]
    assert text.count(f"⭐ 4{comma}5") == 1, "of the operator"
    assert text.count(f"⭐ 4{comma}0") == 1, "of what tickets were about"
    assert {"ru": "оценка 4,0 из 5 (3)", "en": "rated 4.0 of 5 (3)"}[language] in text
    assert "Ольга" in text
    assert "где &lt;мой&gt; слон?" in text
    assert {"ru": "медиана: 2 мин, 90 % за 30 мин", "en": "median: 2 min, 90 % within 30 min"}[language] in text
    assert {"ru": "спам: 1", "en": "spam: 1"}[language] in text


def test_nine_of_ten_are_done_within() -> None:
    assert slowest(()) is None
    assert slowest([timedelta(minutes=one) for one in range(1, 11)]) == timedelta(minutes=9)
    assert slowest([timedelta(minutes=5)]) == timedelta(minutes=5)


def test_a_day_without_anything_claims_nothing() -> None:
    empty = figures(NOTHING)
    assert (empty.auto_share, empty.agreement, empty.first_reply) == (None, None, None)
    nobody = TicketCounts(open=0, waiting=0, snoozed=0, longest_since=None)
    text = page(reported(empty, nobody, NO_COUNTS), NAMELESS, ZoneInfo("UTC"), "en")
    assert "%" not in text
    assert "$" not in text
    assert "median" not in text


@pytest.mark.parametrize(("part", "whole", "expected"), [(0, 0, None), (0, 5, 0), (1, 3, 33), (2, 3, 67), (5, 5, 100)])
def test_percent(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3661, "1 h 1 min")]
)
def test_spans_are_said_as_people_say_them(seconds: int, expected: str) -> None:
    assert spell(timedelta(seconds=seconds), "en") == expected


def test_the_middle_of_few() -> None:
    assert middle(()) is None
    assert middle((timedelta(seconds=1), timedelta(seconds=4))) == timedelta(seconds=2.5)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_names_reasons_in_words(language: str) -> None:
    waiting = TicketCounts(open=6, waiting=3, snoozed=2, longest_since=NOON)
    text = page(reported(figures(BUSY), waiting, SOME), NAMELESS, ZoneInfo("Europe/Moscow"), language)
    assert {
        "ru": "ждут ответа: 3 (дольше всех с 10.03 15:00) · ждём клиента: 1 · отложено: 2",
        "en": "waiting for an answer: 3 (the longest since 10 Mar 15:00) · awaiting the customer: 1 · snoozed: 2",
    }[language] in text
    assert "60 %" in text
    assert "unsure" not in text
    assert {"ru": "встроенный движок 75 %", "en": "built-in engine 75 %"}[language] in text


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def _line(
    store: Store, key: str, author: Author, kind: MessageKind = "text", ticket: int | None = None
) -> Message:
    def act(unit: Unit) -> Message:
        customer = unit.customers.find(on_telegram(7))
        if customer is None:
            customer = unit.customers.add(
                Address("telegram", "7"), first_name="", last_name="", username=None, language="en"
            )
        return unit.messages.add(
            key=key,
            customer_id=customer.id,
            author=author,
            text="",
            kind=kind,
            ticket_id=ticket,
        )

    return await store.write(act)


def _said(scenario: str, engine: str, cost: float = 0.0) -> StoredVerdict:
    return StoredVerdict(
        scenario=scenario, confidence=0.9, reasoning="", engine=engine, version="v", latency_ms=1, cost_usd=cost
    )


async def test_what_happened_before_the_period_does_not_count(database_url: str) -> None:
    clock = Clock()
    async with Store(database_url, clock=clock) as store:

        def look(unit: Unit) -> None:
            assert unit.statistics.between(NOON) == NOTHING

        await store.read(look)
        for day in range(5):
            clock.now = NOON + timedelta(days=day)
            line = await _line(store, f"q{day}", "customer")
            await _line(store, f"a{day}", "bot", "answer")

            def act(unit: Unit) -> Ticket:
                unit.verdicts.add(line.id, _said("PRICING", "local"))
                unit.verdicts.add(line.id, _said("PRICING" if day % 2 else "REFUND", "audit", 0.5))
                ticket = unit.tickets.open(
                    customer_id=line.customer_id,
                    reason="unsure",
                    scenario=None,
                    confidence=None,
                    priority="low",
                    question="",
                )
                unit.tickets.close(ticket.id)
                return ticket

            ticket = await store.write(act)
            clock.now += timedelta(minutes=day + 1)
            await _line(store, f"o{day}", "operator", ticket=ticket.id)
            clock.now += timedelta(minutes=5)
            await _line(store, f"p{day}", "operator", ticket=ticket.id)

        def look_2(unit: Unit) -> tuple[Counts, Counts, Counts]:
            last_two = unit.statistics.between(NOON + timedelta(days=3))
            future = unit.statistics.between(NOON + timedelta(days=9))
            everything = unit.statistics.between(NOON - timedelta(days=9))
            return last_two, future, everything

        last_two, future, everything = await store.read(look_2)
    assert sorted((one.author, one.count) for one in last_two.messages) == [
        ("bot", 2),
        ("customer", 2),
        ("operator", 4),
    ]
    assert last_two.reasons == {"unsure": 2}
    assert (last_two.audits, last_two.agreed) == (2, 1)
    assert [(one.engine, one.count, one.cost_usd) for one in last_two.engines] == [("audit", 2, 1.0), ("local", 2, 0.0)]
    assert sorted(last_two.first_replies) == [timedelta(minutes=4), timedelta(minutes=5)]
    assert future == NOTHING
    assert figures(everything).messages == 5
