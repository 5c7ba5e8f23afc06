"""What the business has told about itself: every version of every value. None is overwritten, a new one retires it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from storage.closed_sets import Language
from storage.records import Fact
from storage.tables import fact_definitions, facts

EVERY: Final = "*"
"""The language of a value that is the same in all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactVersion:
    """One version of the value of a fact in one language, or in `EVERY` one."""

    id: int
    key: str
    language: Language
    value: str
    author: str
    created_at: datetime
    retired_at: datetime | None
    """None: this is what answers say."""


_COLUMNS: Final = [facts.c[name] for name in FactVersion.__slots__]


class Facts:
    """Definitions, which come with the pack, and values, which come from the owner and outlive the pack."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def definitions(self) -> tuple[Fact, ...]:
        rows = self._connection.execute(select(fact_definitions).order_by(fact_definitions.c.key))
        return tuple(
            Fact(key=row.key, type=row.type, question=json.loads(row.questions), example=json.loads(row.examples))
            for row in rows
        )

    def define(self, known: Iterable[Fact]) -> None:
        """Make these the definitions; values of other keys stay and say nothing."""
        self._connection.execute(delete(fact_definitions))
        rows = [
            {
                "key": fact.key,
                "type": fact.type,
                "questions": json.dumps(dict(fact.question), ensure_ascii=False),
                "examples": json.dumps(dict(fact.example), ensure_ascii=False),
            }
            for fact in known
        ]
        if rows:
            self._connection.execute(insert(fact_definitions), rows)

    def standing(self) -> list[FactVersion]:
        """Return what answers say now, of all keys."""
        return self._versions(facts.c.retired_at.is_(None))

    def of(self, key: str) -> list[FactVersion]:
        """Return all versions of a fact, oldest first."""
        return self._versions(facts.c.key == key)

    def get(self, version_id: int) -> FactVersion | None:
        return next(iter(self._versions(facts.c.id == version_id)), None)

    def put(self, key: str, language: Language, value: str, *, author: str) -> int:
        """Let answers say a value from now on; return its id. What says so already stays as it is."""
        stands = self.now_in(key, language)
        if stands is not None and stands.value == value:
            return stands.id
        self.retire(key, language)
        row = self._connection.execute(
            insert(facts)
            .values(key=key, language=language, value=value, author=author, created_at=self._now)
            .returning(facts.c.id)
        )
        return int(row.scalar_one())

    def retire(self, key: str, language: Language) -> bool:
        """Let answers say it no more; False when there was nothing."""
        here = (facts.c.key == key, facts.c.language == language, facts.c.retired_at.is_(None))
        done = self._connection.execute(update(facts).where(*here).values(retired_at=self._now))
        return bool(done.rowcount)

    def now_in(self, key: str, language: Language) -> FactVersion | None:
        """Return what stands in just this language."""
        here = (facts.c.key == key) & (facts.c.language == language) & facts.c.retired_at.is_(None)
        return next(iter(self._versions(here)), None)

    def _versions(self, which: object) -> list[FactVersion]:
        rows = self._connection.execute(select(*_COLUMNS).where(which).order_by(facts.c.id))  # type: ignore[arg-type]  # a condition
        return [FactVersion(**row) for row in rows.mappings()]
