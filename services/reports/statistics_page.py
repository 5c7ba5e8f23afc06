"""The figures of a span in words; what nothing is known of has no line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from services.messages.lengths import MESSAGE, units
from services.reports.figures import Figures, Growing, Report, middle, slowest
from services.templates.variables import plain_words
from services.texts import TextKey, label, say, word_of
from services.texts.moments import clock
from storage.matters import place_from
from storage.span_counts import SpanCounts
from storage.ticket_lists import TicketCounts

TOPICS_MOST: Final = 6
RUNGS_MOST: Final = 3
MANY: Final = 1000
OPERATORS_MOST: Final = 6
QUESTION_MOST: Final = 90
NAME_MOST: Final = 40


class Titles(Protocol):
    """Tells what people call a scenario, with one of its answers."""

    def title(self, key: str | None, language: str, answer: str | None = None) -> str | None: ...


def page(report: Report, titles: Titles, zone: ZoneInfo, language: str) -> str:
    """Return the message. The last blocks go first where not all fits into it."""
    blocks = [
        _head(report, zone, language),
        *_blocks(report, titles, language),
    ]
    kept: list[Markup] = []
    for block in filter(None, blocks):
        if units(Markup("\n\n").join((*kept, block))) > MESSAGE:
            break
        kept.append(block)
    return Markup("\n\n").join(kept)


def _head(report: Report, zone: ZoneInfo, language: str) -> Markup:
    span = report.span
    title = say(
        "stats.title",
        language,
        first=f"{span.first:%d.%m}",
        last=f"{span.last:%d.%m.%Y}",
        days=span.days,
        same=span.days == 1,
        group=plain_words(report.of_group, cap=NAME_MOST) if report.of_group is not None else None,
    )
    return Markup("\n").join((title, *_standing(report.standing, zone, language)))


def _standing(now: TicketCounts, zone: ZoneInfo, language: str) -> Iterator[Markup]:
    """Yield how many tickets are open, and who waits for whom in them."""
    yield say("stats.open", language, open=now.open)
    if now.open:
        since = clock(now.longest_since, zone, language) if now.longest_since else None
        awaiting, snoozed = now.awaiting_customer, now.snoozed
        yield say("stats.standing", language, waiting=now.waiting, since=since, awaiting=awaiting, snoozed=snoozed)


def _blocks(report: Report, titles: Titles, language: str) -> Iterator[Markup]:
    yield _joined("stats.volumes", _volumes(report, language), language)
    if report.of_group is None:
        yield _joined("stats.ladder", _ladder(report, titles, language), language)
    yield _joined("stats.groups", _groups(report, language), language)
    yield _joined("stats.speed", _speed(report, language), language)
    yield _joined("stats.unknown", _unknown(report.counts, language), language)
    yield _joined("stats.topics", _topics(report.counts, titles, language), language)
    yield _joined("stats.operators", _operators(report.counts, language), language)
    if report.of_group is None:
        yield _joined("stats.judging", _engines(report, language), language)


def _joined(key: TextKey, lines: Iterator[Markup], language: str) -> Markup:
    found = list(lines)
    return (
        say("stats.block", language, title=label(key, language), lines=Markup("\n").join(found)) if found else Markup()
    )


def _volumes(report: Report, language: str) -> Iterator[Markup]:
    now, before, counts = report.now, report.before, report.counts
    yield say(
        "stats.messages",
        language,
        count=counts.questions,
        people=counts.people,
        change=_change(counts.questions, report.counts_before.questions),
    )
    if report.of_group is None:
        yield from _of_bot(now, before, language)
    change = _change(counts.tickets, report.counts_before.tickets)
    yield say("stats.escalated", language, count=counts.tickets, spam=counts.spam, change=change)
    for reason, count in counts.reasons.items():
        yield say("stats.reason", language, reason=word_of("reason", reason, language), count=count)
    if report.of_group is None:
        yield say("stats.feedback", language, helped=now.helped, person=now.person)
    if counts.rated.count:
        average, was = counts.rated.average, report.counts_before.rated.average
        yield say("stats.rated", language, count=counts.rated.count, average=average, was=was)


def _of_bot(now: Figures, before: Figures, language: str) -> Iterator[Markup]:
    """Yield what the bot did by itself, which is no group's."""
    yield say(
        "stats.answered",
        language,
        count=now.answered,
        share=now.auto_share,
        points=None if now.auto_share is None or before.auto_share is None else now.auto_share - before.auto_share,
    )
    yield say("stats.clarified", language, count=now.clarified)


def _ladder(report: Report, titles: Titles, language: str) -> Iterator[Markup]:
    """Yield who has answered, and what would be answered without people if one more answer were trusted."""
    reasons = report.counts.reasons
    proposed = reasons.get("suggested", 0)
    people = report.counts.tickets - proposed - reasons.get("answered_too", 0)
    if report.now.answered or proposed or people:
        yield say("stats.rungs", language, bot=report.now.answered, proposed=proposed, people=people)
    for one in report.untrusted[:RUNGS_MOST]:
        title = titles.title(one.scenario, language, one.answer) or one.scenario
        yield say("stats.rung", language, title=title, count=one.count)
    if report.growing is not None:
        yield from _growing(report.growing, titles, language)


def _growing(growing: Growing, titles: Titles, language: str) -> Iterator[Markup]:
    """Yield which answers their newness keeps back: those that need least to be given as early as all others first."""
    nearest = sorted(growing.answers.items(), key=lambda pair: (pair[1].needs or MANY, pair[0]))
    yield say("stats.growing", language, count=len(nearest), usual=round(100 * growing.usual))
    for name, one in nearest[:RUNGS_MOST]:
        scenario, answer = place_from(name)
        yield say(
            "stats.grows",
            language,
            title=titles.title(scenario, language, answer) or name,
            at=round(100 * one.answer_at),
            confirmed=one.confirmed,
            needs=one.needs,
        )


def _groups(report: Report, language: str) -> Iterator[Markup]:
    """Yield a line for each of several groups."""
    for one in report.groups:
        usual = middle(one.counts.first_answers)
        yield say(
            "stats.group",
            language,
            name=plain_words(one.name, cap=NAME_MOST),
            count=one.counts.tickets,
            open=one.standing.open,
            waiting=one.standing.waiting,
            time=usual and spell(usual, language),
            rated=one.counts.rated.average,
        )


def _speed(report: Report, language: str) -> Iterator[Markup]:
    now, before = report.counts, report.counts_before
    if now.first_answers:
        yield _span("stats.reply", now.first_answers, before.first_answers, language)
    if now.resolutions:
        yield _span("stats.resolved", now.resolutions, before.resolutions, language)


def _span(key: TextKey, now: Sequence[timedelta], before: Sequence[timedelta], language: str) -> Markup:
    usual, slow, was = middle(now), slowest(now), middle(before)
    return say(
        key,
        language,
        count=len(now),
        time=usual and spell(usual, language),
        slow=slow and spell(slow, language),
        was=was and spell(was, language),
    )


def _unknown(counts: SpanCounts, language: str) -> Iterator[Markup]:
    """Yield what was asked and the bot could not answer."""
    if counts.not_known:
        yield say("stats.unknown_count", language, count=counts.not_known)
    for question in counts.unanswered:
        yield say("stats.question", language, words=plain_words(question, cap=QUESTION_MOST))


def _topics(counts: SpanCounts, titles: Titles, language: str) -> Iterator[Markup]:
    called = Counter(counts.scenarios)
    for one in counts.answers[:TOPICS_MOST]:
        title = titles.title(one.scenario, language, one.answer) or one.scenario
        yield say("stats.topic", language, title=title, given=one.given, helped=one.helped, person=one.person)
    for scenario, count in called.most_common(TOPICS_MOST):
        title, rated = titles.title(scenario, language) or scenario, counts.rated_scenarios.get(scenario)
        yield say("stats.called", language, title=title, count=count, rated=rated and rated.average)


def _operators(counts: SpanCounts, language: str) -> Iterator[Markup]:
    for one in counts.operators[:OPERATORS_MOST]:
        name = plain_words(one.name, cap=NAME_MOST) or label("author.operator", language)
        yield say(
            "stats.operator", language, name=name, replies=one.replies, closed=one.closed, rated=one.rated.average
        )


def _engines(report: Report, language: str) -> Iterator[Markup]:
    now, moved = report.now, report.moved
    if now.engines:
        yield say("stats.engines", language, engines=", ".join(_shares(now.engines, language)))
    if moved is not None:
        at, configured = round(100 * moved.answer_at), round(100 * moved.configured)
        yield say("stats.moved", language, at=at, configured=configured)
    if now.audits:
        yield say("stats.audits", language, count=now.audits, share=now.agreement)
    if now.cost_usd:
        yield say("stats.cost", language, cost=f"{now.cost_usd:.4f}")


def _shares(engines: Mapping[str, int], language: str) -> Iterator[str]:
    for name, share in engines.items():
        yield label("stats.engine", language, engine=word_of("engine", name, language), share=share)


def _change(now: int, before: int) -> str | None:
    """Return by how many percent something has grown; None where there was nothing to compare with."""
    return f"{round(100 * (now - before) / before):+d}".replace("-", "\u2212") if before else None


def spell(span: timedelta, language: str) -> str:
    """Return a duration as people say it."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    if not minutes:
        return label("stats.seconds", language, seconds=seconds)
    hours, minutes = divmod(minutes, 60)
    return label("stats.hours" if hours else "stats.minutes", language, hours=hours, minutes=minutes)
