"""Signing in to the dashboard and out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from aiohttp import web

from handlers.http.desk.operations import Ask, Operation, json_of
from handlers.http.desk.requests import LinkBody, TelegramBody
from handlers.http.desk.responses import Done, Me, Person, Session, SessionList, Welcome
from handlers.http.desk.visits import Visits
from handlers.http.problems import Problem
from services.dashboard.sessions import WebSession
from services.texts.team import Team

HERE: Final = "/api/desk"


class Entering:
    """Links, Telegram's word, sessions."""

    def __init__(
        self, *, visits: Visits, app_name: Callable[[], str], set_up: Callable[[], Awaitable[bool]], team: Team
    ) -> None:
        """`set_up`: whether the set-up is complete; admins are invited to it until it is."""
        self._visits = visits
        self._app_name = app_name
        self._set_up = set_up
        self._team = team

    def operations(self) -> Iterator[Operation]:
        yield Operation(
            method="POST",
            path=f"{HERE}/sign-in/link",
            summary="Sign in by a link from the bot; it works once",
            does=self.by_link,
            body=LinkBody,
            answer=Welcome,
            access="everybody",
            refusals=(403,),
        )
        yield Operation(
            method="POST",
            path=f"{HERE}/sign-in/telegram",
            summary="Sign in inside Telegram, by initData",
            does=self.in_telegram,
            body=TelegramBody,
            answer=Welcome,
            access="everybody",
            refusals=(403,),
        )
        yield Operation(
            method="POST", path=f"{HERE}/sign-out", summary="End this session", does=self.sign_out, answer=Done
        )
        yield Operation(method="GET", path=f"{HERE}/me", summary="Who is signed in", does=self.me, answer=Me)
        yield Operation(
            method="GET",
            path=f"{HERE}/sessions",
            summary="Where you are signed in",
            does=self.sessions,
            answer=SessionList,
            refusals=(403,),
        )
        yield Operation(
            method="DELETE",
            path=f"{HERE}/sessions",
            summary="End all your sessions, this one included",
            does=self.end_all,
            answer=Done,
        )
        yield Operation(
            method="DELETE",
            path=f"{HERE}/sessions/{{session}}",
            summary="End one of your sessions",
            does=self.end,
            answer=Done,
        )

    async def by_link(self, ask: Ask) -> web.StreamResponse:
        cookie = await self._visits.sessions.enter_by_link(ask.body.link, device=ask.device)
        if cookie is None:
            raise Problem(403, "this link is over or was used; ask the bot for a new one: /dashboard")
        return self._welcome(ask, cookie)

    async def in_telegram(self, ask: Ask) -> web.StreamResponse:
        cookie = await self._visits.sessions.enter_in_telegram(ask.body.init_data, device=ask.device)
        if cookie is None:
            raise Problem(403, "Telegram does not vouch for you, or you are not of the team; open the page anew")
        return self._welcome(ask, cookie, told=True)

    def _welcome(self, ask: Ask, cookie: str, *, told: bool = False) -> web.StreamResponse:
        """`told`: to the page as well, which may stand in a frame of Telegram's and get no cookies there."""
        answer = json_of(Welcome(session=cookie if told else None))
        self._visits.welcome(ask.request, answer, cookie)
        return answer

    async def me(self, ask: Ask) -> Me:
        visitor = ask.visitor
        return Me(
            operator=Person.model_validate(visitor.operator),
            role=visitor.role,
            csrf=visitor.csrf,
            session=visitor.session.id if visitor.session else None,
            app=self._app_name(),
            invited=visitor.role == "admin" and not await self._set_up(),
            language=self._team.language,
            timezone=self._team.zone.key,
        )

    async def sessions(self, ask: Ask) -> SessionList:
        own = session_of(ask)
        found = await self._visits.sessions.of(own.operator_id)
        shown = [Session.model_validate(one).model_copy(update={"here": one.id == own.id}) for one in found]
        return SessionList(sessions=shown)

    async def end(self, ask: Ask) -> Done:
        if not await self._visits.sessions.end(ask.number("session"), operator=ask.visitor.operator):
            raise Problem(404, "you have no such session")
        return Done()

    async def end_all(self, ask: Ask) -> web.StreamResponse:
        await self._visits.sessions.end_all(ask.visitor.operator)
        return self._goodbye()

    async def sign_out(self, ask: Ask) -> web.StreamResponse:
        own = session_of(ask)
        await self._visits.sessions.end(own.id, operator=ask.visitor.operator)
        return self._goodbye()

    def _goodbye(self) -> web.StreamResponse:
        answer = json_of(Done())
        self._visits.farewell(answer)
        return answer


def session_of(ask: Ask) -> WebSession:
    """Return the session of a person. Raises Problem for a program: what people decide it may not."""
    if ask.visitor.session is None:
        raise Problem(403, "a token has no session; this is for people on the page")
    return ask.visitor.session
