"""`support-bot admins list|add|remove|code`: who administers the bot, for whoever has its shell."""

from __future__ import annotations

import asyncio

import click

from bot.cli.database import work
from bot.cli.shell import Refusal
from bot.cli.terminal import visible
from bot.settings import Settings
from services.connecting.codes import command_of, link_of, new_code
from services.desk import audit
from services.desk.audit import SHELL
from storage.admins import Admin
from storage.store import Store
from storage.units import Unit

ID_MOST = 2**52
"""Telegram's ids have 52 bits at most."""


def show(settings: Settings) -> int:
    """Print the admins of the settings, then those that are kept."""

    async def read(store: Store) -> list[Admin]:
        return await store.read(lambda unit: unit.admins.all())

    named, kept = settings.telegram.admin_ids, work(settings, read)
    for one in named:
        click.echo(f"{one:>12}  (telegram.admin_ids)")
    for admin in (one for one in kept if one.id not in named):
        click.echo(visible(f"{admin.id:>12}  {admin.name}  since {admin.since:%Y-%m-%d}, by {admin.made_by}"))
    if settings.telegram.group_admins:
        click.echo("and the administrators of the operator groups (telegram.group_admins)")
    elif not named and not kept:
        click.echo("no admin yet: support-bot admins code prints a code that makes one, once")
    return 0


def add(settings: Settings, admin_id: int, name: str) -> int:
    """Make somebody an admin; a running bot knows within a second."""
    if not 0 < admin_id <= ID_MOST:
        raise Refusal(f"{admin_id} is no Telegram user id: a number, which @userinfobot tells")

    async def put(store: Store) -> bool:
        def act(unit: Unit) -> bool:
            if not unit.admins.add(admin_id, name=name, made_by=SHELL.name):
                return False
            unit.admins.drop_codes(first_before=unit.now)
            audit.note(unit, SHELL, "admin_added", detail=name or str(admin_id))
            return True

        return await store.write(act)

    new = admin_id not in settings.telegram.admin_ids and work(settings, put, may_create=True)
    click.echo(visible(f"{name or admin_id} is an admin now" if new else f"{admin_id} is an admin already"))
    return 0


def remove(settings: Settings, admin_id: int) -> int:
    """Take the office from somebody; 1 where they have none that can be taken here."""
    if admin_id in settings.telegram.admin_ids:
        click.echo(f"{admin_id} is named in telegram.admin_ids: take them out of there", err=True)
        return 1

    async def take(store: Store) -> Admin | None:
        def act(unit: Unit) -> Admin | None:
            gone = unit.admins.remove(admin_id)
            if gone is not None:
                audit.note(unit, SHELL, "admin_removed", detail=gone.name or str(gone.id))
            return gone

        return await store.write(act)

    gone = work(settings, take)
    if gone is None:
        click.echo(f"{admin_id} is no admin", err=True)
        return 1
    click.echo(visible(f"{gone.name or gone.id} is an admin no more"))
    return 0


def code(settings: Settings) -> int:
    """Print a code that makes whoever sends it to the bot an admin."""

    async def make(store: Store) -> str:
        return await store.write(lambda unit: new_code(unit, first=False, made_by=SHELL.name))

    made = work(settings, make, may_create=True)
    username = asyncio.run(_username(settings))
    click.echo("Whoever does this first, within 24 hours, is an admin of the bot:")
    if username:
        click.echo(f"  open {link_of(username, made)}")
    click.echo(f"  {'or ' if username else ''}write to the bot, in private: {command_of(made)}")
    return 0


async def _username(settings: Settings) -> str | None:
    """Return what links call the bot; None where there is no token, or Telegram does not say."""
    token = settings.telegram.token
    if token is None:
        return None
    from bot.cli.doctor.asking import Unreached
    from bot.cli.doctor.bot_api import BotApi
    from bot.cli.doctor.bot_api import Refused as NotTold

    try:
        me = await BotApi(settings, token.get_secret_value()).call("getMe")
    except (NotTold, Unreached):
        return None
    return str(me["username"]) if me.get("username") else None
