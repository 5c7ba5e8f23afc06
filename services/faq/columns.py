"""Which column of a table is the question and which is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.faq.blocks import Block
from services.faq.questions import asks
from services.faq.words import words

Role = Literal["question", "answer", "topic", "language"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns, from 0; `named`: the first row says so, and is no pair itself."""

    question: int
    answer: int
    topic: int | None = None
    language: int | None = None
    named: bool = False


def columns_of(rows: Sequence[Block]) -> Columns | None:
    """Return the columns of a table; None where it has none of questions and answers."""
    head = rows[0].cells
    question, answer = _named(head, "question"), _named(head, "answer")
    if question is None or answer is None:
        return _guessed(rows)
    topic, language = _named(head, "topic"), _named(head, "language")
    return Columns(question=question, answer=answer, topic=topic, language=language, named=True)


def _named(cells: Sequence[str], role: Role) -> int | None:
    return next((place for place, cell in enumerate(cells) if _word(cell) in words()["columns"][role]), None)


def _word(cell: str) -> str:
    return next(iter(cell.casefold().replace("(", " ").replace("_", " ").replace("-", " ").split()), "")


def _guessed(rows: Sequence[Block]) -> Columns | None:
    """By what stands in them: the first column that mostly asks, and the longest text of those behind it."""
    width = max(len(row.cells) for row in rows)
    for question in range(width - 1):
        said = [row.cells[question] for row in rows if len(row.cells) > question and row.cells[question]]
        if said and sum(map(asks, said)) * 2 > len(said):
            lengths = {
                place: sum(len(row.cells[place]) for row in rows if len(row.cells) > place)
                for place in range(question + 1, width)
            }
            return Columns(question=question, answer=max(lengths, key=lambda place: lengths[place]))
    return None
