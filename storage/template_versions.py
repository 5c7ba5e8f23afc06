"""Every version of every answer. None is overwritten: a new one retires the one before it, in the same moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from storage.closed_sets import Language
from storage.tables import templates


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One version of one variant of an answer."""

    id: int
    scenario: str
    answer: str | None
    """None: the one text of the scenario."""
    language: Language
    text: str
    author: str
    created_at: datetime
    retired_at: datetime | None
    """None: this is what customers read."""


_COLUMNS: Final = [templates.c[name] for name in TemplateVersion.__slots__]


def earlier(versions: Iterable[TemplateVersion]) -> dict[int, TemplateVersion]:
    """Return, by id, the version that each one took the place of.

    A version begins in the very moment its predecessor is retired, so no column has to say which that was. Where
    several changed at once (an import), they are paired in their order.
    """
    retired: defaultdict[tuple[str, str | None, str, datetime | None], list[TemplateVersion]] = defaultdict(list)
    found: dict[int, TemplateVersion] = {}
    in_order = sorted(versions, key=lambda one: one.id)
    for one in in_order:
        if one.retired_at is not None:
            retired[one.scenario, one.answer, one.language, one.retired_at].append(one)
    for one in in_order:
        left = retired[one.scenario, one.answer, one.language, one.created_at]
        if left and left[0].id < one.id:
            found[one.id] = left.pop(0)
    return found


def standing(versions: Sequence[TemplateVersion]) -> list[TemplateVersion]:
    """Return what customers read, each variant in the place of its first version: an edit moves nothing."""
    before = earlier(versions)

    def first(one: TemplateVersion) -> int:
        while one.id in before:
            one = before[one.id]
        return one.id

    return sorted((one for one in versions if one.retired_at is None), key=first)


class TemplateVersions:
    """Versions of answers, old ones too."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def all(self) -> list[TemplateVersion]:
        rows = self._connection.execute(select(*_COLUMNS).order_by(templates.c.id))
        return [TemplateVersion(**row) for row in rows.mappings()]

    def of(self, scenario: str) -> list[TemplateVersion]:
        """Return all versions of a scenario, of its answers too."""
        rows = self._connection.execute(
            select(*_COLUMNS).where(templates.c.scenario == scenario).order_by(templates.c.id)
        )
        return [TemplateVersion(**row) for row in rows.mappings()]

    def of_answer(self, scenario: str, answer: str | None) -> list[TemplateVersion]:
        """Return the versions of one answer; with None those of the one text of a scenario."""
        return [one for one in self.of(scenario) if one.answer == answer]

    def get(self, wording_id: int) -> TemplateVersion | None:
        row = self._connection.execute(select(*_COLUMNS).where(templates.c.id == wording_id))
        found = row.mappings().one_or_none()
        return TemplateVersion(**found) if found else None

    def add(self, scenario: str, language: Language, text: str, *, author: str, answer: str | None = None) -> int:
        """Let customers read one more text; return its id."""
        row = self._connection.execute(
            insert(templates)
            .values(
                scenario=scenario,
                answer=answer,
                language=language,
                text=text,
                author=author,
                created_at=self._now,
            )
            .returning(templates.c.id)
        )
        return int(row.scalar_one())

    def retire(self, wording_id: int) -> bool:
        """Let customers read a text no more; False when somebody was faster."""
        done = self._connection.execute(
            update(templates)
            .where(templates.c.id == wording_id, templates.c.retired_at.is_(None))
            .values(retired_at=self._now)
        )
        return bool(done.rowcount)
