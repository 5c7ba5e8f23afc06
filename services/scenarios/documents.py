"""A scenario as JSON and back, and a short name of its content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from storage.records import Scenario


@cache
def _adapter() -> TypeAdapter[Scenario]:
    return TypeAdapter(Scenario)


def content_of(scenario: Scenario) -> str:
    """Return it as JSON: the same letters for the same content."""
    values = _adapter().dump_python(scenario, mode="json")
    for part in (values, *values["answers"]):
        if part["mode"] in {None, "auto"}:  # silent, so that what was kept before there were modes keeps its mark
            del part["mode"]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def scenario_of(content: str) -> Scenario:
    values = json.loads(content)
    for part in (values, *values.get("answers", ())):
        part.setdefault("mode", "auto")
    return _adapter().validate_python(values)


def scenario_from(values: Mapping[str, Any]) -> Scenario:
    """Return the scenario that nested plain values describe; they are checked by whoever took them in."""
    return _adapter().validate_python(values)


def mark_of(content: str) -> str:
    """Return sixteen hex digits that tell one content from another."""
    return sha256(content.encode()).hexdigest()[:16]
