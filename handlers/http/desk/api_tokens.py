"""Tokens for programs: admins make and revoke them on the page."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk.entering import HERE, session_of
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.responses import Done
from handlers.http.desk.token_requests import ApiTokenBody
from handlers.http.desk.token_responses import ApiToken, ApiTokenList, NewApiToken
from handlers.http.problems import Problem
from services.dashboard.api_tokens import ApiTokens


class ApiTokenDesk:
    """No program may make another one: who has found a token could keep the door open with it."""

    def __init__(self, *, tokens: ApiTokens) -> None:
        self._tokens = tokens

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/tokens",
            summary="Programs that may call the desk",
            does=self.all,
            answer=ApiTokenList,
            access="admins",
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/tokens",
            summary="Make a token for a program; it is shown this once (only in a session)",
            does=self.make,
            body=ApiTokenBody,
            answer=NewApiToken,
            access="admins",
        )
        yield Operation(
            method="DELETE",
            path=f"{HERE}/tokens/{{token}}",
            summary="Revoke a token (only in a session)",
            does=self.revoke,
            answer=Done,
            access="admins",
        )

    async def all(self, _ask: Ask) -> ApiTokenList:
        return ApiTokenList(tokens=[ApiToken.model_validate(one) for one in await self._tokens.all()])

    async def make(self, ask: Ask) -> NewApiToken:
        session_of(ask)
        body: ApiTokenBody = ask.body
        made = await self._tokens.make(body.name, body.role, by=ask.visitor.operator)
        return NewApiToken.model_validate(made)

    async def revoke(self, ask: Ask) -> Done:
        session_of(ask)
        if not await self._tokens.revoke(ask.number("token"), by=ask.visitor.operator):
            raise Problem(404, "there is no such token")
        return Done()
