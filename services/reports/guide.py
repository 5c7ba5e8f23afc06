"""`/help` for the team: what an operator can do here, and an admin."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from services.messages.effects import GroupPlace, PrivateChat, Say, Words
from services.messages.incoming import Person
from services.queues.outbox import WORK, Outgoing
from services.texts import label, languages, say, text_key
from services.texts.commands import ALONE, OF_ADMINS, OF_OPERATORS, Commands
from services.texts.team import Team
from storage.records import Cause
from storage.store import Store

Word = Literal["admins_only", "in_group", "in_private", "alone"]


class Guide:
    """Answers `/help` in the group, and admins in private. Customers have a help of their own."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def knows(self, user_id: int) -> bool:
        """Whether somebody has ever acted as an operator."""
        return await self._store.read(lambda unit: unit.operators.get(user_id) is not None)

    async def say(self, cause: Cause, asker: Person, place: PrivateChat | GroupPlace, what: Word) -> None:
        """Tell an operator in a line where a command works, or for whom it is."""
        speak = languages.of_staff(asker.language, self._team.language, in_private=isinstance(place, PrivateChat))
        words = Words(text=say(text_key("guide", what), speak))
        await self._store.write(
            lambda unit: Outgoing(unit, cause.key).put(Say(to=place, words=words), rank=WORK), cause
        )

    async def show(self, cause: Cause, asker: Person, place: PrivateChat | GroupPlace, *, is_admin: bool) -> None:
        in_private = isinstance(place, PrivateChat)
        speak = languages.of_staff(asker.language, self._team.language, in_private=in_private)
        known = ALONE if in_private else OF_OPERATORS
        parts = [say("guide.team", speak, in_private=in_private, commands=_lines(known, speak))]
        if is_admin:
            parts.append(say("guide.admins", speak, in_private=in_private, commands=_lines(OF_ADMINS, speak)))
        words = Words(text=Markup("\n\n").join(parts))
        await self._store.write(
            lambda unit: Outgoing(unit, cause.key).put(Say(to=place, words=words), rank=WORK), cause
        )


def _lines(commands: Commands, speak: str) -> Markup:
    """Return commands with what they do; who reads this knows the one that has brought it."""
    lines = (
        say("guide.command", speak, name=one, does=label(text_key("command", one), speak))
        for one in commands
        if one != "help"
    )
    return Markup("\n").join(lines)
