"""Figures of a span of time, as JSON and as tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from aiohttp import web
from pydantic import BaseModel

from handlers.http.csv_table import CSV, csv_answer
from handlers.http.desk import report_responses as responses
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.report_requests import ReportQuery, TableQuery
from handlers.http.problems import Problem
from services.autopilot.ladder import Step
from services.dashboard.report import Reading, Reports
from services.templates.variables import plain_words
from services.texts import word_of
from services.texts.team import Team

QUESTION_MOST: Final = 300
Rows = Sequence[BaseModel]
TABLES: Final[dict[str, Callable[[responses.Report], Rows]]] = {
    "days": lambda report: report.points,
    "reasons": lambda report: report.reasons,
    "scenarios": lambda report: report.scenarios,
    "answers": lambda report: report.answers,
    "ladder": lambda report: report.ladder,
    "operators": lambda report: report.operators,
    "groups": lambda report: report.groups,
    "engines": lambda report: report.engines,
}


class ReportDesk:
    """The same figures as `/stats`."""

    def __init__(self, *, reports: Reports, team: Team) -> None:
        self._reports = reports
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/reports",
            summary="What the bot and the people did in a span of time, beside the span before",
            does=self.read,
            query=ReportQuery,
            answer=responses.Report,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/reports/table",
            summary="One table of it as CSV; no cell is a formula for a spreadsheet",
            does=self.table,
            query=TableQuery,
            answer=None,
            media=CSV,
        )

    async def read(self, ask: Ask) -> responses.Report:
        query: ReportQuery = ask.query
        return await self._report(ask, query.span)

    async def table(self, ask: Ask) -> web.StreamResponse:
        query: TableQuery = ask.query
        report = await self._report(ask, query.span)
        if query.table == "totals":
            rows = [[name, report.now[name], report.before[name]] for name in report.now]
            head = ["figure", f"{report.span.first}..{report.span.last}"]
            head.append(f"{report.span_before.first}..{report.span_before.last}")
        else:
            found = TABLES[query.table](report)
            rows = [list(one.model_dump(mode="json").values()) for one in found]
            head = list(type(found[0]).model_fields) if found else []
        name = f"{query.table}-{report.span.first}-{report.span.last}"
        return csv_answer(name, head, rows)

    async def _report(self, ask: Ask, span: str) -> responses.Report:
        found = await self._reports.read(span)
        if found is None:
            raise Problem(422, "span: write 7d, or two dates such as 2026-03-01 2026-03-31; a year at most")
        return self._shown(found, ask.language or self._team.language)

    def _shown(self, found: Reading, language: str) -> responses.Report:
        report, counts = found.report, found.counts
        return responses.Report(
            span=responses.Days.model_validate(found.span),
            span_before=responses.Days.model_validate(found.span.before),
            working_time=found.working_time,
            open=report.standing.open,
            waiting=report.standing.waiting,
            now={str(name): value for name, value in found.now.items()},
            before={str(name): value for name, value in found.before.items()},
            points=[responses.Point.model_validate(one) for one in found.days],
            reasons=[
                responses.ReasonRow(reason=key, title=word_of("reason", key, language), tickets=count)
                for key, count in counts.reasons.items()
            ],
            scenarios=self._scenarios(found, language),
            answers=[
                responses.AnswerRow(
                    scenario=one.scenario,
                    answer=one.answer,
                    title=self._reports.title(one.scenario, language, one.answer),
                    given=one.given,
                    helped=one.helped,
                    person=one.person,
                )
                for one in counts.answers
            ],
            ladder=[self._step(one, language) for one in found.ladder],
            operators=[
                responses.OperatorRow(
                    operator=plain_words(one.name, cap=64),
                    replies=one.replies,
                    closed=one.closed,
                    rating=one.rated.average,
                    rated=one.rated.count,
                )
                for one in counts.operators
            ],
            groups=[
                responses.GroupRow(group=one.id, tickets=one.tickets, first_answer=one.first_answer)
                for one in found.groups
            ],
            engines=[
                responses.EngineRow(engine=key, title=word_of("engine", key, language), share=share)
                for key, share in report.now.engines.items()
            ],
            moved=responses.MovedRow.model_validate(report.moved) if report.moved is not None else None,
            unanswered=[plain_words(one, cap=QUESTION_MOST) for one in counts.unanswered],
        )

    def _step(self, one: Step, language: str) -> responses.LadderRow:
        key, answer = one.matter.scenario.key, one.matter.answer_key
        return responses.LadderRow(
            scenario=key,
            answer=answer,
            title=self._reports.title(key, language, answer),
            mode=one.matter.mode,
            who=word_of("answer_mode", one.matter.mode, language),
            asked=one.asked,
            right=one.record.right,
            of=one.record.of,
            sure=round(100 * one.record.lower, 1) if one.record.of else None,
            answer_at=one.growth.answer_at if one.growth else None,
            confirmed=one.growth.confirmed if one.growth else None,
            needs=one.growth.needs if one.growth else None,
        )

    def _scenarios(self, found: Reading, language: str) -> list[responses.ScenarioRow]:
        rated = found.counts.rated_scenarios
        return [
            responses.ScenarioRow(
                scenario=key,
                title=self._reports.title(key, language),
                tickets=count,
                rating=rated[key].average if key in rated else None,
                rated=rated[key].count if key in rated else 0,
            )
            for key, count in found.counts.scenarios.items()
        ]
