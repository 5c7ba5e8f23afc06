"""How this server says no: one shape for every refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aiohttp import web
from pydantic import ValidationError

CODES: Final = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "unknown_encoding",
    416: "no_such_range",
    417: "unknown_expectation",
    422: "invalid",
    429: "too_many_requests",
    500: "failed",
    503: "unavailable",
    504: "too_late",
}


class Problem(Exception):
    """A refusal; the text says what to do about it and repeats nothing of the request."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def answer(self) -> web.Response:
        body = {"status": "error", "code": CODES[self.status], "detail": str(self)}
        return web.json_response(body, status=self.status, headers=self.headers)


def invalid(
    error: ValidationError,
    *,
    depth: int | None = None,
    said: Callable[[str, str], str | None] = lambda _kind, _place: None,
) -> Problem:
    """Return the refusal of what does not hold. `depth`: of how many parts its place is named; None names all.

    `said` has better words for a kind of fault at a place than the library, or None.
    """
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return Problem(400, "the body is not JSON")
    place = ".".join(str(part) for part in first["loc"][:depth]) or "the body"
    return Problem(422, f"{place}: {said(first['type'], place) or first['msg'].removeprefix('Value error, ')}")
