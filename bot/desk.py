"""The operators' verbs, put together."""

from __future__ import annotations

from functools import cached_property

from services.desk.answer_verbs import AnswerVerbs
from services.desk.menus import Menus
from services.desk.ready_answers import ReadyAnswers
from services.desk.tickets import Desk
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.store import Store


class DeskParts:
    """What stands on a card, and what its buttons do."""

    def __init__(self, *, store: Store, knowledge: Knowledge, answers: Answers, team: Team) -> None:
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._team = team

    @cached_property
    def _ready(self) -> ReadyAnswers:
        return ReadyAnswers(knowledge=self._knowledge, answers=self._answers, team=self._team)

    @cached_property
    def menus(self) -> Menus:
        return Menus(ready=self._ready, team=self._team)

    @cached_property
    def desk(self) -> Desk:
        verbs = AnswerVerbs(ready=self._ready, menus=self.menus, team=self._team)
        return Desk(store=self._store, answers=verbs, team=self._team)
