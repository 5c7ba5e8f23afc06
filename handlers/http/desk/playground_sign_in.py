"""The way in from the header of the playground: on only when the playground has started this bot."""

from __future__ import annotations

from aiohttp import hdrs, web

from handlers.http.desk.page import PAGE
from handlers.http.desk.visits import Visits
from handlers.http.guard import open_to
from handlers.http.problems import Problem
from services.messages.incoming import Operator


class PlaygroundSignIn:
    """`GET /playground/dashboard?as=…&name=…`: signed in as one of the pretend operators, on this machine alone."""

    def __init__(self, *, visits: Visits) -> None:
        self._visits = visits

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/playground/dashboard", self.enter)

    @open_to("this machine")
    async def enter(self, request: web.Request) -> web.StreamResponse:
        try:
            operator = Operator(id=int(request.query["as"]), name=request.query["name"][:64])
        except (KeyError, ValueError):
            raise Problem(400, "as is a whole number, name is a name") from None
        device = request.headers.get(hdrs.USER_AGENT, "")
        cookie = await self._visits.sessions.enter(operator, "playground", device=device)
        if cookie is None:
            raise Problem(403, "this person is not in the operator group")
        answer = web.Response(status=303, headers={"Location": PAGE, "Referrer-Policy": "no-referrer"})
        self._visits.welcome(request, answer, cookie)
        return answer
