"""What can be asked of the desk, each as a value: the routes and their description are made from the same table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import hdrs, web
from pydantic import BaseModel, ValidationError

from handlers.http.descriptions import Description
from handlers.http.desk.visits import visitor_of
from handlers.http.guard import open_to
from handlers.http.problems import Problem, invalid
from handlers.http.reading import body_of
from services.dashboard.visitor import Visitor
from services.texts import LANGUAGES

BODY_MOST: Final = 64 * 1024
MOST_DIGITS: Final = 18
"""Any longer is no row number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request, read and checked."""

    request: web.Request
    body: Any = None
    """Of the kind that the operation names."""
    query: Any = None

    @property
    def visitor(self) -> Visitor:
        return visitor_of(self.request)

    @property
    def device(self) -> str:
        return self.request.headers.get(hdrs.USER_AGENT, "")

    @property
    def language(self) -> str | None:
        """The first language of the page that the bot speaks; None where it says none."""
        told = self.request.headers.get(hdrs.ACCEPT_LANGUAGE, "")
        wished = (one.partition(";")[0].strip()[:2].lower() for one in told.split(","))
        return next((one for one in wished if one in LANGUAGES), None)

    @property
    def speaks(self) -> str:
        """The language to answer in."""
        return self.language or LANGUAGES[0]

    @property
    def author(self) -> str:
        """Who asks, as versions of answers name their author in every place where they are changed."""
        operator = self.visitor.operator
        return f"{operator.name} (tg:{operator.id})" if operator.id > 0 else operator.name

    def number(self, name: str) -> int:
        """Return a row number out of the path. Raises Problem 404."""
        told = self.request.match_info[name]
        if not (told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS):
            raise Problem(404, "there is nothing at this path")
        return int(told)


Answer = BaseModel | web.StreamResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Description):
    """One route. `does` answers with a body of the kind `answer`, or with a response of its own."""

    does: Callable[[Ask], Awaitable[Answer]]
    most: int = BODY_MOST
    """Bytes of a body."""


def add(app: web.Application, operations: Iterable[Operation]) -> None:
    for operation in operations:
        for path in filter(None, (operation.path, operation.formerly)):
            app.router.add_route(operation.method, path, _handler(operation))


def _handler(operation: Operation) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    @open_to(operation.access)
    async def handle(request: web.Request) -> web.StreamResponse:
        ask = Ask(
            request=request,
            body=await _body(operation.body, request, operation.most) if operation.body else None,
            query=_query(operation.query, request) if operation.query else None,
        )
        return json_of(await operation.does(ask))

    return handle


def json_of(answer: Answer) -> web.StreamResponse:
    """Return a body as JSON that no cache keeps: it holds customers' words."""
    if isinstance(answer, web.StreamResponse):
        return answer
    text = answer.model_dump_json()
    return web.Response(text=text, content_type="application/json", headers={"Cache-Control": "no-store"})


async def _body(kind: type[BaseModel], request: web.Request, most: int) -> BaseModel:
    """Read a body. Only JSON that says so: a form of another site cannot say it without being asked first."""
    if request.content_type != "application/json":
        raise Problem(415, "send JSON with Content-Type: application/json")
    try:
        return kind.model_validate_json(await body_of(request, most))
    except ValidationError as error:
        raise invalid(error) from None


def _query(kind: type[BaseModel], request: web.Request) -> BaseModel:
    try:
        return kind.model_validate(dict(request.query))
    except ValidationError as error:
        raise invalid(error) from None
