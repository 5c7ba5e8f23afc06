"""On Monday morning admins read what the week before was like: once, over restarts and replicas.

Where no admin is named, each group reads of its own tickets.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import structlog

from services.messages.addresses import on_telegram
from services.messages.effects import GroupPlace, PrivateChat, Say
from services.queues.outbox import Outgoing
from services.reports.span import Span
from services.reports.statistics import Statistics
from services.reports.worth import digest, worth_an_answer
from services.texts.team import Team
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
HOUR: Final = 9
NOTE: Final = "weekly_told"
"""Key of the last week that was told of."""


class Weekly:
    """Looks whether a week is over."""

    def __init__(self, *, store: Store, statistics: Statistics, team: Team) -> None:
        self._store = store
        self._statistics = statistics
        self._team = team
        self._told = ""

    async def look(self) -> bool:
        """Tell of the last week, unless that was done or nothing happened in it."""
        monday = self._monday(self._store.now())
        if monday is None or self._told == monday.isoformat():
            return False
        span = Span(first=monday - timedelta(days=7), last=monday - timedelta(days=1), zone=self._team.zone)

        def look(unit: Unit) -> tuple[str | None, bool]:
            counts = unit.spans.counts(span.since, span.until)
            return unit.key_values.read(NOTE), bool(counts.questions or counts.tickets)

        told, busy = await self._store.read(look)
        self._told = monday.isoformat()
        if told == self._told:
            return False
        readers = [(place, self._statistics.scope_of(place)) for place in self._readers()] if busy else []
        scopes = {scope for _, scope in readers}
        tell = {scope: await self._statistics.report(span, self._team.language, scope) for scope in scopes}

        def act(unit: Unit) -> bool:
            if not unit.key_values.turn(NOTE, monday.isoformat()) or not tell:
                return False
            outgoing = Outgoing(unit, f"weekly:{monday.isoformat()}")
            worth = digest(worth_an_answer(unit, span.since, span.until), self._team.language)
            for place, scope in readers:
                tell[scope](outgoing, place)
                if isinstance(place, PrivateChat) and worth is not None:
                    outgoing.put(Say(to=place, words=worth))
            return True

        done = await self._store.write(act)
        if done:
            log.info("weekly.told", week=monday.isoformat())
        return done

    def _monday(self, now: datetime) -> date | None:
        """Return the Monday of this week; None before its morning."""
        here = now.astimezone(self._team.zone)
        monday = here.date() - timedelta(days=here.weekday())
        return None if here.date() == monday and here.hour < HOUR else monday

    def _readers(self) -> list[PrivateChat | GroupPlace]:
        admins: list[PrivateChat | GroupPlace] = [PrivateChat(address=on_telegram(one)) for one in self._team.admins]
        groups = (GroupPlace(group_id=one) for one in (None, *self._team.other_groups))
        return admins or (list(groups) if self._team.has_group else [])
