"""What a unit holds of answers: the pack, its versions and facts, how they have fared, and what was learned of them."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage.evidence import Evidence
from storage.facts import Facts
from storage.labels import Labels
from storage.learnings import Learnings
from storage.lessons import Lessons
from storage.scenario_versions import ScenarioVersions
from storage.scenarios import Scenarios
from storage.suggestions import Suggestions
from storage.template_versions import TemplateVersions


class AnswersOfUnit:
    """The nouns of answers; `Unit` has them all."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """`now`: people's time."""
        self._connection = connection
        self.now = now

    @cached_property
    def scenarios(self) -> Scenarios:
        return Scenarios(self._connection, self.now)

    @cached_property
    def scenario_versions(self) -> ScenarioVersions:
        return ScenarioVersions(self._connection, self.now)

    @cached_property
    def template_versions(self) -> TemplateVersions:
        return TemplateVersions(self._connection, self.now)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self._connection, self.now)

    @cached_property
    def suggestions(self) -> Suggestions:
        return Suggestions(self._connection, self.now)

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self._connection, self.now)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self._connection, self.now)

    @cached_property
    def learnings(self) -> Learnings:
        return Learnings(self._connection, self.now)

    @cached_property
    def lessons(self) -> Lessons:
        return Lessons(self._connection, self.now)
