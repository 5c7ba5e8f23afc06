"""What the bot knows: scenarios, phrases and templates. Files seed them; from then on the database is the truth."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, text, update

from storage.records import BackgroundLine, Scenario, Template
from storage.tables import phrases, scenarios, templates
from storage.template_versions import TemplateVersions, standing


class Scenarios:
    """The pack, as rows. A template is never overwritten: a new one retires it, so who changed what stays known."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def hold(self) -> None:
        """Let no other process change the pack until the unit closes (SQLite's units are alone anyway)."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE scenarios IN SHARE ROW EXCLUSIVE MODE"))

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(scenarios)) or 0

    def load(self) -> tuple[tuple[Scenario, ...], tuple[BackgroundLine, ...]]:
        """Return all scenarios in their order, and the background."""
        said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        background: list[BackgroundLine] = []
        for row in self._connection.execute(select(phrases).order_by(phrases.c.id)):
            if row.scenario is None:
                background.append(BackgroundLine(language=row.language, text=row.text))
            else:
                said[row.scenario][row.language].append(row.text)
        answers: defaultdict[str, list[Template]] = defaultdict(list)
        for one in standing(TemplateVersions(self._connection, self._now).all()):
            answers[one.scenario].append(Template(language=one.language, text=one.text))
        known = tuple(
            Scenario(
                key=row.key,
                title=json.loads(row.titles),
                description=row.description,
                priority=row.priority,
                action=row.action,
                examples={language: tuple(lines) for language, lines in said[row.key].items()},
                templates=tuple(answers[row.key]),
            )
            for row in self._connection.execute(select(scenarios).order_by(scenarios.c.position))
        )
        return known, tuple(background)

    def outlines(self) -> list[Scenario]:
        """Return all scenarios in their order, without their phrases and answers."""
        rows = self._connection.execute(select(scenarios).order_by(scenarios.c.position))
        return [
            Scenario(
                key=row.key,
                title=json.loads(row.titles),
                description=row.description,
                priority=row.priority,
                action=row.action,
                examples={},
                templates=(),
            )
            for row in rows
        ]

    def replace(self, known: tuple[Scenario, ...], background: tuple[BackgroundLine, ...], *, author: str) -> None:
        """Make the database say what a pack says; unchanged templates keep their author and time."""
        self._connection.execute(delete(phrases))
        self._drop_missing({scenario.key for scenario in known})
        for position, scenario in enumerate(known):
            self._write(position, scenario)
            self._write_templates(scenario, author)
        rows: list[dict[str, str | None]] = [
            {"scenario": scenario.key, "language": language, "text": line}
            for scenario in known
            for language, lines in scenario.examples.items()
            for line in lines
        ]
        rows += [{"scenario": None, "language": line.language, "text": line.text} for line in background]
        if rows:
            self._connection.execute(insert(phrases), rows)

    def _drop_missing(self, keys: set[str]) -> None:
        gone = set((self._connection.scalars(select(scenarios.c.key))).all()) - keys
        if gone:
            self._connection.execute(delete(templates).where(templates.c.scenario.in_(gone)))
            self._connection.execute(delete(scenarios).where(scenarios.c.key.in_(gone)))

    def _write(self, position: int, scenario: Scenario) -> None:
        values = {
            "position": position,
            "titles": json.dumps(dict(scenario.title), ensure_ascii=False),
            "description": scenario.description,
            "priority": scenario.priority,
            "action": scenario.action,
        }
        done = self._connection.execute(update(scenarios).where(scenarios.c.key == scenario.key).values(**values))
        if not done.rowcount:
            self._connection.execute(insert(scenarios).values(key=scenario.key, **values))

    def _write_templates(self, scenario: Scenario, author: str) -> None:
        current = self._connection.execute(
            select(templates).where(templates.c.scenario == scenario.key, templates.c.retired_at.is_(None))
        )
        kept = {(row.language, row.text): row.id for row in current}
        wanted = [(template.language, template.text) for template in scenario.templates]
        retired = [row for said, row in kept.items() if said not in wanted]
        if retired:
            self._connection.execute(update(templates).where(templates.c.id.in_(retired)).values(retired_at=self._now))
        for language, source in wanted:
            if (language, source) not in kept:
                self._connection.execute(
                    insert(templates).values(
                        scenario=scenario.key, language=language, text=source, author=author, created_at=self._now
                    )
                )
