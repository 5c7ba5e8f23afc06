"""`/stats`: what the bot and the people did today and in the last seven days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from typing import Final, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.messages.effects import Hall, PrivateChat, Say, Words
from services.messages.incoming import Person
from services.queues.outbox import Outgoing
from services.texts import find_key, label, languages, say, text_key
from services.texts.moments import clock
from services.texts.team import Team
from storage.closed_sets import Author, BotKind, Feedback, Reason
from storage.records import Cause
from storage.roll import Standing
from storage.statistics import AUDIT, LABEL, Counts
from storage.store import Store
from storage.units import Unit

A_WEEK: Final = timedelta(days=7)
AFTER_AN_ANSWER: Final[frozenset[Reason]] = frozenset(("answered_too", "unhelped"))
"""Reasons of tickets that follow an answer: the bot had decided to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One period, as people read it. None: there is nothing to measure it on."""

    messages: int
    answered: int
    auto_share: int | None
    """Percent of what the bot decided: to answer, to ask back, to call people."""
    clarified: int
    reasons: Mapping[str, int]
    """Tickets by why people were asked, the most frequent first."""
    helped: int
    person: int
    engines: Mapping[str, int]
    """Percent of the verdicts, by who gave them."""
    audits: int
    agreement: int | None
    cost_usd: float
    replies: int
    first_reply: timedelta | None


class Statistics:
    """Answers `/stats`, through the outbox like everything else."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def show(self, cause: Cause, asker: Person, place: PrivateChat | Hall) -> None:
        def look(unit: Unit) -> tuple[Figures, Figures, Standing]:
            today = figures(unit.statistics.since(midnight(unit.now, self._team.zone)))
            week = figures(unit.statistics.since(unit.now - A_WEEK))
            standing = unit.roll.standing()
            return today, week, standing

        today, week, standing = await self._store.read(look)
        speak = languages.of_staff(asker.language, self._team.language, in_private=isinstance(place, PrivateChat))
        text = page({"today": today, "week": week}, standing, self._team.zone, speak)

        def act(unit: Unit) -> None:
            Outgoing(unit, cause.key).put(Say(to=place, words=Words(text=text)))

        await self._store.write(act, cause)


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the team's day began."""
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def figures(counts: Counts) -> Figures:
    """Make figures of counts."""

    def count(author: Author, *kinds: BotKind, feedback: Feedback | None = None) -> int:
        return sum(
            one.count
            for one in counts.messages
            if one.author == author and (not kinds or one.kind in kinds) and feedback in (None, one.feedback)
        )

    answered, clarified = count("bot", "answer"), count("bot", "clarify")
    called = sum(number for reason, number in counts.reasons.items() if reason not in AFTER_AN_ANSWER)
    judged = {one.engine: one.count for one in counts.engines if one.engine not in (AUDIT, LABEL)}
    return Figures(
        messages=count("customer"),
        answered=answered,
        auto_share=percent(answered, answered + clarified + called),
        clarified=clarified,
        reasons=dict(sorted(counts.reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        helped=count("bot", "answer", feedback="helped"),
        person=count("bot", "answer", feedback="person"),
        engines={engine: percent(number, sum(judged.values())) or 0 for engine, number in judged.items()},
        audits=counts.audits,
        agreement=percent(counts.agreed, counts.audits),
        cost_usd=sum(one.cost_usd for one in counts.engines),
        replies=len(counts.first_replies),
        first_reply=middle(counts.first_replies),
    )


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def page(periods: Mapping[Literal["today", "week"], Figures], now: Standing, zone: ZoneInfo, language: str) -> str:
    """Return the message; what nothing is known of has no line."""
    blocks = [
        say(
            "stats.period",
            language,
            period=label(text_key("stats", name), language),
            lines=Markup("\n").join(_lines(one, language)),
        )
        for name, one in periods.items()
    ]
    return Markup("\n\n").join((_standing(now, zone, language), *blocks))


def _standing(now: Standing, zone: ZoneInfo, language: str) -> Markup:
    """Return how many tickets are open, and who waits for whom in them."""
    lines = [say("stats.title", language, open=now.open)]
    if now.open:
        since = clock(now.longest_since, zone, language) if now.longest_since else None
        awaiting, snoozed = now.awaiting_customer, now.snoozed
        lines.append(
            say("stats.standing", language, waiting=now.waiting, since=since, awaiting=awaiting, snoozed=snoozed)
        )
    return Markup("\n").join(lines)


def _lines(now: Figures, language: str) -> Iterator[Markup]:
    yield say("stats.messages", language, count=now.messages)
    yield say("stats.answered", language, count=now.answered, share=now.auto_share)
    yield say("stats.clarified", language, count=now.clarified)
    yield say("stats.escalated", language, count=sum(now.reasons.values()))
    for reason, count in now.reasons.items():
        yield say("stats.reason", language, reason=_known("reason", reason, language) or reason, count=count)
    yield say("stats.feedback", language, helped=now.helped, person=now.person)
    if now.engines:
        shares = (
            label("stats.engine", language, engine=_known("engine", name, language) or name, share=share)
            for name, share in now.engines.items()
        )
        yield say("stats.engines", language, engines=", ".join(shares))
    if now.audits:
        yield say("stats.audits", language, count=now.audits, share=now.agreement)
    if now.cost_usd:
        yield say("stats.cost", language, cost=f"{now.cost_usd:.4f}")
    if now.first_reply is not None:
        yield say("stats.reply", language, time=spell(now.first_reply, language), count=now.replies)


def _known(section: str, name: str, language: str) -> str | None:
    """Return a text that may be missing: what older versions stored may be named no more."""
    key = find_key(section, name)
    return label(key, language) if key else None


def spell(span: timedelta, language: str) -> str:
    """Return a duration as people say it."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    if not minutes:
        return label("stats.seconds", language, seconds=seconds)
    hours, minutes = divmod(minutes, 60)
    return label("stats.hours" if hours else "stats.minutes", language, hours=hours, minutes=minutes)
