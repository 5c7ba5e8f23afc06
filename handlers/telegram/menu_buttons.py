"""The button beside the composer in the private chat of whoever is of the team: it opens the dashboard in Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Final

import structlog
from aiogram import Bot
from aiogram.methods import SetChatMenuButton
from aiogram.types import MenuButtonDefault, MenuButtonWebApp, WebAppInfo

from services.dashboard.authorization import Authorization
from services.desk.page_links import PAGE, PageLinks
from services.texts import label
from services.texts.team import Team

log = structlog.get_logger()
ASK_S: Final = 10
"""For so long a call may hold up whoever waits for it."""


class MenuButtons:
    """Sets them; one that cannot be set stops nothing."""

    def __init__(
        self,
        *,
        bot: Bot,
        known: Callable[[], Awaitable[Collection[int]]],
        authorization: Authorization,
        links: PageLinks,
        team: Team,
        public_url: str | None,
    ) -> None:
        """`known`: whoever has ever acted as an operator. `public_url`: where people reach the bot; https only."""
        self._bot = bot
        self._known = known
        self._authorization = authorization
        self._links = links
        self._team = team
        self._url = public_url if (public_url or "").startswith("https://") else None

    async def publish(self) -> None:
        """Give it to the team, take it from who has left, and learn whether cards can link into Telegram."""
        if self._url is None:
            return
        await self._meet()
        for admin in self._team.admins:
            await self._set(admin, opens=True)
        for operator in self._others(await self._known()):
            await self._set(operator, opens=await self._authorization.role_of(operator) is not None)

    async def offer(self, user_id: int) -> None:
        """Give it to somebody of the team, who has just asked for the dashboard in private."""
        if self._url is not None:
            await self._set(user_id, opens=True)

    def _others(self, known: Collection[int]) -> list[int]:
        return [one for one in known if one > 0 and one not in self._team.admins]

    async def _meet(self) -> None:
        try:
            me = await self._bot.me()
        except Exception as error:  # noqa: BLE001  # the server is away: cards link to the browser
            log.info("menu.unknown_bot", error=type(error).__name__)
        else:
            if me.has_main_web_app and me.username:
                self._links.open_inside(me.username)

    async def _set(self, user_id: int, *, opens: bool) -> None:
        text = label("dashboard.open", self._team.language)
        page = MenuButtonWebApp(text=text, web_app=WebAppInfo(url=f"{self._url}{PAGE}"))
        try:
            await self._bot(
                SetChatMenuButton(chat_id=user_id, menu_button=page if opens else MenuButtonDefault()),
                request_timeout=ASK_S,
            )
        except Exception as error:  # noqa: BLE001  # who has never written to the bot, an old server
            log.info("menu.not_set", error=type(error).__name__)
