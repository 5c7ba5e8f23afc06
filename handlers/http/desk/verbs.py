"""The verbs of the card, from the page: on one ticket, on several at once, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from handlers.http.desk.changes import Changes
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.verb_requests import NO_TOPIC, ActionBody, SeveralBody, UndoBody
from handlers.http.desk.verb_responses import Outcomes, TicketOutcome, VerbOutcome
from handlers.http.problems import Problem
from services.dashboard.ready import topic_choice
from services.desk.audit import action_of
from services.desk.tickets import Desk
from services.desk.toasts import Toast, toast_text
from services.messages.callbacks import OnTicket
from services.texts.team import Team

IN_TWO_STEPS: Final = frozenset(("ban",))
"""On the card a menu has to be open for the choice to count; the page has its own menu."""


class Verbs:
    """Each press is the same as one in the group, by the same service."""

    def __init__(self, *, desk: Desk, changes: Changes, team: Team) -> None:
        self._desk = desk
        self._changes = changes
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/actions",
            formerly=f"{HERE}/tickets/{{ticket}}/deeds",
            summary="Take, release, hand to a colleague, snooze, priority, topic, move, close, reopen, ban",
            does=self.act,
            body=ActionBody,
            answer=VerbOutcome,
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/actions",
            formerly=f"{HERE}/deeds",
            summary="The same for several tickets: what came of each is told",
            does=self.several,
            body=SeveralBody,
            answer=Outcomes,
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/undo",
            summary="Take back what was just done, where nothing has happened to the ticket since",
            does=self.undo,
            body=UndoBody,
            answer=Outcomes,
        )

    async def act(self, ask: Ask) -> VerbOutcome:
        body: ActionBody = ask.body
        number, who = ask.number("ticket"), ask.visitor.operator
        if body.action in IN_TWO_STEPS:
            await self._desk.press(self._changes.cause(ask, "asked", number), who, OnTicket(number, body.action))
        said = await self._press(ask, body, number)
        if said.key == "outdated" and not await self._desk.knows(number):
            raise Problem(404, "there is no such ticket")
        return VerbOutcome(**self._told(ask, said))

    async def several(self, ask: Ask) -> Outcomes:
        body: SeveralBody = ask.body
        numbers = dict.fromkeys(body.tickets)
        found = [(number, await self._press(ask, body, number)) for number in numbers]
        return Outcomes(outcomes=[TicketOutcome(ticket=number, **self._told(ask, said)) for number, said in found])

    async def undo(self, ask: Ask) -> Outcomes:
        body: UndoBody = ask.body
        outcomes = []
        for entry in dict.fromkeys(body.entries):
            cause = self._changes.cause(ask, "undo", entry)
            said, ticket = await self._desk.undo(cause, ask.visitor.operator, entry)
            outcomes.append(TicketOutcome(ticket=ticket, **self._told(ask, said)))
        return Outcomes(outcomes=outcomes)

    async def _press(self, ask: Ask, body: ActionBody | SeveralBody, number: int) -> Toast:
        press = OnTicket(number, body.action, _choice(body))
        cause = self._changes.cause(ask, "action", number)
        return await self._desk.press(cause, ask.visitor.operator, press, on_card=False)

    def _told(self, ask: Ask, said: Toast) -> dict[str, Any]:
        words = toast_text(said, ask.language or self._team.language)
        return {"outcome": said.key, "words": words, "done": action_of(said) is not None, "entry": said.entry}


def _choice(body: ActionBody | SeveralBody) -> str | None:
    if body.action != "correct":
        return body.choice
    return topic_choice(None if body.choice == NO_TOPIC else body.choice)
