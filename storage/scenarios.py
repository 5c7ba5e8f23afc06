"""What the bot knows: scenarios, phrases and templates. Files seed them; from then on the database is the truth."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update

from storage.closed_sets import AnswerMode
from storage.records import Answer, BackgroundLine, Scenario, Template
from storage.setup_pairs import SetupPairs
from storage.tables import answers, phrases, scenarios, templates
from storage.template_versions import TemplateVersions, standing

_Place = tuple[str, str | None]
"""A scenario, and one of its answers or None for itself."""


class Scenarios:
    """The pack, as rows. A template is never overwritten: a new one retires it, so who changed what stays known."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    @cached_property
    def pairs(self) -> SetupPairs:
        """What the set-up may make answers of."""
        return SetupPairs(self._connection)

    def hold(self) -> None:
        """Let no other process change the pack until the unit closes (SQLite's units are alone anyway)."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE scenarios IN SHARE ROW EXCLUSIVE MODE"))

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(scenarios)) or 0

    def load(self) -> tuple[tuple[Scenario, ...], tuple[BackgroundLine, ...]]:
        """Return all scenarios in their order, and the background."""
        said: defaultdict[_Place, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        background: list[BackgroundLine] = []
        columns = phrases.c.scenario, phrases.c.answer, phrases.c.language, phrases.c.text
        for scenario, answer, language, line in self._connection.execute(select(*columns).order_by(phrases.c.id)).all():
            if scenario is None:
                background.append(BackgroundLine(language=language, text=line))
            else:
                said[scenario, answer][language].append(line)
        examples = {place: {language: tuple(lines) for language, lines in by.items()} for place, by in said.items()}
        texts: defaultdict[_Place, list[Template]] = defaultdict(list)
        for one in standing(TemplateVersions(self._connection, self._now).all()):
            texts[one.scenario, one.answer].append(Template(language=one.language, text=one.text))
        known = tuple(
            replace(
                one,
                examples=examples.get((one.key, None), {}),
                templates=tuple(texts[one.key, None]),
                answers=tuple(
                    replace(
                        answer,
                        examples=examples.get((one.key, answer.key), {}),
                        templates=tuple(texts[one.key, answer.key]),
                    )
                    for answer in one.answers
                ),
            )
            for one in self.outlines()
        )
        return known, tuple(background)

    def outlines(self) -> list[Scenario]:
        """Return all scenarios in their order with their answers, without phrases and texts."""
        several: defaultdict[str, list[Answer]] = defaultdict(list)
        for row in self._connection.execute(select(answers).order_by(answers.c.scenario, answers.c.position)):
            several[row.scenario].append(_answer(row))
        return [
            Scenario(
                key=row.key,
                title=json.loads(row.titles),
                description=row.description,
                priority=row.priority,
                action=row.action,
                mode=row.mode,
                examples={},
                templates=(),
                answers=tuple(several[row.key]),
            )
            for row in self._connection.execute(select(scenarios).order_by(scenarios.c.position))
        ]

    def replace(self, known: tuple[Scenario, ...], background: tuple[BackgroundLine, ...], *, author: str) -> None:
        """Make the database say what a pack says; unchanged templates keep their author and time."""
        self._connection.execute(delete(phrases))
        self._connection.execute(delete(answers))
        self._drop_missing({scenario.key for scenario in known})
        rows: list[dict[str, str | None]] = []
        for position, scenario in enumerate(known):
            self._write(position, scenario)
            self._write_answers(scenario)
            self._write_templates(scenario, author)
            for answer, part in scenario.parts:
                rows += _phrase_rows(scenario.key, answer, part.examples)
        rows += [
            {"scenario": None, "answer": None, "language": line.language, "text": line.text} for line in background
        ]
        if rows:
            self._connection.execute(insert(phrases), rows)

    def set_mode(self, scenario: str, answer: str | None, mode: AnswerMode) -> bool:
        """Let one answer have a mode; False where it has it already, or is gone."""
        theirs = [answers.c.scenario == scenario, answers.c.key == answer] if answer else [scenarios.c.key == scenario]
        table = answers if answer else scenarios
        done = self._connection.execute(update(table).where(*theirs, table.c.mode != mode).values(mode=mode))
        return bool(done.rowcount)

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
            "mode": scenario.mode or "auto",
        }
        done = self._connection.execute(update(scenarios).where(scenarios.c.key == scenario.key).values(**values))
        if not done.rowcount:
            self._connection.execute(insert(scenarios).values(key=scenario.key, **values))

    def _write_answers(self, scenario: Scenario) -> None:
        rows = [
            {
                "scenario": scenario.key,
                "key": answer.key,
                "position": position,
                "titles": json.dumps(dict(answer.title), ensure_ascii=False),
                "priority": answer.priority,
                "action": answer.action,
                "mode": answer.mode or "auto",
            }
            for position, answer in enumerate(scenario.answers)
        ]
        if rows:
            self._connection.execute(insert(answers), rows)

    def _write_templates(self, scenario: Scenario, author: str) -> None:
        current = self._connection.execute(
            select(templates).where(templates.c.scenario == scenario.key, templates.c.retired_at.is_(None))
        )
        kept = {(row.answer, row.language, row.text): row.id for row in current}
        wanted = [
            (key, template.language, template.text) for key, part in scenario.parts for template in part.templates
        ]
        retired = [row for said, row in kept.items() if said not in wanted]
        if retired:
            self._connection.execute(update(templates).where(templates.c.id.in_(retired)).values(retired_at=self._now))
        versions = TemplateVersions(self._connection, self._now)
        for answer, language, source in wanted:
            if (answer, language, source) not in kept:
                versions.add(scenario.key, language, source, author=author, answer=answer)


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        key=row.key,
        title=json.loads(row.titles),
        examples={},
        templates=(),
        priority=row.priority,
        action=row.action,
        mode=row.mode,
    )


def _phrase_rows(
    scenario: str, answer: str | None, examples: Mapping[str, tuple[str, ...]]
) -> list[dict[str, str | None]]:
    return [
        {"scenario": scenario, "answer": answer, "language": language, "text": line}
        for language, lines in examples.items()
        for line in lines
    ]
