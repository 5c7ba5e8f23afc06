"""What is asked and not answered: everybody of the team may look, admins decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from handlers.http.desk import unanswered_responses as responses
from handlers.http.desk.answers import CHANGED
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.unanswered_requests import DecisionBody, Kind, QuestionsQuery
from handlers.http.problems import Problem
from handlers.http.shutdown_gate import ShutdownGate
from services.desk.audit import web
from services.scenarios.knowledge import Knowledge
from services.templates import explain
from services.texts import word_of
from services.texts.titles import full_title
from services.unanswered.deciding import Belong, Decided, Decision, Join, Make
from services.unanswered.question_desk import GroupRow, GroupState, Matter, QuestionDesk, matters

A_PAGE: Final = 30
STATES: Final[dict[Kind, tuple[GroupState, ...]]] = {
    "open": ("open",),
    "decided": ("answered", "placed", "foreign"),
    "hidden": ("hidden",),
}


class UnansweredDesk:
    """The same as `/unanswered`."""

    def __init__(self, *, questions: QuestionDesk, knowledge: Knowledge, shutdown: ShutdownGate) -> None:
        self._questions = questions
        self._knowledge = knowledge
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/unanswered",
            summary="Questions that the bot could not answer, in groups of one meaning",
            does=self.page,
            query=QuestionsQuery,
            answer=responses.QuestionGroups,
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/unanswered/{{group}}",
            summary="One group: its questions, masked, and what operators answered to them",
            does=self.sheet,
            answer=responses.QuestionSheet,
            refusals=(404,),
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/unanswered/{{group}}/decision",
            summary="Decide what becomes of a group, or take that back",
            does=self.decide,
            body=DecisionBody,
            answer=responses.Decided,
            access="admins",
            refusals=(404, 409),
        )

    async def page(self, ask: Ask) -> responses.QuestionGroups:
        query: QuestionsQuery = ask.query
        rows, count = await self._questions.page(
            states=STATES[query.kind], words=query.words, most=A_PAGE, past=query.past
        )
        return responses.QuestionGroups(groups=[self._group(one, ask.speaks) for one in rows], count=count)

    async def sheet(self, ask: Ask) -> responses.QuestionSheet:
        found = await self._questions.sheet(ask.number("group"))
        if found is None:
            raise Problem(404, "there is no such group")
        return responses.QuestionSheet(
            group=self._group(found.row, ask.speaks),
            questions=[responses.Asked.model_validate(one) for one in found.questions],
            replies=[
                responses.Reply(
                    ticket_id=one.ticket_id,
                    author=one.author,
                    text=one.text,
                    created_at=one.created_at,
                    source=one.source,
                    gaps=[word_of("gap", gap, ask.speaks) for gap in one.gaps],
                )
                for one in found.replies
            ],
            topics=topics_of(found.likely, matters(self._knowledge.scenarios), ask.speaks),
            proposed=found.title,
        )

    async def decide(self, ask: Ask) -> responses.Decided:
        body: DecisionBody = ask.body
        self._shutdown.must_be_open()
        decided = await self._questions.decide(
            ask.number("group"), _decision(body), who=web(ask.visitor.operator), author=ask.author
        )
        if decided.problem is not None:
            raise problem_of(decided, ask.speaks)
        return responses.Decided.model_validate(decided)

    def _group(self, row: GroupRow, speaks: str) -> responses.QuestionGroup:
        group, asked = row.group, row.asked
        return responses.QuestionGroup(
            id=group.id,
            state=group.state,
            title=row.title,
            language=row.language,
            count=asked.count,
            this_week=asked.this_week,
            week_before=asked.week_before,
            since_decided=asked.since_decided,
            first_at=asked.first_at,
            last_at=asked.last_at,
            scenario=group.scenario,
            answer=group.answer,
            topic=self._knowledge.title(group.scenario, speaks, group.answer),
            decided_by=group.decided_by,
            decided_at=group.decided_at,
        )


def _decision(body: DecisionBody) -> Decision:
    """Return what the body asks for. Raises Problem 422 where something is missing."""
    match body.action:
        case "make":
            if body.language is None:
                raise Problem(422, "language: an answer has one")
            return Make(title=body.title, language=body.language, source=body.text)
        case "join" | "belong":
            if body.scenario is None:
                raise Problem(422, "scenario: name the one that the questions belong to")
            kind = Join if body.action == "join" else Belong
            return kind(scenario=body.scenario, answer=body.answer)
        case action:
            return action


def topics_of(likely: Sequence[Matter], everything: Iterable[Matter], speaks: str) -> list[responses.Topic]:
    """Return the answers that questions can belong to, the likely ones first."""
    names = {one.name for one in likely}
    others = (one for one in everything if one.name not in names)
    return [
        responses.Topic(
            scenario=one.scenario.key,
            answer=one.answer_key,
            title=full_title(one.scenario, one.answer, speaks),
            likely=one.name in names,
        )
        for one in (*likely, *others)
    ]


def problem_of(decided: Decided, speaks: str) -> Problem:
    """Return why nothing was decided, as the page is told."""
    if decided.problem == "text":
        if not decided.problems:
            return Problem(422, "title and text: an answer has both")
        first = decided.problems[0]
        message, fix = explain(first, speaks)
        return Problem(422, f"{first.line}: {message}; {fix}")
    return Problem(409, CHANGED)
