"""Who the team is: admins and group, by the settings or as they were connected in Telegram."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.cli.doctor.findings import Finding, ok, warn
from bot.settings import Settings
from services.delivery.operator_group import connected
from storage.engines import sqlite_file
from storage.errors import StorageError
from storage.store import Store
from storage.units import Unit

WITHIN_S: Final = 10
LINK: Final = (
    "open the link that `support-bot run` prints at its start, or send the bot the code of `support-bot admins code`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What is kept of it beside the settings."""

    group: int | None = None
    """The group that was connected by its button."""
    admins: tuple[str, ...] = ()
    """Their names, or their ids."""


async def kept(settings: Settings) -> Team | None:
    """Return what the database tells; None where it does not, which is told of elsewhere."""
    url = settings.database.url.get_secret_value()
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return Team()
    try:
        async with asyncio.timeout(WITHIN_S), Store(url, pool_size=1, max_overflow=0) as store:
            return await store.read(_look) if await store.schema_state() == "newest" else None
    except (StorageError, TimeoutError):
        return None


def _look(unit: Unit) -> Team:
    return Team(group=connected(unit), admins=tuple(one.name or str(one.id) for one in unit.admins.all()))


def examine(settings: Settings, team: Team | None) -> Finding:
    """Tell who administers the bot."""
    named = [str(one) for one in settings.telegram.admin_ids]
    people = [*named, *(team.admins if team else ())]
    if people:
        return ok("admins", f"{len(people)}: {', '.join(people)}")
    if settings.telegram.group_admins:
        return ok("admins", "the administrators of the operators' groups")
    if team is None:
        return warn("admins", "the settings name none, and the database does not tell", "see database")
    return warn("admins", "nobody administers the bot: there is no set-up, and no group can be connected", LINK)
