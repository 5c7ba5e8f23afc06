"""The set-up on the page: the same dialog as in Telegram, over the same rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial

from handlers.http.desk import setup_responses as responses
from handlers.http.desk.content_types import DOWNLOAD
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.setup_requests import MOST, SetupBody, SetupFileQuery, SetupQuery, SetupWords
from handlers.http.desk.setup_serializer import setup_view
from handlers.http.problems import Problem
from handlers.http.reading import body_of
from handlers.http.shutdown_gate import ShutdownGate
from services.desk import audit
from services.faq.blocks import Unreadable
from services.faq.reading import MOST_BYTES
from services.messages.setup_presses import OnSetup
from services.setup.guide import Admin, Guide
from services.setup.refusal import Refusal
from services.setup.session import Reason, Session
from services.setup.source import read_source
from services.setup.state import Holder
from services.setup.view import View

LASTS_S = 60.0


class SetupPage:
    """Looks and acts; whoever is not at it changes nothing."""

    def __init__(self, *, guide: Guide, shutdown: ShutdownGate) -> None:
        self._guide = guide
        self._shutdown = shutdown

    def operations(self) -> Iterator[Operation]:
        here = partial(Operation, access="admins", answer=responses.Setup)
        yield here(
            method="GET", path=f"{HERE}/setup", summary="Where the set-up stands", does=self.look, query=SetupQuery
        )
        yield here(
            method="POST",
            path=f"{HERE}/setup",
            summary="Go a step on or back in the set-up, choose, decide about a question",
            does=self.step,
            body=SetupBody,
            refusals=(409,),
        )
        yield here(
            method="POST",
            path=f"{HERE}/setup/words",
            summary="Write a name, a fact, other words for a question, or paste questions and answers",
            does=self.write,
            body=SetupWords,
            most=MOST,
            refusals=(409,),
        )
        yield here(
            method="POST",
            path=f"{HERE}/setup/file",
            summary="Read questions and answers from a file, up to 5 MB: its bytes as application/octet-stream",
            does=self.take,
            query=SetupFileQuery,
            takes_bytes=True,
            refusals=(409,),
        )

    async def look(self, ask: Ask) -> responses.Setup:
        view = await self._guide.look(_admin(ask))
        return await self._told(view, ask, score=ask.query.score or view.setup.step == "score")

    async def step(self, ask: Ask) -> responses.Setup:
        body: SetupBody = ask.body
        self._shutdown.must_be_open()
        reason, view = await self._guide.press(_admin(ask), OnSetup(body.action, body.what), _both)
        _raise(reason, ask)
        return await self._told(view, ask, score=view.setup.step == "score")

    async def write(self, ask: Ask) -> responses.Setup:
        body: SetupWords = ask.body
        self._shutdown.must_be_open()
        if body.into == "paste":
            return await self._read(ask, "", body.text.encode())
        return await self._work(ask, partial(_written, body=body))

    async def take(self, ask: Ask) -> responses.Setup:
        query: SetupFileQuery = ask.query
        if ask.request.content_type != DOWNLOAD:
            raise Problem(415, f"send the bytes with Content-Type: {DOWNLOAD}")
        self._shutdown.must_be_open()
        if (ask.request.content_length or 0) > MOST_BYTES:
            big = Unreadable(
                "big", size=f"{(ask.request.content_length or 0) / 1e6:.0f}", most=f"{MOST_BYTES / 1e6:.0f}"
            )
            raise Problem(413, big.words(ask.speaks))
        return await self._read(ask, query.name, await body_of(ask.request, MOST_BYTES, within_s=LASTS_S))

    async def _read(self, ask: Ask, name: str, content: bytes) -> responses.Setup:
        try:
            source = await asyncio.to_thread(read_source, name, content)
        except Unreadable as error:
            raise Problem(422, Refusal("file", error.words(ask.speaks)).words(ask.speaks)) from None

        def load(session: Session) -> Reason:
            if session.setup.step != "pairs":
                return Refusal("outdated")
            session.load(source)
            return None

        return await self._work(ask, load)

    async def _work(self, ask: Ask, action: Callable[[Session], Reason]) -> responses.Setup:
        reason, view = await self._guide.work(_admin(ask), action, _both)
        await self._guide.learned()
        _raise(reason, ask)
        return await self._told(view, ask)

    async def _told(self, view: View, ask: Ask, *, score: bool = False) -> responses.Setup:
        counted = await self._guide.score(view.setup) if score else None
        return setup_view(view, ask.speaks, learning=await self._guide.learning(), score=counted)


def _both(_unit: object, _session: Session, reason: Reason, view: View) -> tuple[Reason, View]:
    return reason, view


def _written(session: Session, *, body: SetupWords) -> Reason:
    match body.into:
        case "name":
            return session.name(body.text)
        case "fact":
            return session.fact(body.fact, body.text)
        case "question" | "answer" | "title":
            return session.pairs.write(body.pair, body.into, body.text)
        case "test":
            session.trial.tried(body.text)
            return None
        case "paste":
            return Refusal("outdated")


def _raise(reason: Reason, ask: Ask) -> None:
    if reason is None:
        return
    held = isinstance(reason, Refusal) and reason.code in ("held", "not_begun", "outdated", "changed_since")
    raise Problem(409 if held else 422, reason.words(ask.speaks))


def _admin(ask: Ask) -> Admin:
    operator = ask.visitor.operator
    holder = Holder(id=operator.id, name=operator.name)
    return Admin(holder=holder, actor=audit.web(operator), speak=ask.speaks)
