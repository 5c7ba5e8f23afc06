"""The commands on facts, for `table.py`: declared here, done in `facts.py`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.shell import Group, Shell

PATH = click.Path(path_type=Path)


@click.group(cls=Group)
def facts() -> None:
    """Tell what answers need to know about your business: hours, address, what delivery costs."""


@facts.command("list")
@click.option("--missing", is_flag=True, help="Only what is not filled in.")
@click.pass_obj
def facts_list(shell: Shell, *, missing: bool) -> int:
    """Show each fact with its type and values, and the answers that wait for it."""
    from bot.cli import facts

    return facts.show(shell.at_database(), only_missing=missing)


@facts.command("set")
@click.argument("key")
@click.argument("value", required=False)
@click.option("--language", metavar="CODE", help="Only for customers of this language, such as ru or en.")
@click.option("--remove", is_flag=True, help="Take the value away.")
@click.pass_obj
def facts_set(shell: Shell, key: str, value: str | None, language: str | None, *, remove: bool) -> int:
    """Fill in a fact, the same in all languages or in one; running bots learn it within seconds."""
    from bot.cli import facts

    return facts.set_(shell.at_database(), key, value, language=language, remove=remove)


@facts.command("import")
@click.argument("file", type=PATH)
@click.pass_obj
def facts_import(shell: Shell, file: Path) -> int:
    """Fill in the facts that a TOML file names; others stay as they are.

    A line of FILE: delivery.cost = "free" or delivery.cost = { ru = "бесплатно", en = "free" }.
    """
    from bot.cli import facts

    return facts.import_(shell.at_database(), file)


@facts.command("export")
@click.argument("file", type=PATH)
@click.pass_obj
def facts_export(shell: Shell, file: Path) -> int:
    """Write the values to a TOML file that import reads; what is not filled in stands there as a comment."""
    from bot.cli import facts

    return facts.export(shell.at_database(), file)
