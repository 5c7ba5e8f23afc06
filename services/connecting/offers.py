"""The bot was added to a group: an admin is asked whether it shall be that of the operators, there and in private.

Anybody can add a bot to a group of theirs. So admins are written to about it only while there is no group, or where
one of them has added it; and the group that there is goes on as before.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from services.delivery.administrators import Administrators
from services.delivery.group_standing import GroupStanding
from services.delivery.messenger import Messenger, MessengerError
from services.messages.addresses import on_telegram
from services.messages.connect_presses import OnGroup, encode
from services.messages.effects import Button, PrivateChat, Say, Words
from services.messages.incoming import Person
from services.messages.lengths import cut
from services.queues.outbox import Outgoing
from services.texts import label, say
from services.texts.team import Team
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
ASK_S: Final = 5.0
TITLE_MOST: Final = 60


class Offers:
    """Asks."""

    def __init__(self, *, store: Store, messenger: Messenger, admins: Administrators, team: Team) -> None:
        self._store = store
        self._messenger = messenger
        self._admins = admins
        self._team = team

    async def added(self, cause: Cause, chat_id: int, title: str, by: Person) -> None:
        """Ask where it makes sense, once for each time that the bot was added."""
        adder = int(by.address.id)
        by_admin = await self._admins.counts(adder)
        group = await self._looked_at(chat_id)
        named = self._team.names_group
        in_group = group is not None and group.may_write and not named
        asked = [adder] if by_admin else [] if self._team.has_group else list(self._team.admins)

        def act(unit: Unit) -> None:
            if in_group:
                words = self._for_group(chat_id, is_run=bool(self._team.admins) or self._admins.are_of_groups())
                Outgoing(unit, cause.key).put(Say(to=PrivateChat(address=on_telegram(chat_id)), words=words))
            # A stranger who adds and removes the bot all day is told of once.
            once = cause.key if by_admin else f"offer:{chat_id}:{unit.now.date().isoformat()}"
            outgoing = Outgoing(unit, f"{once}:asked")
            for admin in asked:
                words = self._for_admin(chat_id, title, by, group)
                outgoing.put(Say(to=PrivateChat(address=on_telegram(admin)), words=words))

        await self._store.write(act, cause)
        log.info("group.added", by_admin=by_admin, asked=len(asked))

    async def _looked_at(self, chat_id: int) -> GroupStanding | None:
        try:
            async with asyncio.timeout(ASK_S):
                return await self._messenger.standing(chat_id)
        except (MessengerError, TimeoutError) as error:
            log.info("group.unknown", error=type(error).__name__)
            return None

    def _for_group(self, chat_id: int, *, is_run: bool) -> Words:
        speak = self._team.language
        return Words(text=say("connect.here", speak, is_run=is_run), buttons=((_button(chat_id, speak),),))

    def _for_admin(self, chat_id: int, title: str, by: Person, group: GroupStanding | None) -> Words:
        speak, named = self._team.language, self._team.names_group
        text = say(
            "connect.added",
            speak,
            title=cut(title, TITLE_MOST),
            id=chat_id,
            by=cut(f"{by.first_name} {by.last_name}".strip(), TITLE_MOST),
            named=named,
            has_group=self._team.has_group,
            mute=group is not None and not group.may_write,
        )
        return Words(text=text, buttons=() if named else ((_button(chat_id, speak),),))


def _button(chat_id: int, language: str) -> Button:
    return Button(text=label("connect.button", language), press=encode(OnGroup(chat_id)), style="primary")
