"""What is done about single lines of a conversation."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk.asked import KeyBody
from handlers.http.desk.changes import Changes
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.told import Outcome
from services.desk.line_choices import LineChoices
from services.desk.toasts import toast_text
from services.texts.team import Team


class LineDeeds:
    """The same services as behind the buttons in the group."""

    def __init__(self, *, choices: LineChoices, changes: Changes, team: Team) -> None:
        self._choices = choices
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

    async def again(self, ask: Ask) -> Outcome:
        number = ask.number("line")
        toast = await self._choices.again(self._changes.cause(ask, "again", number), ask.visitor.operator, number)
        return Outcome(outcome=toast.key, words=toast_text(toast, ask.language or self._team.language))
