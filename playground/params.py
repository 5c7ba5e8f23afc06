"""What a call brings along: query, JSON, form or multipart, all read the same way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from playground.errors import ApiError, bad_request

_TRUE: Final = frozenset({"true", "1", "yes"})
_ATTACH: Final = "attach://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in the body of a call."""

    name: str
    mime: str
    content: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.content)} bytes)"


async def read(request: web.Request) -> dict[str, Any]:
    """Raise `ApiError` for a body that is not what its header says."""
    found: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return found
    if request.content_type == "application/json":
        return found | await _json(request)
    form = await request.post()
    return found | {key: _field(value) for key, value in form.items()}


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse request body as JSON object")
    return body


def _field(value: object) -> object:
    if isinstance(value, web.FileField):
        return Upload(name=value.filename, mime=value.content_type, content=value.file.read())
    return value.decode() if isinstance(value, (bytes, bytearray)) else value


class Params:
    """Typed looks at the parameters. An empty string is a parameter that was not given."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def text(self, name: str, default: str = "") -> str:
        value = self.raw.get(name)
        return default if value is None else value if isinstance(value, str) else str(value)

    def integer(self, name: str) -> int | None:
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"parameter {name} must be an integer") from None

    def needed(self, name: str, problem: str) -> int:
        number = self.integer(name)
        if not number:
            raise bad_request(problem)
        return number

    def flag(self, name: str) -> bool:
        value = self.raw.get(name)
        return value if isinstance(value, bool) else str(value or "").lower() in _TRUE

    def json(self, name: str) -> Any:
        """Give an object or a list, whether it came as one or as a string; None when it is not there."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise _unreadable(name) from None

    def record(self, name: str) -> dict[str, Any] | None:
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise _unreadable(name)
        return value

    def items(self, name: str) -> list[Any] | None:
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise _unreadable(name)
        return value

    def upload(self, name: str) -> Upload | None:
        """Find the file of a field: in the field itself, or where `attach://…` points."""
        return self.attached(self.raw.get(name))

    def attached(self, value: object) -> Upload | None:
        if isinstance(value, str) and value.startswith(_ATTACH):
            value = self.raw.get(value.removeprefix(_ATTACH))
        return value if isinstance(value, Upload) else None


def _unreadable(name: str) -> ApiError:
    if name == "reply_markup":
        return bad_request("object expected as reply markup")
    return bad_request(f"can't parse {name} JSON object")
