"""The scenario files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cli import which
from bot.cli.doctor import routes
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.scenarios import summary
from bot.cli.scoring import mixed_lines_within
from bot.settings import Settings
from services.evaluation.gaps import gaps
from services.scenarios.packs import inspect_pack
from storage.engines import sqlite_file
from storage.records import Pack

LISTS: Final = "support-bot scenarios check lists all"


def examine(settings: Settings, *, seconds: float) -> Iterator[Finding]:
    """Look at the files, and so long for answers that are mixed up; not at all for 0."""
    reading = inspect_pack(settings.scenarios.path)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if reading.pack is None:
        yield fail("scenarios", f"{errors[0]}", f"support-bot scenarios check lists all {len(errors)}")
    else:
        yield ok("scenarios", f"{settings.scenarios.path}: {summary(reading.pack)}")
        if _is_new(settings):
            yield from routes.examine(settings, (scenario.key for scenario in reading.pack.scenarios))
        yield from _listed(list(gaps(reading.pack)))
        if seconds:
            yield from _mixed(reading.pack, seconds)


def _mixed(pack: Pack, seconds: float) -> Iterator[Finding]:
    found = mixed_lines_within(pack, seconds)
    if found is None:
        yield warn("scenarios", f"no time to look for answers that are mixed up ({seconds:.0f} s)", LISTS)
    else:
        yield from _listed([f"mixed up: {line}" for line in found])


def _listed(lines: Sequence[str]) -> Iterator[Finding]:
    if lines:
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield warn("scenarios", f"{lines[0]}{more}", LISTS)


def _is_new(settings: Settings) -> bool:
    """Whether the files are what the first start will know; later the database is."""
    file = sqlite_file(which.database(settings).database.url.get_secret_value())
    return file is not None and not file.exists()
