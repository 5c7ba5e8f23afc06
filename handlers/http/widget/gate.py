"""Whose request it is: a visitor's by their token; and how much one visitor or one address may ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from aiohttp import web

from handlers.http.connection_limit import neighbourhood
from handlers.http.problems import Problem
from handlers.http.tokens import bearer_of
from handlers.http.widget.rates import Rates
from services.api.visitors import Pass, Visitors

SESSIONS: Final = 60
"""New tokens a minute for one address: an office, a mobile network, has many people behind one."""
QUESTIONS: Final = 240
LINES: Final = 30
"""Lines and presses a minute for one visitor; what they write is limited again where it is stored."""
PICTURES: Final = 10
TYPING: Final = 30
"""Notes that a visitor is writing: counted by themselves, or who types much could say little."""
STREAMS: Final = 200
STREAMS_OF_ADDRESS: Final = 40
STREAMS_OF_VISITOR: Final = 4
AGAIN_S: Final = 15
BY_ADDRESS: Final = (
    "too many requests from this address; try again later. Where all visitors seem to have one address, name your "
    "proxy in http.proxies"
)
BY_VISITOR: Final = "too many at once; wait a little and try again"


class Gate:
    """Lets in who belongs here."""

    def __init__(self, *, visitors: Visitors, enabled: bool, now: Callable[[], datetime]) -> None:
        self._visitors = visitors
        self._enabled = enabled
        self._now = now
        self._sessions = Rates(per_minute=SESSIONS, words=BY_ADDRESS)
        self._questions = Rates(per_minute=QUESTIONS, words=BY_ADDRESS)
        self._lines = Rates(per_minute=LINES, words=BY_VISITOR)
        self._pictures = Rates(per_minute=PICTURES, words=BY_VISITOR)
        self._typing = Rates(per_minute=TYPING, words=BY_VISITOR)
        self._streams: Counter[str] = Counter()

    def must_be_on(self) -> None:
        """Raise Problem where the chat is off."""
        if not self._enabled:
            raise Problem(403, "the chat for sites is off: set widget.enabled, and name your site in http.cors_origins")

    def welcome(self, request: web.Request, token: str) -> Pass:
        """Return a fresh token. Raises Problem."""
        self.must_be_on()
        origin = request.headers.get("Origin")
        if origin is None:
            raise Problem(403, "a session is for a page of a site: browsers name its origin, and this request has none")
        self._sessions.take(_address(request))
        return self._visitors.welcome(token, origin=origin, now=self._now())

    def visitor(self, request: web.Request) -> str:
        """Return who asks. Raises Problem."""
        self.must_be_on()
        self._questions.take(_address(request))
        found = self.known(request)
        if found is None:
            raise Problem(401, "this token is over: POST /api/widget/session gives the next", WWW_Authenticate="Bearer")
        return found

    def known(self, request: web.Request) -> str | None:
        """Return whose token a request brings; None where it is over, or was never good."""
        origin = request.headers.get("Origin")
        return self._visitors.known(bearer_of(request), origin=origin, now=self._now())

    def writer(self, request: web.Request, *, picture: bool = False) -> str:
        """Return who writes, presses or sends a picture. Raises Problem."""
        visitor = self.visitor(request)
        (self._pictures if picture else self._lines).take(visitor)
        return visitor

    def typist(self, request: web.Request) -> str:
        """Return who is writing. Raises Problem."""
        visitor = self.visitor(request)
        self._typing.take(visitor)
        return visitor

    @contextmanager
    def stream(self, request: web.Request, visitor: str) -> Iterator[None]:
        """Hold one of the streams that there are. Raises Problem where there are too many: the page asks instead."""
        address = f"address {_address(request)}"
        if (
            self._streams["all"] >= STREAMS
            or self._streams[address] >= STREAMS_OF_ADDRESS
            or self._streams[visitor] >= STREAMS_OF_VISITOR
        ):
            raise Problem(429, "too many streams of events; GET /api/widget/messages instead", Retry_After=str(AGAIN_S))
        names = ("all", address, visitor)
        self._streams.update(names)
        try:
            yield
        finally:
            self._streams.subtract(names)
            self._streams += Counter()


def _address(request: web.Request) -> str:
    return neighbourhood(request.remote)
