"""What stands before every route: who may ask, which pages may read the answer, and one shape for every refusal.

A route that says nothing is for programs with the API's token. Whatever is open to others says so with `open_to`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Final, Literal, Protocol, TypeVar

from aiohttp import hdrs, web

from handlers.http.cors import Cors
from handlers.http.hosts import is_local
from handlers.http.problems import Problem
from handlers.http.proxies import Proxies
from handlers.http.shapes import Handler, one_shape
from handlers.http.tokens import Token

Access = Literal["programs", "visitors", "admins", "sites", "everybody", "this machine", "telegram"]
"""`programs` bring the API's token; `visitors` a session of the dashboard or a token of the desk, `admins` one of an
admin; `telegram` brings a secret that its route checks by itself, and so do `sites`, pages of `http.cors_origins`: a
token of whoever visits them."""
API: Final = "/api"
"""What pages of `http.cors_origins` may call stands below this path."""
LARGEST_BODY: Final = 4 * 1024 * 1024
_ATTRIBUTE: Final = "__open_to__"

Route = TypeVar("Route", bound=Callable[..., Any])


def open_to(access: Access) -> Callable[[Route], Route]:
    """Say of a handler whom it answers."""

    def marked(handler: Route) -> Route:
        setattr(handler, _ATTRIBUTE, access)
        return handler

    return marked


def access_of(handler: object) -> Access:
    """Return whom a handler answers: those with the token, unless it says otherwise."""
    found: Access = getattr(handler, _ATTRIBUTE, "programs")
    return found


class Admitting(Protocol):
    """Knows visitors of the dashboard. The tests have another than the product."""

    async def admit(self, request: web.Request, *, admins_only: bool) -> None:
        """Raise Problem for whoever may not come in."""
        ...


def guarded(
    *,
    token: Token | None = None,
    origins: Collection[str] = (),
    visits: Admitting | None = None,
    proxies: Collection[str] = (),
    own: str | None = None,
) -> web.Application:
    """Return an application whose every route stands behind the guard."""
    guard = Guard(token=token, cors=Cors(origins, own=own), visits=visits, proxies=Proxies(proxies))
    return web.Application(client_max_size=LARGEST_BODY, middlewares=[guard.before])


class Guard:
    """Without a token the routes for programs are off."""

    def __init__(self, *, token: Token | None, cors: Cors, visits: Admitting | None, proxies: Proxies) -> None:
        self._proxies = proxies
        self._token = token
        self._cors = cors
        self._visits = visits

    @web.middleware
    async def before(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer in one shape, and let a page know whether it may read that."""
        request = self._proxies.seen_through(request)
        answer = await one_shape(request, partial(self._let_in, handler=handler))
        below = request.path == API or request.path.startswith(f"{API}/")
        return self._cors.mark(request, answer) if below else answer

    async def _let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.http_exception is not None:  # there is no such route
            return await handler(request)
        match access_of(request.match_info.handler):
            case "programs":
                return await self._for_programs(request, handler)
            case "visitors" | "admins" as access:
                if self._visits is None:
                    raise Problem(404, "there is no dashboard here")
                await self._visits.admit(request, admins_only=access == "admins")
            case "sites":
                if request.method == hdrs.METH_OPTIONS:
                    return self._cors.preflight(request)
                self._cors.must_let_in(request)
            case "this machine":
                if not is_local(request):
                    raise Problem(403, "this answers to this machine alone, by its own name")
            case "everybody" | "telegram":
                pass
        return await handler(request)

    async def _for_programs(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._token is None:
            raise Problem(404, "the API is off: it needs http.api_token")
        if request.method == hdrs.METH_OPTIONS:
            return self._cors.preflight(request)
        if not await self._token.is_told(request):
            raise Problem(401, "send the header Authorization: Bearer <http.api_token>", WWW_Authenticate="Bearer")
        return await handler(request)
