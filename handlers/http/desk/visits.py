"""Whose request it is: by the session's cookie, by the same in a header where a frame gets no cookies, by a token."""

from __future__ import annotations

import hmac
from typing import Final

from aiohttp import hdrs, web

from handlers.http.guesses import Guesses
from handlers.http.problems import Problem
from handlers.http.tokens import bearer_of
from services.dashboard.api_tokens import ApiTokens
from services.dashboard.sessions import Sessions
from services.dashboard.visitor import Visitor

COOKIE: Final = "desk_session"
SCHEME: Final = "session"
CSRF: Final = "X-CSRF-Token"
KEPT_S: Final = 30 * 24 * 3600
"""How long browsers keep the cookie; the session behind it ends sooner when nobody uses it."""
_READS: Final = frozenset((hdrs.METH_GET, hdrs.METH_HEAD))
_VISITOR: Final = web.RequestKey("visitor", Visitor)


class Visits:
    """Knows visitors, and gives and takes their cookies."""

    def __init__(self, *, sessions: Sessions, tokens: ApiTokens, secure: bool) -> None:
        """`secure`: the page is reached over https, so the cookie must not travel any other way."""
        self.sessions = sessions
        self._tokens = tokens
        self._guesses = Guesses()
        self._secure = secure

    async def admit(self, request: web.Request, *, admins_only: bool = False) -> None:
        """Note who asks. Raises Problem: 401 for nobody, 403 for what is not theirs or another site may have caused."""
        visitor = await self._visitor(request)
        if visitor is None:
            if told := bearer_of(request):
                await self._guesses.slow_down(request.remote)
            detail = "this token is not in force" if told else "sign in: ask the bot for /dashboard"
            raise Problem(401, detail, WWW_Authenticate="Bearer" if told else "Session")
        if visitor.session is not None and request.method not in _READS:
            told = request.headers.get(CSRF, "")
            if not hmac.compare_digest(told.encode("utf-8", "surrogateescape"), visitor.csrf.encode()):
                raise Problem(403, f"a change needs the header {CSRF}: its value is in /api/desk/me")
        if admins_only and visitor.role != "admin":
            raise Problem(403, "this is for admins: see telegram.admin_ids and telegram.group_admins")
        request[_VISITOR] = visitor

    async def still_there(self, request: web.Request) -> bool:
        """Whether the session, or the token, of a long request goes on."""
        return await self._visitor(request) is not None

    async def _visitor(self, request: web.Request) -> Visitor | None:
        if token := bearer_of(request):
            return await self._tokens.visitor(token)
        return await self.sessions.visitor(cookie_of(request))

    def welcome(self, request: web.Request, answer: web.StreamResponse, cookie: str) -> None:
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=KEPT_S,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self._secure or request.secure or None,
        )

    def farewell(self, answer: web.StreamResponse) -> None:
        answer.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=self._secure or None)


def visitor_of(request: web.Request) -> Visitor:
    """Return who asks, on a route that is for visitors."""
    return request[_VISITOR]


def cookie_of(request: web.Request) -> str:
    scheme, _, told = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return told.strip() if scheme.lower() == SCHEME else request.cookies.get(COOKIE, "")
