"""What is done from the page: replies and notes, by the same services as in the group."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk.changes import Changes
from handlers.http.desk.entering import HERE
from handlers.http.desk.line_requests import WordsBody
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import NoteBody
from handlers.http.desk.responses import Done, Written
from handlers.http.problems import Problem
from services.dashboard.remarks import Remarks
from services.desk import written


class ReplyRoutes:
    """Each change carries a key of its caller's, so that one that is sent again happens once."""

    def __init__(self, *, lines: written.Written, remarks: Remarks, changes: Changes) -> None:
        self._lines = lines
        self._remarks = remarks
        self._changes = changes

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

    async def remark(self, ask: Ask) -> Done:
        body: NoteBody = ask.body
        cause = self._changes.cause(ask, "note", ask.number("customer"))
        kept = await self._remarks.keep(
            cause, ask.visitor.operator, ask.number("customer"), body.text, before=body.before
        )
        if kept == "nobody":
            raise Problem(404, "there is no such customer")
        if kept == "changed":
            raise Problem(409, "somebody else has changed this note meanwhile; read it again")
        return Done()


def _written(found: written.Line | None) -> Written:
    if found is None:
        raise Problem(404, "there is no such ticket")
    return Written(id=found.id)
