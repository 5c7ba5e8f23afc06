"""Teaching from a reply, on the page: operators teach, as in their group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.http.bodies import Text
from handlers.http.desk.answer_requests import Words
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import Acting, Scenario
from handlers.http.desk.unanswered import problem_of, topics_of
from handlers.http.desk.unanswered_responses import Lesson, Taught
from handlers.http.problems import Problem
from handlers.http.shutdown_gate import ShutdownGate
from services.desk.audit import web
from services.texts import word_of
from services.unanswered.deciding import Decided, Join, Make
from services.unanswered.lesson_page import LessonPage


class LessonBody(Acting):
    """What is taught: `make` an answer of `title` and `text`, `join` one that is there, `no`, or `undo`."""

    action: Literal["make", "join", "no", "undo"]
    scenario: Scenario | None = None
    answer: Scenario | None = None
    title: Annotated[Text, StringConstraints(max_length=200)] = ""
    text: Words = ""


class LessonRoutes:
    """The same as the line under a reply."""

    def __init__(self, *, lessons: LessonPage, shutdown: ShutdownGate) -> None:
        self._lessons = lessons
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        at = f"{HERE}/tickets/{{ticket}}/lesson"
        yield Operation(
            method="GET",
            path=at,
            summary="Whether the first reply in a ticket can be taught, and as what it would be stored",
            does=self.sheet,
            answer=Lesson,
            refusals=(404,),
        )
        yield Operation(
            method="POST",
            path=at,
            summary="Teach it, decline, or take back what was taught",
            does=self.decide,
            body=LessonBody,
            answer=Taught,
            refusals=(404, 409),
        )

    async def sheet(self, ask: Ask) -> Lesson:
        found = await self._lessons.sheet(ask.number("ticket"))
        if found is None:
            return Lesson(state="none")
        return Lesson(
            state="taught" if found.lesson.state == "taught" else "offered",
            question=found.question,
            proposed=found.title,
            source=found.reply.source,
            gaps=[word_of("gap", one, ask.speaks) for one in found.reply.gaps],
            topics=topics_of(found.likely, self._lessons.matters(), ask.speaks),
        )

    async def decide(self, ask: Ask) -> Taught:
        body: LessonBody = ask.body
        self._shutdown.must_be_open()
        done = await self._done(ask, ask.number("ticket"), body)
        if done.problem is not None:
            raise problem_of(done, ask.speaks)
        return Taught(scenario=done.scenario, answer=done.answer)

    async def _done(self, ask: Ask, ticket: int, body: LessonBody) -> Decided:
        who, author = web(ask.visitor.operator), ask.author
        match body.action:
            case "no":
                return await self._lessons.decline(ticket)
            case "undo":
                return await self._lessons.take_back(ticket, who=who, author=author)
            case "make":
                sheet = await self._lessons.sheet(ticket)
                language = sheet.language if sheet is not None else ask.speaks
                made = Make(title=body.title, language=language, source=body.text)
                return await self._lessons.teach(ticket, made, who=who, author=author)
            case "join":
                if body.scenario is None:
                    raise Problem(422, "scenario: name the one that the question belongs to")
                joined = Join(scenario=body.scenario, answer=body.answer)
                return await self._lessons.teach(ticket, joined, who=who, author=author)
