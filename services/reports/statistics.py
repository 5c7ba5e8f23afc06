"""`/stats`: what the bot and the people did in a span of time, beside the span before, with a chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.messages.effects import Hall, PrivateChat, Say, SendFile, Words
from services.messages.incoming import Person
from services.queues.outbox import WORK, Outgoing
from services.reports import statistics_page
from services.reports.chart import Chart
from services.reports.figures import Report, figures
from services.reports.span import Span, read_span
from services.scenarios.knowledge import Knowledge
from services.texts import label, languages, say
from services.texts.team import Team
from storage.records import Cause
from storage.spans import EXAMPLES_MOST, ROWS_MOST, Day
from storage.store import Store
from storage.units import Unit

BARS_MOST: Final = 31
Place = PrivateChat | Hall


class Statistics:
    """Answers `/stats`, and tells of a span to whom it may concern; through the outbox like everything else."""

    def __init__(self, *, store: Store, knowledge: Knowledge, team: Team) -> None:
        self._store = store
        self._knowledge = knowledge
        self._team = team

    async def show(self, cause: Cause, asker: Person, place: Place, words: str) -> None:
        """Tell of the span that is asked for; the last seven days where none is."""
        speak = languages.of_staff(asker.language, self._team.language, in_private=isinstance(place, PrivateChat))
        span = read_span(words, self._store.now(), self._team.zone)
        if span is None:
            usage = Say(to=place, words=Words(text=say("stats.usage", speak)))
            await self._store.write(lambda unit: Outgoing(unit, cause.key).put(usage, rank=WORK), cause)
            return
        tell = await self.report(span, speak)
        await self._store.write(lambda unit: tell(Outgoing(unit, cause.key), place), cause)

    async def report(self, span: Span, speak: str) -> Callable[[Outgoing, Place], None]:
        """Count a span; return what puts its chart and its figures into the outbox."""

        def look(unit: Unit) -> tuple[Report, tuple[Day, ...]]:
            return report_of(unit, span), unit.spans.days(span.edges(BARS_MOST))

        report, days = await self._store.read(look)
        text = statistics_page.page(report, self._knowledge, self._team.zone, speak)
        chart = self._chart(span, days, speak) if any(one.answers or one.tickets for one in days) else None

        def tell(outgoing: Outgoing, place: Place) -> None:
            if chart is not None:
                outgoing.put(SendFile(to=place, paper=f"chart:{chart.to_text()}", words=Words(text="")), rank=WORK)
            outgoing.put(Say(to=place, words=Words(text=text)), rank=WORK)

        return tell

    def _chart(self, span: Span, days: tuple[Day, ...], speak: str) -> Chart:
        zone = self._team.zone
        return Chart(
            title=label("stats.chart", speak, first=_short(span.since, zone), last=f"{span.last:%d.%m}"),
            days=tuple(_short(one.since, zone) for one in days),
            answers=tuple(one.answers for one in days),
            tickets=tuple(one.tickets for one in days),
            answers_label=label("stats.chart_bot", speak),
            tickets_label=label("stats.chart_people", speak),
        )


def report_of(unit: Unit, span: Span, *, rows_most: int = ROWS_MOST, examples_most: int = EXAMPLES_MOST) -> Report:
    now, before = span, span.before
    return Report(
        span=span,
        standing=unit.roll.standing(),
        now=figures(unit.statistics.between(now.since, now.until)),
        before=figures(unit.statistics.between(before.since, before.until)),
        counts=unit.spans.counts(now.since, now.until, rows_most=rows_most, examples_most=examples_most),
        counts_before=unit.spans.counts(before.since, before.until),
    )


def _short(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m}"
