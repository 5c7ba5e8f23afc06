"""The people who look after customers, as every part of the bot needs to know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from storage.closed_sets import Channel, Language, Priority, SpokenLanguage

UTC: Final = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where tickets go: a group, or a fixed topic of it; as in `Ticket`."""

    group_id: int | None = None
    thread_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which tickets go to a destination: those that fit everything it names."""

    to: Destination
    name: str = ""
    scenario: str | None = None
    language: Language | None = None
    channel: Channel | None = None
    priority: Priority | None = None

    def fits(self, *, scenario: str | None, language: Language, channel: Channel, priority: Priority) -> bool:
        asked = (self.scenario, scenario), (self.language, language), (self.channel, channel), (self.priority, priority)
        return all(wanted in (None, given) for wanted, given in asked)


@dataclass(slots=True)
class TeamNow:
    """What of the team changes while the bot runs: it is kept in the database, and each process looks again and again.

    The one value here that changes.
    """

    admin_ids: tuple[int, ...] = ()
    """Admins whom other admins, or a code, have made."""
    group_id: int | None = None
    """The operator group that an admin has connected by a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What the team speaks, where they live, and how they are reached."""

    language: SpokenLanguage
    fallback: SpokenLanguage = "en"
    """What customers are told in whose language the bot does not speak."""
    zone: ZoneInfo = UTC
    admin_ids: tuple[int, ...] = ()
    """Telegram's ids of those whom the settings name as admins; `admins` are all of them."""
    asks_rating: bool = True
    """Whether customers are asked how they were helped."""
    names_group: bool = False
    """Whether the settings name an operator group."""
    routes: tuple[Route, ...] = ()
    """Which tickets go to another group than the first, or to a fixed topic; the first that fits counts."""
    now: TeamNow = field(default_factory=TeamNow, compare=False)

    @property
    def admins(self) -> tuple[int, ...]:
        """Return the Telegram ids of all admins."""
        return tuple(dict.fromkeys((*self.admin_ids, *self.now.admin_ids)))

    @property
    def has_group(self) -> bool:
        """Whether there is an operator group; where there is none, admins are told in private."""
        return self.names_group or self.now.group_id is not None

    def destination(
        self, *, scenario: str | None, language: Language, channel: Channel, priority: Priority
    ) -> Destination:
        """Return where a new ticket goes."""
        for route in self.routes:
            if route.fits(scenario=scenario, language=language, channel=channel, priority=priority):
                return route.to
        return Destination()

    @property
    def destinations(self) -> Mapping[Destination, str]:
        """Return all places that tickets may be in, each with its name; empty where the routes give it none."""
        named = {route.to: route.name for route in reversed(self.routes)}
        return {Destination(): ""} | {route.to: named[route.to] for route in self.routes}

    @property
    def other_groups(self) -> tuple[int, ...]:
        """Return the groups that routes name beside the first one."""
        named = (route.to.group_id for route in self.routes)
        return tuple(dict.fromkeys(group_id for group_id in named if group_id is not None))
