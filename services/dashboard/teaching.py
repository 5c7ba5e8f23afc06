"""An admin tells what a message is that they have tried: a question of an answer, of a new one, or none of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.faq.pairs import MOST_ANSWER
from services.faq.proposing import escaped
from services.templates import TemplateProblem, check
from services.unanswered import pack_changes
from services.unanswered.pack_changes import Change, Line, phrases_of
from storage.closed_sets import AnswerMode
from storage.matters import place_of
from storage.units import Unit

log = structlog.get_logger()
Why = Literal["phrase", "outdated", "known", "answer_long", "answer_faulty"]
"""`phrase`: too long for one, or without words. `known`: it is one of that answer's already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """It asks for an answer that there is."""

    scenario: str
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """It asks for an answer that there was not: its text, in Telegram's HTML."""

    html: str
    mode: AnswerMode


@dataclass(frozen=True, slots=True)
class Foreign:
    """It is nothing that this business is asked."""


Lesson = Belongs | Answered | Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlearned:
    """Nothing was done, and why."""

    why: Why
    problems: Sequence[TemplateProblem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """It is in the pack. No scenario: it is background."""

    scenario: str | None
    answer: str | None


def teach(unit: Unit, line: Line, lesson: Lesson, *, who: Actor, author: str) -> Taught | Unlearned:
    """Let the pack know the message; wherever it stood before, it stands no more."""
    lines = phrases_of([line])
    if not lines:
        return Unlearned(why="phrase")
    change = _changed(unit, lines, lesson, author)
    if isinstance(change, Unlearned):
        return change
    if not change.phrases and not change.background:
        return Unlearned(why="known")
    unit.key_values.write(_row(who), pack_changes.written(change))
    place = place_of(change.scenario, change.answer) if change.scenario else None
    audit.note(unit, who, "answer_changed" if place else "questions_sorted", detail=place or "foreign")
    log.info("pack.taught", answer=place, admin=author)
    return Taught(scenario=change.scenario, answer=change.answer)


def unteach(unit: Unit, *, who: Actor, author: str) -> bool:
    """Take back what this admin has taught last; False where there is nothing, or where somebody works on it."""
    kept = unit.key_values.read(_row(who))
    if not kept:
        return False
    unit.key_values.forget(_row(who))
    change = pack_changes.read(kept)
    if not pack_changes.take_back(unit, change, author=author):
        return False
    audit.note(unit, who, "questions_sorted", detail="undo")
    return True


def _changed(unit: Unit, lines: Sequence[Line], lesson: Lesson, author: str) -> Change | Unlearned:
    match lesson:
        case Belongs(scenario=scenario, answer=answer):
            added = pack_changes.add_phrases(unit, scenario, answer, lines, author=author, move=True)
            return added or Unlearned(why="outdated")
        case Answered(html=html, mode=mode):
            if wrong := wrong_answer(html):
                return wrong
            language, question = lines[0]
            return pack_changes.make_answer(
                unit, question, language, escaped(html.strip()), lines, author=author, mode=mode, move=True
            )
        case Foreign():
            return pack_changes.add_background(unit, lines, author=author, move=True)
        case _:
            assert_never(lesson)


def wrong_answer(html: str) -> Unlearned | None:
    """Return why a text cannot be an answer; None: it can."""
    if len(html) > MOST_ANSWER:
        return Unlearned(why="answer_long")
    problems = check(escaped(html))
    return Unlearned(why="answer_faulty", problems=problems) if problems else None


def _row(who: Actor) -> str:
    return f"taught:{who.id}"
