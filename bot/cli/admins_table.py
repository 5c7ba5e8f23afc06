"""The commands of `support-bot admins`."""

from __future__ import annotations

import click

from bot.cli.shell import Group, Shell


@click.group(cls=Group)
def admins() -> None:
    """See and change who administers the bot."""


@admins.command("list")
@click.pass_obj
def admins_list(shell: Shell) -> int:
    """Show the admins: those of telegram.admin_ids, and those whom others have made."""
    from bot.cli import admins

    return admins.show(shell.at_database())


@admins.command("code")
@click.pass_obj
def admins_code(shell: Shell) -> int:
    """Print a one-time code: whoever sends it to the bot is an admin."""
    from bot.cli import admins

    return admins.code(shell.at_database())


@admins.command("add")
@click.argument("admin_id", type=int, metavar="ID")
@click.option("--name", default="", metavar="NAME", help="What lists call them.")
@click.pass_obj
def admins_add(shell: Shell, admin_id: int, name: str) -> int:
    """Make an admin of the Telegram user ID."""
    from bot.cli import admins

    return admins.add(shell.at_database(), admin_id, name)


@admins.command("remove")
@click.argument("admin_id", type=int, metavar="ID")
@click.pass_obj
def admins_remove(shell: Shell, admin_id: int) -> int:
    """Let the Telegram user ID be an admin no more."""
    from bot.cli import admins

    return admins.remove(shell.at_database(), admin_id)
