"""How the bot is, and what was set aside: for admins."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.http.desk.entering import HERE
from handlers.http.desk.operations import Ask, Operation
from handlers.http.desk.state_requests import AsideBody
from handlers.http.desk.state_responses import BotState, QuarantinedTask, QuarantineList, Settled
from services.dashboard.quarantine import Quarantine
from services.dashboard.state import StateOfTheBot
from services.texts.team import Team


class StateDesk:
    """Looks, and lets what was set aside be played again."""

    def __init__(self, *, state: StateOfTheBot, quarantine: Quarantine, team: Team) -> None:
        self._state = state
        self._quarantine = quarantine
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="GET",
            path=f"{HERE}/state",
            summary="How the bot is: each part with what to do next, versions, limits, the last warnings",
            does=self.look,
            answer=BotState,
            access="admins",
        )
        yield Operation(
            method="GET",
            path=f"{HERE}/aside",
            summary="Work that kept failing and was set aside, the newest first",
            does=self.all,
            answer=QuarantineList,
            access="admins",
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/aside",
            summary="Try some of it again, or discard it",
            does=self.settle,
            body=AsideBody,
            answer=Settled,
            access="admins",
        )

    async def look(self, ask: Ask) -> BotState:
        return BotState.model_validate(await self._state.look(self._language(ask)))

    async def all(self, ask: Ask) -> QuarantineList:
        return QuarantineList(
            tasks=[QuarantinedTask.model_validate(one) for one in await self._quarantine.all(self._language(ask))]
        )

    async def settle(self, ask: Ask) -> Settled:
        body: AsideBody = ask.body
        count = await self._quarantine.settle(body.queue, body.ids, body.what, by=ask.visitor.operator)
        return Settled(count=count)

    def _language(self, ask: Ask) -> str:
        return ask.language or self._team.language
