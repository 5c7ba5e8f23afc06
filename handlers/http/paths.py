"""How paths are written."""

from __future__ import annotations


def with_or_without_slash(path: str) -> str:
    """Return the route that matches a path also with a slash at its end, as proxies and people write it."""
    return path + "{_slash:/?}"
