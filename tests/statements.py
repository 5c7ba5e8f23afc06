"""What SQLAlchemy compiles, once for all databases of a test process: each engine would compile the same anew.

A bot has one engine for as long as it lives; here each test has a few, and to compile was a fifth of what it took.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from storage import engines


class _Compiled(dict[Any, Any]):
    """Statements by what they say and by the kind of their dialect; SQLAlchemy asks by the dialect of one engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_of_kind(key), compiled)


def _of_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return (type(key[0]), *key[1:])


def compiled_once() -> None:
    """Let the engines that the product makes from now on share their statements."""
    shared = {"compiled_cache": _Compiled()}
    for name in ("create_engine", "create_async_engine"):
        make: Callable[..., Any] = getattr(engines, name)
        setattr(engines, name, partial(make, execution_options=shared))
