"""The OpenAPI document tells of every route, and answers are what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.surface import pages
from handlers.http.messages_described import HistoryPage, MessageAnswer
from tests.dashboard.visitor import API_TOKEN, Browser, new_key, visited
from tests.lines.world import World

BEARER = {"Authorization": f"Bearer {API_TOKEN}"}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def described(maria: Browser) -> dict[str, Any]:
    async with maria.http.get(f"{maria.base}/api/openapi.json") as answer:
        assert answer.status == 200
        found: dict[str, Any] = await answer.json()
        return found


def routes_of(world: World) -> set[tuple[str, str]]:
    found = {(one.method, one.resource.canonical) for one in pages(world.parts).router.routes() if one.resource}
    api = {
        (method, path) for method, path in found if path.startswith("/api/") and method not in ("HEAD", "OPTIONS", "*")
    }
    return api - {("GET", "/api/openapi.json")}


async def test_every_route_of_the_api_stands_in_it_and_no_other(world: World, maria: Browser) -> None:
    found = await described(maria)
    told = {(method.upper(), path) for path, methods in found["paths"].items() for method in methods}
    assert told == routes_of(world) | {
        ("GET", "/api/messages/"), ("POST", "/api/messages/"), ("POST", "/api/messages/choices")
    }  # fmt: skip


async def test_every_shape_has_a_name_of_its_own_and_every_operation_an_id(maria: Browser) -> None:
    """Programs that write clients name classes and functions by them."""
    found = await described(maria)
    shapes = found["components"]["schemas"]
    assert {name: shape.get("title") for name, shape in shapes.items()} == {name: name for name in shapes}
    operations = [one["operationId"] for methods in found["paths"].values() for one in methods.values()]
    assert sorted(operations) == sorted(set(operations))


async def test_it_tells_of_refused_sign_ins_and_of_where_events_go_on(maria: Browser) -> None:
    paths = (await described(maria))["paths"]
    for way in ("link", "telegram"):
        assert "403" in paths[f"/api/desk/sign-in/{way}"]["post"]["responses"]
    assert [one["name"] for one in paths["/api/desk/events"]["get"]["parameters"]] == ["Last-Event-ID"]


async def test_what_takes_a_file_says_so(maria: Browser) -> None:
    """Programs that write clients give a file to what takes one, and to nothing else."""
    takes = {
        path
        for path, methods in (await described(maria))["paths"].items()
        for one in methods.values()
        if "application/octet-stream" in one.get("requestBody", {}).get("content", {})
    }
    assert takes == {"/api/desk/tickets/{ticket}/files", "/api/desk/setup/file", "/api/widget/pictures"}


async def test_clients_are_told_where_it_is_and_what_belongs_together(world: World, maria: Browser) -> None:
    assert (await described(maria))["servers"] == [{"url": "/"}]
    world.parts.settings.http.__dict__["public_url"] = "https://desk.example/support/"
    async with ClientSession() as http, visited(world, http) as behind:
        found = await described(behind)
    assert found["servers"] == [{"url": "https://desk.example/support"}]
    assert found["paths"]["/api/desk/tickets/{ticket}/actions"]["post"]["tags"] == ["tickets"]
    assert found["paths"]["/api/desk/tickets/{ticket}/deeds"]["post"]["deprecated"]
    assert found["paths"]["/api/desk/sign-in/link"]["post"]["tags"] == ["sign_in"]
    assert found["paths"]["/api/messages/"]["post"]["tags"] == ["messages"]


async def test_every_reference_leads_somewhere_and_every_name_is_one(maria: Browser) -> None:
    found = await described(maria)
    schemas = found["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/(\w+)", str(found))) <= schemas.keys()
    names = [one["operationId"] for methods in found["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))


def fits(  # noqa: PLR0911  # a table
    value: Any, schema: dict[str, Any], schemas: dict[str, Any]
) -> bool:
    """Whether a value is what a schema says; of its rules those that pydantic writes for answers."""
    if "$ref" in schema:
        return fits(value, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return any(fits(value, one, schemas) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    match schema.get("type"):
        case "object":
            properties, more = schema.get("properties", {}), schema.get("additionalProperties")
            known = isinstance(value, dict) and (bool(more) or value.keys() == properties.keys())
            return known and all(fits(one, properties.get(name, more), schemas) for name, one in value.items())
        case "array":
            return isinstance(value, list) and all(fits(one, schema["items"], schemas) for one in value)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float))
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case _:
            return isinstance(value, str)


async def test_answers_are_what_it_says(world: World, maria: Browser) -> None:
    await world.says(1, "позовите оператора")
    await maria.writes(1, "Здравствуйте!")
    await maria.writes(1, "грубит", what="notes")
    await world.works()
    found = await described(maria)
    for path, name in (
        ("me", "me"),
        ("sessions", "sessions"),
        ("choices", "choices"),
        ("tickets", "tickets"),
        ("tickets/1", "tickets/{ticket}"),
        ("tickets/77", "tickets/{ticket}"),
        ("tickets/1/answers", "tickets/{ticket}/answers"),
        ("customers/1/lines", "customers/{customer}/lines"),
        ("customers/77/lines", "customers/{customer}/lines"),
    ):
        status, told = await maria.get(path)
        content = found["paths"][f"/api/desk/{name}"]["get"]["responses"][str(status)]["content"]["application/json"]
        assert fits(told, content["schema"], found["components"]["schemas"]), (path, told)
    for path, body in (
        ("actions", {"action": "take", "key": new_key()}),
        ("actions", {"action": "dance", "key": new_key()}),
        ("replies", {"text": " ", "key": new_key()}),
        ("notes", {"text": "x", "key": "?"}),
        ("notes", {"text": "x" * 4097, "key": new_key()}),
    ):
        status, told = await maria.post(f"tickets/1/{path}", **body)
        content = found["paths"][f"/api/desk/tickets/{{ticket}}/{path}"]["post"]["responses"][str(status)]["content"]
        assert fits(told, content["application/json"]["schema"], found["components"]["schemas"]), (path, told)


async def test_the_older_part_of_the_api_answers_as_described(maria: Browser, http: ClientSession) -> None:
    at = f"{maria.base}/api/messages/"
    async with http.post(at, json={"client_id": "c", "content": "доставка"}, headers=BEARER) as answer:
        MessageAnswer.model_validate_json(await answer.read())
    async with http.get(at, params={"client_id": "c"}, headers=BEARER) as answer:
        assert len(HistoryPage.model_validate_json(await answer.read()).messages) == 2
