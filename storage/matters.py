"""One thing that can be asked about: a scenario, or one answer of one that has several; std only, as the records."""

from __future__ import annotations

from dataclasses import dataclass

from storage.closed_sets import Action, AnswerMode, Priority
from storage.records import Answer, Scenario


def place_of(scenario: str, answer: str | None) -> str:
    """Name what was asked or answered: `DELIVERY.COST`, or `DELIVERY` where a scenario has one text."""
    return f"{scenario}.{answer}" if answer else scenario


def place_from(name: str) -> tuple[str, str | None]:
    """Return the scenario and the answer that `place_of` has named."""
    scenario, _, answer = name.partition(".")
    return scenario, answer or None


@dataclass(frozen=True, slots=True)
class Matter:
    """What can be answered: a scenario, and which of its answers if it has several."""

    scenario: Scenario
    answer: Answer | None = None
    """None: the scenario has one text."""

    @property
    def answer_key(self) -> str | None:
        return self.answer.key if self.answer else None

    @property
    def name(self) -> str:
        return place_of(self.scenario.key, self.answer_key)

    @property
    def priority(self) -> Priority:
        return (self.answer and self.answer.priority) or self.scenario.priority

    @property
    def action(self) -> Action:
        return (self.answer and self.answer.action) or self.scenario.action

    @property
    def mode(self) -> AnswerMode:
        """Who speaks where this is asked; what nobody has said is answered by the bot."""
        return (self.answer.mode if self.answer else self.scenario.mode) or "auto"


def matters_of(scenario: Scenario) -> tuple[Matter, ...]:
    """Return all that can be asked about a scenario: its answers, or itself where it has one text."""
    return tuple(Matter(scenario, answer) for answer in scenario.answers) or (Matter(scenario),)
