"""What becomes of unanswered questions: each decision, and taking it back. Inside a write unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, assert_never

import structlog

from services.desk import audit
from services.desk.audit import Actor
from services.templates import TemplateProblem
from services.unanswered import pack_changes
from services.unanswered.pack_changes import Change, phrases_of
from storage.closed_sets import GroupState, Language
from storage.matters import place_of
from storage.question_groups import QuestionGroup
from storage.unanswered import Question
from storage.units import Unit

log = structlog.get_logger()
QUESTIONS_MOST: Final = 100
"""Questions of a group that are read, and decided on, at once: the newest."""
Problem = Literal["outdated", "changed", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """An answer of its own: its title, and the template of its text."""

    title: str
    language: Language
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """The questions become phrases of an answer that is there."""

    scenario: str
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belong:
    """The questions belong to an answer; learning hears of it, the pack stays."""

    scenario: str
    answer: str | None


GroupAction = Literal["foreign", "hide", "undo"]
Decision = Make | Join | Belong | GroupAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How a group stands after a decision; or why nothing was done."""

    state: GroupState | None = None
    scenario: str | None = None
    answer: str | None = None
    problem: Problem | None = None
    problems: Sequence[TemplateProblem] = ()


def outdated() -> Decided:
    return Decided(problem="outdated")


def decide_in(unit: Unit, group_id: int, decision: Decision, *, who: Actor, author: str) -> Decided:
    """Decide inside a write unit."""
    group = unit.question_groups.get(group_id, lock=True)
    if group is None:
        return outdated()
    if decision == "undo":
        return _undone(unit, group, who=who, author=author)
    if group.state != "open":
        return outdated()  # of two who decide at once the first does
    questions = unit.question_pages.of_group(group_id, most=QUESTIONS_MOST)
    lines = phrases_of((one.language, one.text) for one in questions)
    change: Change | None
    state: GroupState
    match decision:
        case Make():
            change = pack_changes.make_answer(
                unit, decision.title, decision.language, decision.source.strip(), lines, author=author
            )
            state = "answered"
        case Join():
            change = pack_changes.add_phrases(unit, decision.scenario, decision.answer, lines, author=author)
            state = "answered"
        case Belong():
            change = _labelled(unit, questions, decision, who)
            state = "placed"
        case "foreign":
            change = pack_changes.add_background(unit, lines, author=author)
            state = "foreign"
        case "hide":
            change, state = Change(), "hidden"
        case _:
            assert_never(decision)
    if change is None:
        return outdated()
    unit.question_groups.decide(
        group_id,
        state,
        by=author,
        scenario=change.scenario,
        answer=change.answer,
        undo=pack_changes.written(change),
    )
    named = place_of(change.scenario, change.answer) if change.scenario else None
    audit.note(unit, who, "answer_changed" if change.phrases else "questions_sorted", detail=named or state)
    log.info("unanswered.decided", group=group_id, state=state, scenario=change.scenario, admin=author)
    return Decided(state=state, scenario=change.scenario, answer=change.answer)


def _undone(unit: Unit, group: QuestionGroup, *, who: Actor, author: str) -> Decided:
    if group.state == "open":
        return Decided(state="open")
    change = pack_changes.read(group.undo)
    touched = change.phrases or change.background or change.made
    if touched and not pack_changes.take_back(unit, change, author=author):
        return Decided(problem="changed", state=group.state, scenario=group.scenario, answer=group.answer)
    for label_id in change.labels:
        unit.labels.take_back(label_id, by=who.name)
    unit.question_groups.decide(group.id, "open", by=None)
    audit.note(unit, who, "questions_sorted", detail="undo")
    log.info("unanswered.undone", group=group.id, admin=author)
    return Decided(state="open")


def _labelled(unit: Unit, questions: Sequence[Question], to: Belong, who: Actor) -> Change | None:
    """Keep it for learning, for each question by itself."""
    scenario = next((one for one in unit.scenarios.outlines() if one.key == to.scenario), None)
    if scenario is None or (to.answer is not None and scenario.answer(to.answer) is None):
        return None
    labels = [
        unit.labels.add(
            "grouped",
            scenario=to.scenario,
            answer=to.answer,
            language=one.language,
            text=one.text,
            ticket_id=one.ticket_id,
            message_id=one.message_id,
            operator_id=who.id,
            operator_name=who.name,
        )
        for one in questions
    ]
    return Change(scenario=to.scenario, answer=to.answer, labels=tuple(labels))
