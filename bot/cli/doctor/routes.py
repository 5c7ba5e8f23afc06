"""Routes by scenarios that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.cli.doctor.findings import Finding, fail
from bot.settings import Settings
from bot.strange_routes import strange_routes


def examine(settings: Settings, known: Iterable[str]) -> Iterator[Finding]:
    """Compare the routes with the keys of the scenarios that there are."""
    keys = list(known)
    for key in strange_routes(settings, keys):
        fix = f"write one of {', '.join(sorted(keys))}" if keys else "bring the scenarios in first"
        yield fail("routes", f"operators.routes names scenario {key}, which there is not", fix)
