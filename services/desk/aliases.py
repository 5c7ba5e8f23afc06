"""`/alias`: an operator says what customers shall call them."""

from __future__ import annotations

from typing import Final

from services.desk import audit
from services.messages.effects import GroupPlace, PrivateChat, Say, Words
from services.messages.incoming import Operator
from services.queues.outbox import Outgoing
from services.templates.variables import plain_words
from services.texts import say
from services.texts.team import Team
from storage.closed_sets import Signature
from storage.records import Cause
from storage.store import Store
from storage.units import Unit

NAME_MOST: Final = 32
NOTHING: Final = "-"
"""Typed to have no alias any more."""


class Aliases:
    """Keeps one for each operator."""

    def __init__(self, *, store: Store, signature: Signature, team: Team) -> None:
        self._store = store
        self._signature = signature
        self._team = team

    async def command(self, cause: Cause, who: Operator, place: PrivateChat | GroupPlace, typed: str) -> None:
        """Store what stands beside the command; without a word, say what stands."""

        def act(unit: Unit) -> None:
            name = plain_words(typed, cap=NAME_MOST)
            if name and who.id > 0:
                unit.operators.call(who.id, who.name, None if name == NOTHING else name)
                author = audit.Actor(id=who.id, name=who.name, place=audit.where(place.kind))
                audit.note(unit, author, "alias_changed")
            known = unit.operators.get(who.id)
            text = say(
                "desk.alias",
                self._team.language,
                alias=known.alias if known else None,
                signature=self._signature,
                person=who.id > 0,
            )
            Outgoing(unit, cause.key).put(Say(to=place, words=Words(text=text)))

        await self._store.write(act, cause)
