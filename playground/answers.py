"""The answers of a server that is not well."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from playground.errors import too_many_requests
from playground.faults import Fault, Kind

HTML: Final = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center><hr></body>\r\n</html>"
PAGES: Final = {
    Kind.HTTP_500_HTML: (HTTPStatus.INTERNAL_SERVER_ERROR, HTML.format("500 Internal Server Error")),
    Kind.HTTP_502_HTML: (HTTPStatus.BAD_GATEWAY, HTML.format("502 Bad Gateway")),
    Kind.EMPTY_504: (HTTPStatus.GATEWAY_TIMEOUT, ""),
}
NEWS: Final = {
    "field_of_tomorrow": {"type": "surprise", "value": [1, None]},
    "entities_of_tomorrow": [{"type": "hologram", "offset": 0, "length": 1}],
}
NONSENSE: Final = {"surprise": ["a shape", "that no client expects"]}


def struck(fault: Fault, body: Any) -> web.Response:
    """Give the answer of a fault. `body` is the true answer, where the call was carried out."""
    if fault.kind in PAGES:
        status, page = PAGES[fault.kind]
        return web.Response(status=status, text=page, content_type="text/html")
    code, answer = _json(fault, body)
    return web.json_response(answer, status=code)


def _json(fault: Fault, body: Any) -> tuple[int, dict[str, Any]]:
    match fault.kind:
        case Kind.BARE_500:
            return HTTPStatus.INTERNAL_SERVER_ERROR, {"ok": False, "error_code": 500}
        case Kind.TOO_MANY_REQUESTS:
            refusal = too_many_requests(fault.retry_after)
            return refusal.code, refusal.as_json()
        case Kind.FORBIDDEN | Kind.BAD_REQUEST:
            code = HTTPStatus.FORBIDDEN if fault.kind is Kind.FORBIDDEN else HTTPStatus.BAD_REQUEST
            return code, {"ok": False, "error_code": code, "description": fault.text}
        case Kind.EXTRA_FIELDS if isinstance(body, dict) and body.get("ok"):
            return HTTPStatus.OK, body | {"result": _with_news(body["result"])}
        case Kind.UNDECODABLE if isinstance(body, dict) and body.get("ok"):
            return HTTPStatus.OK, body | {"result": _spoiled(body["result"])}
        case _:
            return (body or {}).get("error_code", HTTPStatus.OK), body or {}


def _with_news(result: Any) -> Any:
    if isinstance(result, list):
        return [_with_news(item) for item in result]
    return result | NEWS if isinstance(result, dict) else result


def _spoiled(result: Any) -> Any:
    """Keep the ids, so that whoever reads the raw answer can still find them; break the rest."""
    if isinstance(result, list):
        return [_spoiled(item) for item in result]
    if not isinstance(result, dict):
        return NONSENSE
    ids = {key: result[key] for key in ("message_id", "message_thread_id") if key in result}
    return ids | {"chat": NONSENSE, "date": NONSENSE, "from": NONSENSE, "name": NONSENSE}
