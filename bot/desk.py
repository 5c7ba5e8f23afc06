"""The operators' verbs, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from services.delivery.members import Members
from services.desk.aliases import Aliases
from services.desk.answer_verbs import AnswerVerbs
from services.desk.bans import BanList
from services.desk.deletion import Deletion
from services.desk.line_choices import LineChoices
from services.desk.menus import Menus
from services.desk.own_lines import OwnLines
from services.desk.posting import Posting
from services.desk.reactions import Reactions
from services.desk.ready_answers import ReadyAnswers
from services.desk.replies import Replies
from services.desk.signatures import Signatures
from services.desk.sweeping import Sweeping
from services.desk.tickets import Desk
from services.desk.written import Written
from services.editing.canned import CannedEditor
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.closed_sets import Signature
from storage.store import Store


class DeskParts:
    """What stands on a card, and what its buttons do."""

    def __init__(
        self,
        *,
        store: Store,
        knowledge: Knowledge,
        answers: Answers,
        members: Members,
        signature: Signature,
        team: Team,
        late: Callable[[int], float],
    ) -> None:
        """`late`: for how many seconds a card of a group cannot be changed."""
        self._store = store
        self._knowledge = knowledge
        self._answers = answers
        self._members = members
        self._signature = signature
        self._team = team
        self._late = late

    @cached_property
    def ready(self) -> ReadyAnswers:
        return ReadyAnswers(knowledge=self._knowledge, answers=self._answers, team=self._team)

    @cached_property
    def menus(self) -> Menus:
        return Menus(ready=self.ready, team=self._team)

    @cached_property
    def desk(self) -> Desk:
        verbs = AnswerVerbs(ready=self.ready, menus=self.menus, signatures=self._signatures, team=self._team)
        return Desk(
            store=self._store,
            answers=verbs,
            ask=self._members.refresh,
            team=self._team,
            hours=lambda: self._knowledge.facts.hours,
            late=self._late,
        )

    @cached_property
    def written(self) -> Written:
        return Written(store=self._store, signatures=self._signatures, team=self._team)

    @cached_property
    def line_choices(self) -> LineChoices:
        return LineChoices(store=self._store, team=self._team)

    @cached_property
    def own_lines(self) -> OwnLines:
        return OwnLines(store=self._store, team=self._team)

    @cached_property
    def reactions(self) -> Reactions:
        return Reactions(store=self._store)

    @cached_property
    def posting(self) -> Posting:
        return Posting(store=self._store, team=self._team)

    @cached_property
    def _signatures(self) -> Signatures:
        return Signatures(self._signature)

    def named(self) -> dict[str, Any]:
        """Return what carries out what operators do, by the names that handlers ask for."""
        store, team = self._store, self._team
        return {
            "desk": self.desk,
            "members": self._members,
            "replies": Replies(store=store, signatures=self._signatures, team=team),
            "line_choices": self.line_choices,
            "deletion": Deletion(store=store, team=team),
            "sweeping": Sweeping(store=store),
            "reactions": self.reactions,
            "aliases": Aliases(store=store, signature=self._signature, team=team),
            "canned": CannedEditor(store=store, answers=self._answers, team=team),
            "banned": BanList(store=store, team=team),
        }
