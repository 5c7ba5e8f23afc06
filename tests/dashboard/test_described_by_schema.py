"""Every answer is what the OpenAPI document says, whatever is asked: schemathesis makes up the requests."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from tests.dashboard.visitor import API_TOKEN, MARIA, Browser
from tests.lines.world import World

EXAMPLES: Final = 3
"""Of each operation and kind: the machine of whoever runs the tests has more to do."""
WITHIN_S: Final = 90.0
"""The ten seconds that schemathesis gives an answer are not enough on a busy machine."""
ENDLESS: Final = "/api/desk/events"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.long
@pytest.mark.timeout(300)
async def test_whatever_is_asked_is_answered_as_described(world: World, maria: Browser, mode: str) -> None:
    world.parts.dashboard.authorization._admins._ids = lambda: frozenset((MARIA.id,))
    await world.says(1, "позовите оператора")
    await world.works()
    _, made = await maria.post("tokens", name="schemathesis", role="admin")
    async with maria.http.get(f"{maria.base}/api/openapi.json") as answer:
        document = await answer.json()
    found = await asyncio.to_thread(_tried, document, maria.base, made["secret"], mode)
    assert not found, "\n\n".join(found)


def _tried(document: dict[str, Any], base: str, secret: str, mode: str) -> list[str]:
    """Ask everything some times; return what was not as described."""
    import schemathesis  # a quarter of a second, which every process that collects the tests would take
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    wanted = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]
    schema = schemathesis.openapi.from_dict(document)
    faults = []
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # a document that cannot be read raises
        if operation.path == ENDLESS:
            continue
        token = secret if operation.path.startswith("/api/desk/") else API_TOKEN

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
        def ask(case: Any) -> None:
            answer = case.call(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=WITHIN_S)
            case.validate_response(answer, checks=wanted)

        try:
            ask()
        except BaseException as error:  # noqa: BLE001  # every fault is told at once, several of them as a group
            faults.append(f"{operation.method} {operation.path}: {_words(error)}")
    return faults


def _words(error: BaseException) -> str:
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
    return "\n".join(_words(one) if isinstance(one, BaseExceptionGroup) else str(one) for one in parts)
