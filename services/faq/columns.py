"""Which columns of a table are questions and which are answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.faq.blocks import Block
from services.faq.questions import asks
from services.faq.words import words

Role = Literal["question", "answer", "topic", "language"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLES: Final = 10
"""Rows that may stand above the columns' names: a title, a date, an empty line."""
_LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns, from 0."""

    questions: tuple[int, ...]
    """Several are ways of asking for the same."""
    answer: int
    topic: int | None = None
    language: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table holds: its rows of pairs, and a set of columns for each language in it."""

    rows: Sequence[Block]
    columns: tuple[Columns, ...]


def table_of(rows: Sequence[Block]) -> Table | None:
    """Return what the table holds; None where it has no questions and answers."""
    for number, row in enumerate(rows[:_TITLES]):
        if columns := _named_columns(row.cells):
            below = [
                each for each in rows[number + 1 :] if each.cells != row.cells
            ]  # a part of it may repeat the names
            return Table(rows=below, columns=columns)
    guessed = _guessed(rows)
    return Table(rows=rows, columns=(guessed,)) if guessed else None


def _named_columns(head: Sequence[str]) -> tuple[Columns, ...]:
    questions, answers = _named(head, "question"), _named(head, "answer")
    if not questions or not answers:
        return ()
    topic, language = (next(iter(_named(head, role)), None) for role in ("topic", "language"))
    if len(questions) == len(answers) > 1:  # one of each for every language
        told = zip(questions, answers, strict=True)
        return tuple(Columns(questions=(question,), answer=answer, topic=topic) for question, answer in told)
    ways = tuple(place for place in questions if _words(head[place]) == _words(head[questions[0]]))
    return (Columns(questions=ways, answer=answers[0], topic=topic, language=language),)


def _named(cells: Sequence[str], role: Role) -> list[int]:
    """Return the columns of this name: those that begin with it, else those that have it, else a lone weaker word."""
    names, weaker = words()["columns"][role], words()["columns"]["alone"].get(role, ())
    said = [_words(cell) if len(cell) <= _LONGEST_NAME and not cell.endswith("?") else [] for cell in cells]
    ways = (
        [place for place, each in enumerate(said) if each[:1] and each[0] in names],
        [place for place, each in enumerate(said) if any(word in names for word in each)],
        [place for place, each in enumerate(said) if len(each) == 1 and each[0] in weaker],
    )
    return next(filter(None, ways), [])


def _words(cell: str) -> list[str]:
    return _WORD.findall(cell.casefold())


def _guessed(rows: Sequence[Block]) -> Columns | None:
    """By what stands in them: the first column half of which asks, and the longest text of those behind it."""
    width = max(len(row.cells) for row in rows)
    for question in range(width - 1):
        said = [row.cells[question] for row in rows if len(row.cells) > question and row.cells[question]]
        if said and sum(map(asks, said)) * 2 >= len(said):
            lengths = {
                place: sum(len(row.cells[place]) for row in rows if len(row.cells) > place)
                for place in range(question + 1, width)
            }
            return Columns(questions=(question,), answer=max(lengths, key=lambda place: lengths[place]))
    return None
