"""Scenarios, as admins read and change them on the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handlers.http.desk import answer_responses as responses
from handlers.http.desk.answer_requests import (
    MOST,
    CheckBody,
    OrderBody,
    RemoveBody,
    SaveBody,
    ScenarioQuery,
)
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.responses import Done
from handlers.http.problems import Problem
from handlers.http.shutdown_gate import ShutdownGate
from services.dashboard.catalogue import Catalogue
from services.desk import audit
from services.editing.pack_editor import EditConflict, InvalidEdit, Outcome, PackEditor, Saved, stood
from services.scenarios.documents import scenario_from

CHANGED = "somebody else has changed it meanwhile; read it again"


class Answers:
    """Each change names what it was made of, so nobody's work is overwritten unseen."""

    def __init__(self, *, editor: PackEditor, catalogue: Catalogue, shutdown: ShutdownGate) -> None:
        self._editor = editor
        self._catalogue = catalogue
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        here = partial(Operation, access="admins")
        at = f"{HERE}/answers"
        yield here(
            method="GET", path=at, summary="All scenarios, in short", does=self.outlines, answer=responses.Outlines
        )
        yield here(
            method="GET",
            path=f"{at}/state",
            summary="Whether the engine has learned what was saved",
            does=self.state,
            answer=responses.State,
        )
        yield here(
            method="GET",
            path=f"{at}/scenario",
            summary="One scenario as a whole",
            does=self.sheet,
            query=ScenarioQuery,
            answer=responses.Sheet,
            refusals=(404,),
        )
        yield here(
            method="PUT",
            path=f"{at}/scenario",
            summary="Save a scenario in the place of the one that was read",
            does=self.save,
            body=SaveBody,
            most=MOST,
            answer=responses.Kept,
            refusals=(409,),
        )
        yield here(
            method="POST",
            path=f"{at}/remove",
            summary="Remove a scenario; its versions stay",
            does=self.remove,
            body=RemoveBody,
            answer=responses.Kept,
            refusals=(409,),
        )
        yield here(
            method="PUT",
            path=f"{at}/order",
            summary="Put scenarios in another order",
            does=self.order,
            body=OrderBody,
            answer=Done,
            refusals=(409,),
        )
        yield here(
            method="POST",
            path=f"{at}/check",
            summary="What is wrong with a scenario that is not saved, and how its texts read",
            does=self.check,
            body=CheckBody,
            most=MOST,
            answer=responses.Checked,
        )
        yield here(
            method="GET",
            path=f"{at}/versions",
            summary="A scenario as it stood after each change, the newest first",
            does=self.versions,
            query=ScenarioQuery,
            answer=responses.Versions,
        )

    async def outlines(self, ask: Ask) -> responses.Outlines:
        return responses.Outlines.model_validate(await self._catalogue.outlines(ask.speaks))

    async def state(self, _ask: Ask) -> responses.State:
        return responses.State(version=await self._editor.version(), learned=self._catalogue.learned)

    async def sheet(self, ask: Ask) -> responses.Sheet:
        query: ScenarioQuery = ask.query
        found = await self._catalogue.sheet(query.key)
        if found is None:
            raise Problem(404, "there is no such scenario")
        return responses.Sheet.model_validate(found)

    async def save(self, ask: Ask) -> responses.Kept:
        body: SaveBody = ask.body
        self._shutdown.must_be_open()
        scenario = scenario_from(body.scenario.model_dump())
        actor = audit.web(ask.visitor.operator)
        return _kept(
            await self._editor.save(scenario, before=body.before, author=ask.author, speak=ask.speaks, actor=actor)
        )

    async def remove(self, ask: Ask) -> responses.Kept:
        body: RemoveBody = ask.body
        self._shutdown.must_be_open()
        actor = audit.web(ask.visitor.operator)
        return _kept(await self._editor.remove(body.scenario, before=body.before, author=ask.author, actor=actor))

    async def order(self, ask: Ask) -> Done:
        body: OrderBody = ask.body
        self._shutdown.must_be_open()
        if not await self._editor.order(body.keys, author=ask.author, actor=audit.web(ask.visitor.operator)):
            raise Problem(409, CHANGED)
        return Done()

    async def check(self, ask: Ask) -> responses.Checked:
        body: CheckBody = ask.body
        scenario = scenario_from(body.scenario.model_dump())
        faults = await self._editor.faults(scenario, ask.speaks)
        previews = self._catalogue.previews(scenario, ask.speaks)
        return responses.Checked(
            faults=[responses.Fault.model_validate(one) for one in faults],
            previews=[responses.Preview.model_validate(one) for one in previews],
        )

    async def versions(self, ask: Ask) -> responses.Versions:
        query: ScenarioQuery = ask.query
        found = await self._editor.versions(query.key)
        return responses.Versions(
            versions=[
                responses.AnswerVersion(
                    id=one.id,
                    author=one.author,
                    created_at=one.created_at,
                    scenario=responses.Scenario.model_validate(scenario) if (scenario := stood(one)) else None,
                )
                for one in found
            ]
        )


def _kept(outcome: Outcome) -> responses.Kept:
    match outcome:
        case Saved(mark=mark):
            return responses.Kept(mark=mark)
        case EditConflict():
            raise Problem(409, CHANGED)
        case InvalidEdit(faults):
            first = next(one for one in faults if one.severity == "error")
            raise Problem(422, f"{first.place or 'scenario'}: {first.message}")
