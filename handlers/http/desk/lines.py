"""What is done about single lines of a conversation."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk.changes import Changes
from handlers.http.desk.entering import HERE
from handlers.http.desk.line_requests import ReactionBody, RewordBody
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import KeyBody
from handlers.http.desk.responses import Done, Outcome
from handlers.http.problems import Problem
from services.desk.line_choices import LineChoices
from services.desk.own_lines import OwnLines
from services.desk.reactions import Reactions
from services.desk.toasts import Toast, toast_text
from services.texts.team import Team


class LineActions:
    """The same services as behind the buttons in the group."""

    def __init__(
        self, *, choices: LineChoices, own: OwnLines, reactions: Reactions, changes: Changes, team: Team
    ) -> None:
        self._choices = choices
        self._own = own
        self._reactions = reactions
        self._changes = changes
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/lines/{{line}}/again",
            summary="Send an operator's line once more that has not arrived",
            does=self.again,
            body=KeyBody,
            answer=Outcome,
        )
        yield Operation(
            method="PUT",
            path=f"{HERE}/lines/{{line}}",
            summary="Change what a line says that you have written here, for the customer and in the group",
            does=self.reword,
            body=RewordBody,
            answer=Outcome,
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/lines/{{line}}/take-back",
            summary="Delete a line of the team, or of the bot, at the customer's side; a note by its author",
            does=self.take_back,
            body=KeyBody,
            answer=Outcome,
        )

        yield Operation(
            method="PUT",
            path=f"{HERE}/lines/{{line}}/reaction",
            summary="React to a customer's line as a bot can, with one sign or none; another takes its place",
            does=self.react,
            body=ReactionBody,
            answer=Done,
            refusals=(409,),
        )

    async def react(self, ask: Ask) -> Done:
        body: ReactionBody = ask.body
        number = ask.number("line")
        cause = self._changes.cause(ask, "reaction", number)
        if not await self._reactions.from_page(cause, ask.visitor.operator, number, body.sign):
            raise Problem(409, "nobody can react to this line")
        return Done()

    async def again(self, ask: Ask) -> Outcome:
        number = ask.number("line")
        toast = await self._choices.again(self._changes.cause(ask, "again", number), ask.visitor.operator, number)
        return self._told(ask, toast)

    async def reword(self, ask: Ask) -> Outcome:
        body: RewordBody = ask.body
        number = ask.number("line")
        cause = self._changes.cause(ask, "reword", number)
        return self._told(ask, await self._own.reword(cause, ask.visitor.operator, number, body.wording))

    async def take_back(self, ask: Ask) -> Outcome:
        number = ask.number("line")
        cause = self._changes.cause(ask, "take-back", number)
        return self._told(ask, await self._own.take_back(cause, ask.visitor.operator, number))

    def _told(self, ask: Ask, toast: Toast) -> Outcome:
        return Outcome(outcome=toast.key, words=toast_text(toast, ask.language or self._team.language))
