"""Every version of every scenario as a whole: titles, phrases and texts, as they stood after each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select

from storage.tables import scenario_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioVersion:
    """One of them."""

    id: int
    scenario: str
    content: str | None
    """The scenario as JSON; None: it was removed."""
    mark: str
    """Digest of the content; empty where it was removed."""
    author: str
    created_at: datetime


_COLUMNS: Final = [scenario_versions.c[name] for name in ScenarioVersion.__slots__]


class ScenarioVersions:
    """They outlive their scenario, so that it can be brought back."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def marks(self) -> dict[str, str]:
        """Return the newest mark of each scenario that there ever was; empty for one that was removed."""
        newest = select(func.max(scenario_versions.c.id)).group_by(scenario_versions.c.scenario)
        rows = self._connection.execute(
            select(scenario_versions.c.scenario, scenario_versions.c.mark).where(scenario_versions.c.id.in_(newest))
        )
        return {row.scenario: row.mark for row in rows}

    def of(self, scenario: str, *, most: int) -> list[ScenarioVersion]:
        """Return the versions of a scenario, newest first."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(scenario_versions.c.scenario == scenario)
            .order_by(scenario_versions.c.id.desc())
            .limit(most)
        )
        return [ScenarioVersion(**row) for row in rows.mappings()]

    def add(self, scenario: str, content: str | None, *, mark: str, author: str) -> None:
        self._connection.execute(
            insert(scenario_versions).values(
                scenario=scenario, content=content, mark=mark, author=author, created_at=self._now
            )
        )
