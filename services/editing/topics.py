"""What an admin edits: the one text of a scenario, or one of its answers."""

from __future__ import annotations

from dataclasses import dataclass

from services.texts.titles import full_title
from storage.closed_sets import Action, Priority
from storage.messages import place_of
from storage.records import Answer, Scenario
from storage.template_versions import TemplateVersion
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One question, with the wordings that answer it."""

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

    def title(self, language: str) -> str:
        return full_title(self.scenario, self.answer, language)

    def versions(self, unit: Unit) -> list[TemplateVersion]:
        return unit.template_versions.of_answer(self.scenario.key, self.answer_key)


def scenario_of(unit: Unit, key: str) -> Scenario | None:
    return next((one for one in unit.scenarios.outlines() if one.key == key), None)


def topic_in(scenario: Scenario, answer: str | None) -> Topic | None:
    """Return what a key names in a scenario; None for an answer that it does not have.

    A scenario with answers has no text of its own: what was begun before it got them belongs nowhere.
    """
    found = scenario.answer(answer)
    if found is None and (answer is not None or scenario.answers):
        return None
    return Topic(scenario=scenario, answer=found)


def topic_of(unit: Unit, scenario: str, answer: str | None) -> Topic | None:
    """Return what two keys name, if it is still there."""
    found = scenario_of(unit, scenario)
    return topic_in(found, answer) if found else None
