"""Whose request it is: by the session's cookie, or the same in a header where a frame gets no cookies."""

from __future__ import annotations

import hmac
from typing import Final

from aiohttp import hdrs, web

from handlers.http.problems import Problem
from services.dashboard.sessions import Sessions, Visitor

COOKIE: Final = "desk_session"
SCHEME: Final = "session"
CSRF: Final = "X-CSRF-Token"
KEPT_S: Final = 30 * 24 * 3600
"""How long browsers keep the cookie; the session behind it ends sooner when nobody uses it."""
_READS: Final = frozenset((hdrs.METH_GET, hdrs.METH_HEAD))
_VISITOR: Final = web.RequestKey("visitor", Visitor)


class Visits:
    """Knows visitors, and gives and takes their cookies."""

    def __init__(self, *, sessions: Sessions, secure: bool) -> None:
        """`secure`: the page is reached over https, so the cookie must not travel any other way."""
        self.sessions = sessions
        self._secure = secure

    async def admit(self, request: web.Request) -> None:
        """Note who asks. Raises Problem: 401 for nobody, 403 for a change that another site may have caused."""
        visitor = await self.sessions.visitor(cookie_of(request))
        if visitor is None:
            raise Problem(401, "sign in: ask the bot for /dashboard", WWW_Authenticate="Session")
        if request.method not in _READS:
            told = request.headers.get(CSRF, "")
            if not hmac.compare_digest(told.encode("utf-8", "surrogateescape"), visitor.csrf.encode()):
                raise Problem(403, f"a change needs the header {CSRF}: its value is in /api/desk/me")
        request[_VISITOR] = visitor

    async def still_there(self, request: web.Request) -> bool:
        """Whether the session of a long request goes on."""
        return await self.sessions.visitor(cookie_of(request)) is not None

    def welcome(self, answer: web.StreamResponse, cookie: str) -> None:
        answer.set_cookie(
            COOKIE, cookie, max_age=KEPT_S, path="/", httponly=True, samesite="Lax", secure=self._secure or None
        )

    def farewell(self, answer: web.StreamResponse) -> None:
        answer.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=self._secure or None)


def visitor_of(request: web.Request) -> Visitor:
    """Return who asks, on a route that is for visitors."""
    return request[_VISITOR]


def cookie_of(request: web.Request) -> str:
    scheme, _, told = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return told.strip() if scheme.lower() == SCHEME else request.cookies.get(COOKIE, "")
