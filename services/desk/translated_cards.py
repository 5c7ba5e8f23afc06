"""A team that speaks another language than at the last start reads its open cards in the new one."""

from __future__ import annotations

from typing import Final

import structlog

from services.messages.effects import ShowCard
from services.queues.outbox import TOUCH, Outgoing
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
LANGUAGE: Final = "team_language"
"""Key of what the cards are written in."""
MOST: Final = 100
"""Cards that are written anew: a group takes twenty calls a minute, and the rest turn as they change."""


async def translate_cards(store: Store, team: Team) -> int:
    """Have open cards written anew where the language has changed; return how many. Lists turn by themselves."""

    def act(unit: Unit) -> int:
        before = unit.key_values.read(LANGUAGE)
        if before == team.language:
            return 0
        unit.key_values.write(LANGUAGE, team.language)
        if before is None:
            return 0
        shown = [ticket for ticket in unit.ticket_lists.open(most=MOST) if ticket.card_id is not None]
        outgoing = Outgoing(unit, f"retold:{team.language}:{int(unit.now.timestamp())}")
        for ticket in shown:
            outgoing.put(ShowCard(ticket_id=ticket.id), rank=TOUCH)
        return len(shown)

    told = await store.write(act)
    if told:
        log.info("cards.retold", language=team.language, cards=told)
    return told
