"""What is done from the page: replies, notes and the verbs of the card, by the same services as in the group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handlers.http.desk.asked import NO_TOPIC, DeedBody, NoteBody
from handlers.http.desk.asked_lines import WordsBody
from handlers.http.desk.changes import Changes
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.told import Done, Outcome, Written
from handlers.http.problems import Problem
from services.dashboard.ready import topic_choice
from services.dashboard.remarks import Remarks
from services.desk import written
from services.desk.tickets import Desk
from services.desk.toasts import toast_text
from services.messages.callbacks import OnTicket
from services.texts.team import Team

IN_TWO_STEPS: Final = frozenset(("ban",))
"""On the card a menu has to be open for the choice to count; the page has its own menu."""


class Deeds:
    """Each change carries a key of its caller's, so that one that is sent again happens once."""

    def __init__(self, *, desk: Desk, lines: written.Written, remarks: Remarks, changes: Changes, team: Team) -> None:
        self._desk = desk
        self._lines = lines
        self._remarks = remarks
        self._changes = changes
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/replies",
            summary="Answer the customer; the group sees it in the ticket",
            does=self.reply,
            body=WordsBody,
            answer=Written,
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/notes",
            summary="Leave a note that only the team reads",
            does=self.note,
            body=WordsBody,
            answer=Written,
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/tickets/{{ticket}}/deeds",
            summary="Take, release, hand to a colleague, snooze, change the priority, close, reopen",
            does=self.act,
            body=DeedBody,
            answer=Outcome,
        )

        yield Operation(
            method="PUT",
            path=f"{HERE}/customers/{{customer}}/note",
            summary="Note what is to be known of a customer",
            does=self.remark,
            body=NoteBody,
            answer=Done,
            refusals=(409,),
        )

    async def reply(self, ask: Ask) -> Written:
        body: WordsBody = ask.body
        found = await self._lines.reply(
            self._changes.cause(ask, "reply", ask.number("ticket")),
            ask.visitor.operator,
            ask.number("ticket"),
            body.wording,
            answers=body.answers,
        )
        return _written(found)

    async def note(self, ask: Ask) -> Written:
        body: WordsBody = ask.body
        found = await self._lines.note(
            self._changes.cause(ask, "note", ask.number("ticket")),
            ask.visitor.operator,
            ask.number("ticket"),
            body.wording,
        )
        return _written(found)

    async def act(self, ask: Ask) -> Outcome:
        body: DeedBody = ask.body
        number, who = ask.number("ticket"), ask.visitor.operator
        if body.deed in IN_TWO_STEPS:
            await self._desk.press(self._changes.cause(ask, "asked", number), who, OnTicket(number, body.deed))
        toast = await self._desk.press(
            self._changes.cause(ask, "deed", number), who, OnTicket(number, body.deed, _choice(body)), on_card=False
        )
        if toast.key == "outdated" and not await self._desk.knows(number):
            raise Problem(404, "there is no such ticket")
        return Outcome(outcome=toast.key, words=toast_text(toast, ask.language or self._team.language))

    async def remark(self, ask: Ask) -> Done:
        body: NoteBody = ask.body
        cause = self._changes.cause(ask, "note", ask.number("customer"))
        kept = await self._remarks.keep(cause, ask.number("customer"), body.text, before=body.before)
        if kept == "nobody":
            raise Problem(404, "there is no such customer")
        if kept == "changed":
            raise Problem(409, "somebody else has changed this note meanwhile; read it again")
        return Done()


def _choice(body: DeedBody) -> str | None:
    if body.deed != "correct":
        return body.choice
    return topic_choice(None if body.choice == NO_TOPIC else body.choice)


def _written(found: written.Line | None) -> Written:
    if found is None:
        raise Problem(404, "there is no such ticket")
    return Written(id=found.id)
