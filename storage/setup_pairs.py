"""Questions and answers of the owner's file, while the set-up decides about each of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from storage.closed_sets import Language, PairState
from storage.tables import setup_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """Another way of asking that a model proposes; used once somebody has ticked it."""

    language: Language
    text: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPair:
    """One of them, with what was decided about it."""

    id: int
    state: PairState
    questions: tuple[str, ...]
    title: str
    answer: str
    """In Telegram's HTML."""
    topic: str
    language: Language
    place: str
    likely: tuple[str, ...]
    """Names of the answers that it may belong to, the likeliest first; as they were when somebody asked."""
    scenario: str | None
    target: str | None
    """The answer that it is merged with, by `scenario` and its key."""
    own_text: bool
    """Of a merged one: its text takes the place of the answer's."""
    phrasings: tuple[Phrasing, ...]


class NewPair(TypedDict):
    """What a file tells of one."""

    questions: tuple[str, ...]
    title: str
    answer: str
    topic: str
    language: Language
    place: str


class PairChanges(TypedDict, total=False):
    """What is decided about one, by the names of its fields."""

    state: PairState
    questions: tuple[str, ...]
    title: str
    answer: str
    likely: Sequence[str]
    scenario: str | None
    target: str | None
    own_text: bool


_JSON: Final = ("questions", "likely", "phrasings")


class SetupPairs:
    """In the order of the file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[SetupPair]:
        rows = self._connection.execute(select(setup_pairs).order_by(setup_pairs.c.id))
        return [_pair(row) for row in rows.mappings()]

    def add(self, pairs: Iterable[NewPair]) -> None:
        """Put these below those that there are."""
        new: dict[str, Any] = {"state": "new", "likely": (), "own_text": True, "phrasings": ()}
        rows = [_written(new | dict(one)) for one in pairs]
        if rows:
            self._connection.execute(insert(setup_pairs), rows)

    def change(self, pair_id: int, **changes: Unpack[PairChanges]) -> None:
        self._write(pair_id, changes)

    def propose(self, pair_id: int, phrasings: Sequence[Phrasing]) -> None:
        told = [{"language": one.language, "text": one.text, "ticked": one.ticked} for one in phrasings]
        self._write(pair_id, {"phrasings": told})

    def clear(self) -> None:
        self._connection.execute(delete(setup_pairs))

    def _write(self, pair_id: int, values: Mapping[str, object]) -> None:
        self._connection.execute(update(setup_pairs).where(setup_pairs.c.id == pair_id).values(**_written(values)))


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: json.dumps(list(value), ensure_ascii=False) if key in _JSON else value for key, value in values.items()
    }


def _pair(row: RowMapping) -> SetupPair:
    said = {key: tuple(json.loads(row[key])) for key in _JSON}
    phrasings = tuple(Phrasing(**one) for one in said.pop("phrasings"))
    return SetupPair(**{**row, **said, "phrasings": phrasings})
