"""What can be asked about a span of time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.http.desk.requests import Strict


class ReportQuery(Strict):
    """`7d`, `30d`, `90d`, or the first and the last day: `2026-03-01 2026-03-31`."""

    span: Annotated[str, StringConstraints(max_length=40)] = "7d"


class TableQuery(ReportQuery):
    """Which table of it."""

    table: Literal["totals", "days", "reasons", "scenarios", "answers", "ladder", "operators", "groups", "engines"]
