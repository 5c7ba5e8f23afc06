"""What can be done to a customer: ban, let back in; for admins export and erase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aiohttp import web

from handlers.http.desk.changes import Changes
from handlers.http.desk.customer_requests import BanBody, EraseBody
from handlers.http.desk.customer_responses import Erased
from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.requests import KeyBody
from handlers.http.desk.verb_responses import VerbOutcome
from handlers.http.problems import Problem
from services.dashboard.client_actions import ClientActions
from services.desk.audit import action_of
from services.desk.toasts import Toast, toast_text
from services.texts.team import Team

JSON: Final = "application/json"


class CustomerActions:
    """Changes carry a key, as all do."""

    def __init__(self, *, actions: ClientActions, changes: Changes, team: Team) -> None:
        self._actions = actions
        self._changes = changes
        self._team = team

    def operations(self) -> Iterator[Operation]:
        at = f"{HERE}/customers/{{customer}}"
        yield Operation(
            method="POST",
            path=f"{at}/ban",
            summary="Ban a customer: what they write is kept and goes no further",
            does=self.ban,
            body=BanBody,
            answer=VerbOutcome,
        )
        yield Operation(
            method="POST",
            path=f"{at}/unban",
            summary="Let a customer write again",
            does=self.unban,
            body=KeyBody,
            answer=VerbOutcome,
        )
        yield Operation(
            method="POST",
            path=f"{at}/export",
            summary="All that is kept of a customer",
            does=self.export,
            body=KeyBody,
            answer=None,
            media=JSON,
            access="admins",
        )
        yield Operation(
            method="POST",
            path=f"{at}/erase",
            summary="Erase a customer for good",
            does=self.erase,
            body=EraseBody,
            answer=Erased,
            access="admins",
            refusals=(409,),
        )

    async def ban(self, ask: Ask) -> VerbOutcome:
        body: BanBody = ask.body
        number = ask.number("customer")
        cause = self._changes.cause(ask, "ban", number)
        return self._told(ask, await self._actions.ban(cause, ask.visitor.operator, number, told=body.way == "told"))

    async def unban(self, ask: Ask) -> VerbOutcome:
        number = ask.number("customer")
        cause = self._changes.cause(ask, "unban", number)
        return self._told(ask, await self._actions.unban(cause, ask.visitor.operator, number))

    async def export(self, ask: Ask) -> web.StreamResponse:
        number = ask.number("customer")
        found = await self._actions.export(ask.visitor.operator, number)
        if found is None:
            raise Problem(404, "there is no such customer")
        headers = {"Content-Disposition": f'attachment; filename="customer-{number}.json"', "Cache-Control": "no-store"}
        return web.Response(text=found, content_type=JSON, headers=headers)

    async def erase(self, ask: Ask) -> Erased:
        body: EraseBody = ask.body
        gone = await self._actions.erase(ask.visitor.operator, ask.number("customer"), confirmed=body.confirm)
        if gone is None:
            raise Problem(409, "confirm: this is not the id of that customer, or they are gone already")
        return Erased.model_validate(gone)

    def _told(self, ask: Ask, said: Toast | None) -> VerbOutcome:
        if said is None:
            raise Problem(404, "there is no such customer")
        words = toast_text(said, ask.language or self._team.language)
        return VerbOutcome(outcome=said.key, words=words, done=action_of(said) is not None, entry=None)
