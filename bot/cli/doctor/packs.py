"""The scenario files."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.scenarios import summary
from bot.settings import Settings
from services.evaluation.gaps import gaps
from services.scenarios.packs import inspect_pack


def examine(settings: Settings) -> Iterator[Finding]:
    reading = inspect_pack(settings.scenarios.path)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if reading.pack is None:
        yield fail("scenarios", f"{errors[0]}", f"support-bot scenarios check lists all {len(errors)}")
    else:
        yield ok("scenarios", f"{settings.scenarios.path}: {summary(reading.pack)}")
        lacking = list(gaps(reading.pack))
        if lacking:
            more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            yield warn("scenarios", f"{lacking[0]}{more}", "support-bot scenarios check lists all")
