"""Facts of the business and replies of the team, as admins change them on the page; and a message that they try."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handlers.http.desk import answer_responses as responses
from handlers.http.desk.answer_requests import (
    MOST,
    CannedBody,
    CannedPlaceBody,
    FactBody,
    FactQuery,
    TryBody,
)
from handlers.http.desk.answers import CHANGED
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.responses import Done
from handlers.http.desk.trial_responses import Trial
from handlers.http.problems import Problem
from handlers.http.shutdown_gate import ShutdownGate
from services.dashboard.catalogue import Catalogue
from services.dashboard.trials import Trials
from services.desk.audit import web
from services.desk.canned_languages import spoken
from services.editing.canned_desk import CannedDesk, WrongText
from services.editing.fact_desk import FactDesk, WrongValue
from services.scenarios.documents import scenario_from
from services.templates import explain


class Facts:
    """What answers say beside their texts."""

    def __init__(
        self, *, facts: FactDesk, canned: CannedDesk, trials: Trials, catalogue: Catalogue, shutdown: ShutdownGate
    ) -> None:
        self._facts = facts
        self._canned = canned
        self._trials = trials
        self._catalogue = catalogue
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        here = partial(Operation, access="admins")
        yield here(
            method="POST",
            path=f"{HERE}/answers/try",
            summary="What the bot would make of a message; nothing is stored or sent",
            does=self.attempt,
            body=TryBody,
            most=MOST,
            answer=Trial,
        )
        yield here(
            method="GET",
            path=f"{HERE}/answers/mixed",
            summary="Which scenarios and answers the engine takes for each other; takes some seconds of work",
            does=self.mixed,
            answer=responses.MixedUp,
        )
        yield here(
            method="GET",
            path=f"{HERE}/facts",
            summary="What answers need to know",
            does=self.all,
            answer=responses.Facts,
        )
        yield here(
            method="GET",
            path=f"{HERE}/facts/versions",
            summary="All values that a fact ever had, the newest first",
            does=self.versions,
            query=FactQuery,
            answer=responses.FactVersions,
        )
        yield here(
            method="PUT",
            path=f"{HERE}/facts",
            summary="Say the value of a fact, or take it away",
            does=self.say,
            body=FactBody,
            answer=Done,
            refusals=(404, 409),
        )
        yield here(
            method="GET",
            path=f"{HERE}/replies",
            summary="The team's own answers",
            does=self.replies,
            answer=responses.CannedList,
        )
        yield here(
            method="POST",
            path=f"{HERE}/replies",
            summary="Add a reply of the team, or change one",
            does=self.write,
            body=CannedBody,
            answer=Done,
            refusals=(409,),
        )
        yield here(
            method="PUT",
            path=f"{HERE}/replies/{{reply}}",
            summary="Take a reply off the list, or put it back",
            does=self.place,
            body=CannedPlaceBody,
            answer=Done,
        )

    async def attempt(self, ask: Ask) -> Trial:
        body: TryBody = ask.body
        changed = scenario_from(body.changed.model_dump()) if body.changed else None
        found = await self._trials.of(body.text, body.language, ask.speaks, changed)
        return Trial.model_validate(found)

    async def mixed(self, _ask: Ask) -> responses.MixedUp:
        pairs = await self._catalogue.mixed()
        return responses.MixedUp(
            pairs=None if pairs is None else [responses.Mixed.model_validate(one) for one in pairs]
        )

    async def all(self, _ask: Ask) -> responses.Facts:
        return responses.Facts(
            facts=[
                responses.Fact(
                    key=one.fact.key,
                    type=one.fact.type,
                    question=one.fact.question,
                    example=one.fact.example,
                    values=[responses.FactValue.model_validate(value) for value in one.values],
                    used_by=one.used_by,
                    from_settings=one.from_settings,
                )
                for one in await self._facts.sheets()
            ]
        )

    async def versions(self, ask: Ask) -> responses.FactVersions:
        query: FactQuery = ask.query
        found = await self._facts.versions(query.key)
        return responses.FactVersions(versions=[responses.FactValue.model_validate(one) for one in found])

    async def say(self, ask: Ask) -> Done:
        body: FactBody = ask.body
        self._shutdown.must_be_open()
        done = await self._facts.save(
            body.fact,
            body.language,
            body.value,
            before=body.before,
            author=ask.author,
            speak=ask.speaks,
            by=web(ask.visitor.operator),
        )
        match done:
            case None:
                raise Problem(404, "there is no such fact")
            case WrongValue(words):
                raise Problem(422, words)
            case False:
                raise Problem(409, CHANGED)
            case True:
                return Done()

    async def replies(self, ask: Ask) -> responses.CannedList:
        return responses.CannedList(
            replies=[
                responses.Canned(
                    id=one.id,
                    title=one.title,
                    text=one.text,
                    author=one.author,
                    created_at=one.created_at,
                    html=self._catalogue.preview(spoken(one.text, ask.speaks), ask.speaks).html,
                )
                for one in await self._canned.list()
            ]
        )

    async def write(self, ask: Ask) -> Done:
        body: CannedBody = ask.body
        self._shutdown.must_be_open()
        by = web(ask.visitor.operator)
        done = await self._canned.save(body.title, body.text, instead_of=body.instead_of, author=ask.author, by=by)
        if isinstance(done, WrongText):
            first = done.problems[0]
            message, fix = explain(first, ask.speaks)
            raise Problem(422, f"{first.line}: {message}; {fix}")
        if not done:
            raise Problem(409, CHANGED)
        return Done()

    async def place(self, ask: Ask) -> Done:
        body: CannedPlaceBody = ask.body
        self._shutdown.must_be_open()
        await self._canned.place(ask.number("reply"), listed=body.listed, by=web(ask.visitor.operator))
        return Done()
