"""Every command, its arguments and its help. Nothing heavy is imported until a command runs.

Adding one: declare it here, write `bot/cli/<command>.py` with a function that takes the settings and returns the
exit code, and import that module in the body, as `run` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from bot.cli.shell import Group, Shell

PATH = click.Path(path_type=Path)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="support-bot", message="%(prog)s %(version)s")
def root() -> None:
    """Run a Telegram customer-support bot that loses nothing, works offline and knows when it does not know."""


@root.command()
@click.pass_obj
def run(shell: Shell) -> int:
    """Start the bot; without BOT_TOKEN the playground, in the browser."""
    from bot.cli import run

    return run.run(shell.settings())


@root.command()
@click.pass_obj
def play(shell: Shell) -> int:
    """Open the playground: a pretend Telegram in the browser with the real bot behind it."""
    from bot.cli import play

    return play.play(shell.settings())


@root.command()
@click.pass_obj
def migrate(shell: Shell) -> int:
    """Bring the database to the newest schema; `run` does so by itself."""
    from bot.cli import migrate

    return migrate.migrate(shell.settings())


@root.command()
@click.argument("text")
@click.option("--language", type=click.Choice(["ru", "en"]), help="Answer in this one, whatever the text is in.")
@click.option("--name", default="", metavar="NAME", help="The customer's first name.")
@click.pass_obj
def ask(shell: Shell, text: str, language: Literal["ru", "en"] | None, name: str) -> int:
    """Classify TEXT and show the answer, without Telegram."""
    from bot.cli import ask

    return ask.ask(shell.settings(), text, language=language, name=name)


@root.command("eval")
@click.argument("file", type=PATH, metavar="FILE.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--predictions", type=PATH, metavar="OUT.jsonl", help="Write every verdict there.")
@click.option("--curve", type=PATH, metavar="OUT.svg", help="Draw how much can be answered at which precision.")
@click.pass_obj
def evaluate(shell: Shell, file: Path, *, as_json: bool, predictions: Path | None, curve: Path | None) -> int:
    """Measure the classifier on lines with a known answer.

    A line of FILE.jsonl: {"text": "…", "lang": "ru", "scenario": "REFUND"}. UNKNOWN means that nothing should be
    answered automatically.
    """
    from bot.cli import evaluation

    return evaluation.measure(shell.settings(), file, as_json=as_json, predictions=predictions, curve=curve)


@root.group()
def scenarios() -> None:
    """Look after the scenario files."""


@scenarios.command()
@click.argument("path", required=False, type=PATH)
@click.pass_obj
def check(shell: Shell, path: Path | None) -> int:
    """Find mistakes in scenario files.

    Each is told as file, line, mistake and fix. Without PATH: the folder of scenarios.path.
    """
    from bot.cli import scenarios

    return scenarios.check(path or shell.settings().scenarios.path)
