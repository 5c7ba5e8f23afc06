"""`/stats`: what the bot and the people did in a span of time, beside the span before, with a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.autopilot.policies import Policies
from services.classify.verdict import LOCAL
from services.delivery.operator_groups import Groups
from services.messages.effects import GroupPlace, PrivateChat, Say, SendFile, Words
from services.messages.incoming import Person
from services.messages.lengths import cut
from services.queues.outbox import WORK, Outgoing
from services.reports import statistics_page
from services.reports.chart import Chart
from services.reports.figures import GroupReport, Growing, Report, figures
from services.reports.span import Span, read_span
from services.scenarios.knowledge import Knowledge
from services.texts import label, languages, say
from services.texts.team import Team
from storage.evidence import Rung
from storage.matters import matters_of
from storage.records import Cause
from storage.span_counts import Day
from storage.spans import EXAMPLES_MOST, ROWS_MOST
from storage.store import Store
from storage.ticket_lists import Scope
from storage.units import Unit

BARS_MOST: Final = 31
NAME_MOST: Final = 24
"""Units of a group's name over a chart, which is as wide as a phone."""
NO_NAMES: Final[Mapping[int | None, str]] = {}
Place = PrivateChat | GroupPlace


class Statistics:
    """Answers `/stats`, and tells of a span to whom it may concern; through the outbox like everything else."""

    def __init__(self, *, store: Store, knowledge: Knowledge, policies: Policies, groups: Groups, team: Team) -> None:
        self._store = store
        self._knowledge = knowledge
        self._policies = policies
        self._groups = groups
        self._team = team

    async def show(self, cause: Cause, asker: Person, place: Place, words: str) -> None:
        """Tell of the span that is asked for; the last seven days where none is."""
        speak = languages.of_staff(asker.language, self._team.language, in_private=isinstance(place, PrivateChat))
        span = read_span(words, self._store.now(), self._team.zone)
        if span is None:
            usage = Say(to=place, words=Words(text=say("stats.usage", speak)))
            await self._store.write(lambda unit: Outgoing(unit, cause.key).put(usage, rank=WORK), cause)
            return
        tell = await self.report(span, speak, self.scope_of(place))
        await self._store.write(lambda unit: tell(Outgoing(unit, cause.key), place), cause)

    def scope_of(self, place: Place) -> Scope:
        """Return what is told of at a place: one of several groups reads of its own tickets, others of everything."""
        return place.group_id if isinstance(place, GroupPlace) and len(list(self._groups)) > 1 else "all"

    async def report(self, span: Span, speak: str, scope: Scope) -> Callable[[Outgoing, Place], None]:
        """Count a span; return what puts its chart and its figures into the outbox, for whoever reads of that."""
        names = {group.id: self._groups.name_of(group) for group in self._groups}
        growth = await self._policies.growth()
        moved = self._policies.moved
        growing = Growing(answers=growth, usual=self._policies.of(LOCAL).answer_at) if growth else None

        def look(unit: Unit) -> tuple[Report, tuple[Day, ...]]:
            days = unit.spans.of(scope).days(span.edges(BARS_MOST))
            return replace(report_of(unit, span, names, scope), moved=moved, growing=growing), days

        report, days = await self._store.read(look)
        text = statistics_page.page(report, self._knowledge, self._team.zone, speak)
        chart = self._chart(report, days, speak) if any(one.answers or one.tickets for one in days) else None

        def tell(outgoing: Outgoing, place: Place) -> None:
            if chart is not None:
                outgoing.put(SendFile(to=place, paper=f"chart:{chart.to_text()}", words=Words(text="")), rank=WORK)
            outgoing.put(Say(to=place, words=Words(text=text)), rank=WORK)

        return tell

    def _chart(self, report: Report, days: tuple[Day, ...], speak: str) -> Chart:
        """Draw what the bot and the people did; of one group, its tickets."""
        zone, span, group = self._team.zone, report.span, report.of_group
        first, last = _short(span.since, zone), f"{span.last:%d.%m}"
        return Chart(
            title=label("stats.chart", speak, first=first, last=last, group=group and cut(group, NAME_MOST)),
            days=tuple(_short(one.since, zone) for one in days),
            answers=tuple(0 if group is not None else one.answers for one in days),
            tickets=tuple(one.tickets for one in days),
            answers_label=label("stats.chart_bot", speak) if group is None else "",
            tickets_label=label("stats.chart_people", speak),
        )


def report_of(
    unit: Unit,
    span: Span,
    names: Mapping[int | None, str] = NO_NAMES,
    scope: Scope = "all",
    *,
    rows_most: int = ROWS_MOST,
    examples_most: int = EXAMPLES_MOST,
) -> Report:
    """Count. `names`: of all groups, by how tickets name them."""
    now, before, spans = span, span.before, unit.spans.of(scope)
    rungs = unit.evidence.rungs(now.since, now.until) if scope == "all" else []
    apart = names if scope == "all" and len(names) > 1 else {}
    return Report(
        span=span,
        standing=unit.ticket_lists.counts(scope),
        now=figures(unit.statistics.between(now.since, now.until)),
        before=figures(unit.statistics.between(before.since, before.until)),
        counts=spans.counts(now.since, now.until, rows_most=rows_most, examples_most=examples_most),
        counts_before=spans.counts(before.since, before.until),
        groups=tuple(
            GroupReport(
                name=name,
                standing=unit.ticket_lists.counts(group),
                counts=unit.spans.of(group).counts(now.since, now.until),
            )
            for group, name in apart.items()
        ),
        rungs=tuple(rungs),
        untrusted=tuple(_untrusted(unit, rungs)),
        of_group=None if scope == "all" else names[scope],
    )


def _untrusted(unit: Unit, rungs: Sequence[Rung]) -> Iterator[Rung]:
    """Yield what an admin could trust: not what the bot gives by itself meanwhile, nor what was taken out."""
    modes = {
        (scenario.key, one.answer_key): one.mode
        for scenario in unit.scenarios.outlines()
        for one in matters_of(scenario)
        if one.action != "escalate"
    }
    return (one for one in rungs if modes.get((one.scenario, one.answer), "auto") != "auto")


def _short(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m}"
