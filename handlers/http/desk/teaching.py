"""What an admin tells of a message that they have tried, and taking that back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handlers.http.desk import trial_responses as responses
from handlers.http.desk.answer_requests import TeachBody
from handlers.http.desk.answers import CHANGED
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.responses import Done
from handlers.http.problems import Problem
from handlers.http.shutdown_gate import ShutdownGate
from services.desk.audit import web
from services.setup.refusal import Refusal
from services.setup.tutor import Admin, Learned, Tutor


class Teaching:
    """Each admin takes back what they have told last."""

    def __init__(self, *, tutor: Tutor, shutdown: ShutdownGate) -> None:
        self._tutor = tutor
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        here = partial(Operation, access="admins", refusals=(409,))
        yield here(
            method="POST",
            path=f"{HERE}/answers/teach",
            summary="Say which answer a message that was tried asks for",
            does=self.teach,
            body=TeachBody,
            answer=responses.TaughtByTrial,
        )
        yield here(
            method="POST",
            path=f"{HERE}/answers/unteach",
            summary="Take back what was said last of a message that was tried",
            does=self.unteach,
            answer=Done,
        )

    async def teach(self, ask: Ask) -> responses.TaughtByTrial:
        body: TeachBody = ask.body
        self._shutdown.must_be_open()
        done = await self._told(body, _admin(ask))
        if isinstance(done, Refusal):
            raise Problem(409 if done.code == "outdated" else 422, done.words(ask.speaks))
        return responses.TaughtByTrial.model_validate(done)

    async def unteach(self, ask: Ask) -> Done:
        self._shutdown.must_be_open()
        if not await self._tutor.undo(_admin(ask)):
            raise Problem(409, CHANGED)
        return Done()

    async def _told(self, body: TeachBody, admin: Admin) -> Learned | Refusal:
        """Do what the body says. Raises Problem 422 where something is missing."""
        if body.to == "foreign":
            return await self._tutor.foreign(admin, body.text, body.language)
        if body.to == "answer":
            if not body.html.strip():
                raise Problem(422, "html: an answer has a text")
            return await self._tutor.answered(admin, body.text, body.language, html=body.html)
        if body.scenario is None:
            raise Problem(422, "scenario: name the one that the message belongs to")
        return await self._tutor.belongs(admin, body.text, body.language, scenario=body.scenario, answer=body.answer)


def _admin(ask: Ask) -> Admin:
    return Admin(actor=web(ask.visitor.operator), author=ask.author, speak=ask.speaks)
