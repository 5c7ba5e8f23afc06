"""The one Jinja2 environment: sandboxed, strict about names, escaping every value."""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS: Final = ("capitalize", "default", "lower", "title", "trim", "upper")
TESTS: Final = ("defined", "none", "true", "false")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    built = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: "" if value is None else value,
    )
    built.globals.clear()
    built.filters["default"] = _default
    return built


def _default(value: object, other: str = "") -> object:
    """Stand in for what is empty too: no documented variable is ever undefined."""
    return value or other
