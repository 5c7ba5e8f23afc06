"""The commands on labels, for `table.py`: declared here, done in `labels.py`."""

from __future__ import annotations

import click

from bot.cli.shell import Group, Shell


@click.group(cls=Group)
def labels() -> None:
    """Look after what the bot learns from: what people say that customers' words are about."""


@labels.command("list")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 1000), help="So many, the newest first.")
@click.option("--before", default=None, type=int, metavar="ID", help="Only those before this one.")
@click.pass_obj
def labels_list(shell: Shell, *, most: int, before: int | None) -> int:
    """Show labels: number, time, who, how, the words, and what they were taken for."""
    from bot.cli import labels

    return labels.show(shell.at_database(), most=most, before=before)


@labels.command("export")
@click.pass_obj
def labels_export(shell: Shell) -> int:
    """Print the labels that count as JSON lines: {"text", "lang", "scenario", "answer", "source", …}, as eval reads."""
    from bot.cli import labels

    return labels.export(shell.at_database())


@labels.command("undo")
@click.argument("ids", nargs=-1, type=int, required=True, metavar="ID...")
@click.pass_obj
def labels_undo(shell: Shell, ids: tuple[int, ...]) -> int:
    """Take labels back; running bots forget them within a minute."""
    from bot.cli import labels

    return labels.undo(shell.at_database(), ids)


@labels.command("versions")
@click.pass_obj
def labels_versions(shell: Shell) -> int:
    """Show what was learned when, and which version the bot goes by."""
    from bot.cli import labels

    return labels.versions(shell.at_database())


@labels.command("use")
@click.argument("version", type=click.IntRange(0), metavar="VERSION")
@click.pass_obj
def labels_use(shell: Shell, version: int) -> int:
    """Let the bot go by this version of what was learned; 0: by the pack alone."""
    from bot.cli import labels

    return labels.use(shell.at_database(), version)
