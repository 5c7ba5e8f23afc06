"""What admins are told while there is no operator group: how the bot gets one."""

from __future__ import annotations

from typing import Final

from services.messages.effects import PrivateChat, Say, Words
from services.queues.outbox import PRESSED, Outgoing
from services.texts import say
from services.texts.team import Team
from storage.records import Cause
from storage.store import Store

RIGHTS: Final = "manage_topics+pin_messages+delete_messages"
"""What Telegram asks whoever adds the bot to give it."""


class Inviting:
    """Answers `/start` of an admin while there is no group."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def invite(self, cause: Cause, place: PrivateChat, *, username: str | None) -> None:
        words = to_a_group(username, self._team.language)
        await self._store.write(
            lambda unit: Outgoing(unit, cause.key).put(Say(to=place, words=words), rank=PRESSED), cause
        )


def group_link(username: str) -> str:
    """Return the link by which Telegram offers somebody's groups to add the bot to."""
    return f"https://t.me/{username}?startgroup=true&admin={RIGHTS}"


def to_a_group(username: str | None, language: str) -> Words:
    """Return the invitation; without a link where the bot's name is not known."""
    link = group_link(username) if username else None
    return Words(text=say("connect.invite", language, link=link))
