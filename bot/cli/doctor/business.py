"""Accounts and channels that the bot answers for, as they were last told of: connected, and with the rights for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.cli.doctor.findings import Finding, ok, warn
from bot.settings import Settings
from storage.business import BusinessConnection
from storage.direct import DirectChat
from storage.store import Store
from storage.units import Unit

SUBJECT = "business"
CONNECT = "in Telegram: Settings, Telegram Business, Chatbots"


async def examine(store: Store, settings: Settings) -> list[Finding]:
    named = {*settings.business.owners, *settings.telegram.admin_ids}

    def look(unit: Unit) -> list[Finding]:
        team = named | {one.id for one in unit.admins.all()}
        # Who administers a group is not kept: then an account of nobody known may be one of theirs.
        accounts = _accounts(unit.business.all(), None if settings.telegram.group_admins else team)
        return [*accounts, *_channels(unit.direct.all())]

    return await store.read(look)


def _accounts(accounts: list[BusinessConnection], team: Collection[int] | None) -> Iterator[Finding]:
    """Tell of each account. `team`: whose accounts are answered for; None: that cannot be told from here."""
    for one in accounts:
        name = f"the account of {one.owner_name} ({one.owner_id})"
        if team is not None and one.owner_id not in team:
            if one.enabled:
                fix = "if it is yours, add its owner to business.owners"
                yield warn(SUBJECT, f"{name} is connected and not answered for: its owner is none of the team", fix)
        elif not one.enabled:
            yield ok(SUBJECT, f"{name} is not connected any more")
        elif not one.can_reply:
            yield warn(SUBJECT, f"the bot may not reply in {name}", f"give it the right to reply; {CONNECT}")
        else:
            yield ok(SUBJECT, f"{name} is connected, and the bot may reply there")


def _channels(chats: list[DirectChat]) -> Iterator[Finding]:
    for one in chats:
        if not one.served:
            fix = "if it is yours, add its owner to business.owners"
            yield warn(SUBJECT, f"direct messages of {one.title!r} are not answered: nobody of the team runs it", fix)
        elif not one.may_manage:
            fix = "make it an administrator of the channel with the right to manage direct messages"
            yield warn(SUBJECT, f"the bot may not answer direct messages of {one.title!r}", fix)
        else:
            yield ok(SUBJECT, f"direct messages of {one.title!r} are answered")


def mode(me: dict[str, object], *, wanted: bool) -> Iterator[Finding]:
    """Tell whether the bot can be connected at all, where the settings want that. `me`: what getMe says."""
    if wanted and not me.get("can_connect_to_business"):
        fix = "switch it on: @BotFather, your bot, Bot Settings, Business Mode"
        yield warn(SUBJECT, "business.owners is set, but Business Mode is off: nobody can connect the bot", fix)
