"""What can be asked over HTTP, as values, and the OpenAPI document that is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handlers.http.guard import Access

REF: Final = "#/components/schemas/{model}"
SECURITY: Final[dict[Access, list[dict[str, list[str]]]]] = {
    "programs": [{"token": []}],
    "visitors": [{"token": []}, {"session": []}, {"cookie": []}],
    "admins": [{"token": []}, {"session": []}, {"cookie": []}],
    "sites": [{"visitor": []}],
}
OF_THE_DESK: Final = ("visitors", "admins")
SCHEMES: Final = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "http.api_token; below /api/desk one made on the page",
    },
    "visitor": {"type": "http", "scheme": "bearer", "description": "of a visitor of a site, from /api/widget/session"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "desk_session"},
    "session": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Session, a space, the key"},
}
CSRF: Final = {
    "name": "X-CSRF-Token",
    "in": "header",
    "required": False,
    "description": "`csrf` of /api/desk/me; a session needs it, a token does not",
    "schema": {"type": "string"},
}
BYTES: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class Refusal(BaseModel):
    """How every refusal looks."""

    status: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One route. `answer`: None where it is no JSON."""

    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    body: type[BaseModel] | None = None
    takes_bytes: bool = False
    """Whether its body is a file as it is."""
    query: type[BaseModel] | None = None
    access: Access = "visitors"
    refusals: tuple[int, ...] = ()
    """Beside those that follow from the rest."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names of headers that may be sent, and what each is for."""
    media: str = "text/event-stream"
    """What it answers with where that is no JSON."""
    formerly: str | None = None
    """The path that it had before: answered as well, and described as deprecated."""


def document(described: Iterable[Description], *, title: str, version: str, server: str) -> dict[str, Any]:
    """Return the OpenAPI document of some routes; `server`: where clients reach them, with a path prefix if any."""
    routes = list(described)
    schemas = _schemas(routes)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
        if route.formerly is not None:
            former = _operation(replace(route, path=route.formerly)) | {"deprecated": True}
            paths.setdefault(route.formerly, {})[route.method.lower()] = former
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SCHEMES},
    }


def _schemas(routes: list[Description]) -> dict[str, Any]:
    taken = {route.body for route in routes if route.body}
    told = {route.answer for route in routes if route.answer} | {Refusal}
    modes: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in taken]
    modes += [(model, "serialization") for model in told]
    _, found = models_json_schema(sorted(modes, key=lambda one: one[0].__name__), ref_template=REF)
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _operation(route: Description) -> dict[str, Any]:
    made: dict[str, Any] = {
        "summary": route.summary,
        "operationId": _name(route),
        "tags": [_tag(route)],
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if route.access in SECURITY:
        made["security"] = SECURITY[route.access]
    if route.body is not None:
        made["requestBody"] = {"required": True, "content": _json(route.body)}
    if route.takes_bytes:
        made["requestBody"] = {"required": True, "content": BYTES}
    return made


def _name(route: Description) -> str:
    words = re.findall(r"\w+", route.path.removeprefix("/api"))
    return "_".join([route.method.lower(), *words])


def _tag(route: Description) -> str:
    """Return what the route is about, by which generators of clients put them together."""
    return route.path.removeprefix("/api/").removeprefix("desk/").partition("/")[0].replace("-", "_")


def _parameters(route: Description) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    changes = [CSRF] if route.access in OF_THE_DESK and route.method not in ("GET", "HEAD") else []
    changes += [
        {"name": name, "in": "header", "required": False, "description": words, "schema": {"type": "string"}}
        for name, words in route.headers
    ]
    if route.query is None:
        return [*in_path, *changes]
    schema = route.query.model_json_schema(ref_template=REF)
    needed = schema.get("required", ())
    in_query = [
        {"name": name, "in": "query", "required": name in needed, "schema": one}
        for name, one in schema["properties"].items()
    ]
    return [*in_path, *in_query, *changes]


def _responses(route: Description) -> dict[str, Any]:
    fine: dict[str, Any] = {"description": "success"}
    bare = {"type": "object" if route.media == "application/json" else "string"}
    fine["content"] = _json(route.answer) if route.answer else {route.media: {"schema": bare}}
    codes = set(route.refusals) | {503}
    codes |= {401} if route.access in SECURITY else set()
    codes |= {403, 429} if route.access == "sites" else set()
    codes |= {403} if route.access == "admins" or (route.access == "visitors" and route.method != "GET") else set()
    codes |= {400, 408, 413, 415, 422} if route.body or route.takes_bytes else set()
    codes |= {422} if route.query else set()
    codes |= {404} if "{" in route.path else set()
    refused = {str(code): {"description": "refused", "content": _json(Refusal)} for code in sorted(codes)}
    return {"200": fine} | refused


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}}
