"""What was set aside because nobody knows whether it has arrived, in one message for the team."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from markupsafe import Markup

from services.messages.effects import Copy, Effect, PrivateChat, Say, ShowCard, TicketPlace, Words, decode
from services.messages.lengths import cut
from services.queues.outcomes import Postpone
from services.texts import say
from services.texts.team import Team
from storage.quarantined import Quarantined
from storage.records import Task
from storage.store import Store
from storage.units import Unit

GATHERING: Final = timedelta(seconds=10)
"""One break of the line cuts off many sends within seconds."""
SIDE_BY_SIDE: Final = timedelta(seconds=2)
"""What was set aside beside the unit that put the list in may bear an earlier time than the list."""
SHOWN_MOST: Final = 20
TEXT_MOST: Final = 80


class Unconfirmed:
    """Lists it by person and ticket."""

    def __init__(self, *, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def words(self, task: Task) -> Words:
        """Return the list of what has been set aside since the task was put in. Raises Postpone while more may come."""
        if self._store.now() - task.created_at < GATHERING:
            raise Postpone(GATHERING, "more may follow")

        def look(unit: Unit) -> tuple[list[Quarantined], list[str]]:
            found = unit.outbox.unconfirmed(since=task.created_at - SIDE_BY_SIDE)
            lines = [self._line(unit, decode(one.payload)) for one in found[:SHOWN_MOST]]
            return found, lines

        found, lines = await self._store.read(look)
        more = max(0, len(found) - SHOWN_MOST)
        return Words(text=say("admin.unconfirmed", self._team.language, number=len(found), lines=lines, more=more))

    def _line(self, unit: Unit, effect: Effect) -> str:
        return f"{self._whose(unit, effect)} {cut(_text(effect), TEXT_MOST)}".strip()

    def _whose(self, unit: Unit, effect: Effect) -> str:
        match effect:
            case (
                ShowCard(ticket_id=ticket)
                | Say(to=TicketPlace(ticket_id=ticket))
                | Copy(to=TicketPlace(ticket_id=ticket))
            ):
                return f"№{ticket}"
            case Say(to=PrivateChat(address=address)) | Copy(to=PrivateChat(address=address)):
                customer = unit.customers.find(address)
                return f"{customer.first_name}:" if customer else ""
            case _:
                return ""


def _text(effect: Effect) -> str:
    match effect:
        case Say(words=words):
            return Markup(words.text).striptags() if words.html else words.text  # noqa: S704  # it loses its markup
        case Copy(text=text):
            return text
        case _:
            return ""
