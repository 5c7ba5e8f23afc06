"""The scenario files."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli import which
from bot.cli.doctor import routes
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.scenarios import summary
from bot.settings import Settings
from services.evaluation.gaps import gaps
from services.scenarios.packs import inspect_pack
from storage.engines import sqlite_file


def examine(settings: Settings) -> Iterator[Finding]:
    reading = inspect_pack(settings.scenarios.path)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if reading.pack is None:
        yield fail("scenarios", f"{errors[0]}", f"support-bot scenarios check lists all {len(errors)}")
    else:
        yield ok("scenarios", f"{settings.scenarios.path}: {summary(reading.pack)}")
        if _is_new(settings):
            yield from routes.examine(settings, (scenario.key for scenario in reading.pack.scenarios))
        lacking = list(gaps(reading.pack))
        if lacking:
            more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            yield warn("scenarios", f"{lacking[0]}{more}", "support-bot scenarios check lists all")


def _is_new(settings: Settings) -> bool:
    """Whether the files are what the first start will know; later the database is."""
    file = sqlite_file(which.database(settings).database.url.get_secret_value())
    return file is not None and not file.exists()
