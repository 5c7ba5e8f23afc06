"""One shape for every refusal of this server, whichever part of it refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import hdrs, web

from handlers.http.problems import CODES, Problem
from services.health.database_log import DatabaseTrouble

log = structlog.get_logger()
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

AGAIN_S: Final = 2
_REFUSED: Final = 400
_DETAILS: Final = {
    404: "there is nothing at this path",
    413: "the body is too long",
    417: "the only Expect that is understood is 100-continue",
}


async def one_shape(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what nobody answers: unknown paths and methods, and what went wrong without being foreseen."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.answer
    except web.HTTPMethodNotAllowed as refusal:
        return _other_method(request, refusal)
    except web.HTTPException as refusal:
        return shaped(refusal)
    except DatabaseTrouble:  # told once in the log, by the store's watch
        return Problem(503, "the database does not work just now; try again", Retry_After=str(AGAIN_S)).answer
    except ConnectionError:
        raise
    except Exception:
        log.exception("http.failed", method=request.method)
        return Problem(500, "this went wrong here; it has been noted").answer


def shaped(answer: web.StreamResponse) -> web.StreamResponse:
    """Give a refusal of the library our shape; leave everything else as it is."""
    if not isinstance(answer, web.HTTPException) or answer.status < _REFUSED:
        return answer
    status = answer.status if answer.status in CODES else _REFUSED
    return Problem(status, _DETAILS.get(status, "this request cannot be answered")).answer


def _other_method(request: web.Request, refusal: web.HTTPMethodNotAllowed) -> web.Response:
    allowed = ", ".join(sorted({*refusal.allowed_methods, hdrs.METH_OPTIONS}))
    if request.method == hdrs.METH_OPTIONS:
        return web.Response(status=204, headers={hdrs.ALLOW: allowed})
    return Problem(405, f"use one of {allowed}", Allow=allowed).answer
