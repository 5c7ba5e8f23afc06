"""What the Bot API answers when it says no.

ApiError: carries the code, the description and the parameters, as they go over the wire.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class ApiError(Exception):
    """The Bot API refuses a call; nothing was carried out."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad_request(reason: str, **parameters: Any) -> ApiError:
    return ApiError(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> ApiError:
    return ApiError(HTTPStatus.FORBIDDEN, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(HTTPStatus.CONFLICT, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    text = f"Too Many Requests: retry after {retry_after}"
    return ApiError(HTTPStatus.TOO_MANY_REQUESTS, text, retry_after=retry_after)


def unauthorized() -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, "Unauthorized")


def not_found() -> ApiError:
    return ApiError(HTTPStatus.NOT_FOUND, "Not Found")
