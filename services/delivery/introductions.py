"""Whose album follows: outside of topics it hangs on no card, so a line before it says so."""

from __future__ import annotations

from collections.abc import Sequence

from services.delivery.attempts import Attempt
from services.delivery.call_book import places
from services.delivery.messenger import Messenger, Target
from services.desk.cards import album as contents
from services.messages.effects import Copy, TicketPlace, Words
from services.scenarios.answers import name_of
from services.texts import label
from services.texts.team import Team
from storage.records import Customer, Message
from storage.store import Store
from storage.units import Unit


class Introductions:
    """Says it once for an album, also where that goes in parts or is tried again."""

    def __init__(self, *, store: Store, messenger: Messenger, team: Team) -> None:
        self._store = store
        self._messenger = messenger
        self._team = team

    async def before(self, attempt: Attempt, target: Target, album: Sequence[Copy]) -> None:
        """Name the author of an album that is about to be copied, if nothing else does."""
        place, first = album[0].to, album[0].message_id
        if len(album) == 1 or _stands_by_itself(target) or not isinstance(place, TicketPlace):
            return

        def look(unit: Unit) -> tuple[list[Message], Customer | None]:
            shown = unit.placements.shows_any(target.chat_id, [one.message_id for one in album])
            return ([], None) if shown else self._parts(unit, album)

        parts, customer = await self._store.read(look)
        if customer is None:
            return
        what = contents([part.kind for part in parts], self._team.language)
        text = label("desk.album", self._team.language, name=name_of(customer), album=what)
        sent = await self._messenger.say(target, Words(text=text, html=False), leave=attempt.leave)

        def act(unit: Unit) -> None:
            attempt.arrived(unit)
            unit.placements.add(places(target, sent, place.ticket_id, first))

        await self._store.write(act, ahead=True)

    @staticmethod
    def _parts(unit: Unit, album: Sequence[Copy]) -> tuple[list[Message], Customer | None]:
        found = [unit.messages.get(one.message_id) for one in album]
        parts = [part for part in found if part is not None]
        return parts, unit.customers.get(parts[0].customer_id) if parts else None


def _stands_by_itself(target: Target) -> bool:
    """Whether all that is said there belongs to one ticket."""
    return target.topic_id is not None and not target.shared
