"""Every command, its arguments and its help. Nothing heavy is imported until a command runs.

Adding one: declare it here, write `bot/cli/<command>.py` with a function that takes the settings and returns the
exit code, and import that module in the body, as `run` does.
"""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.admins_table import admins
from bot.cli.facts_table import facts
from bot.cli.labels_table import labels
from bot.cli.scenarios_table import scenarios
from bot.cli.shell import Group, Shell
from storage.closed_sets import LANGUAGES, SpokenLanguage

PATH = click.Path(path_type=Path)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="support-bot", message="%(prog)s %(version)s")
def root() -> None:
    """Run a Telegram customer-support bot that loses nothing, works offline and knows when it does not know."""


@root.command()
@click.option("--tied", is_flag=True, hidden=True, help="Be told settings by standard input; end with it.")
@click.pass_obj
def run(shell: Shell, *, tied: bool) -> int:
    """Start the bot; without BOT_TOKEN the playground, in the browser."""
    from bot.cli import run

    if tied:
        run.be_told()
    return run.run(shell.settings(), config=shell.config, tied=tied)


@root.command()
@click.pass_obj
def play(shell: Shell) -> int:
    """Open the playground: a pretend Telegram in the browser with the real bot behind it."""
    from bot.cli import play

    return play.play(shell.settings(), config=shell.config)


@root.command()
@click.option("--quick", is_flag=True, help="Do not look for answers that are mixed up, which takes some seconds.")
@click.pass_obj
def doctor(shell: Shell, *, quick: bool) -> int:
    """Check settings, database, Telegram, group, scenarios and model, and tell how to mend what is wrong."""
    from bot.cli import doctor

    return doctor.doctor(shell, quick=quick)


@root.command()
@click.pass_obj
def migrate(shell: Shell) -> int:
    """Bring the database to the newest schema; `run` does so by itself."""
    from bot.cli import migrate

    return migrate.migrate(shell.at_database())


@root.command()
@click.argument("file", type=PATH)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def backup(shell: Shell, file: Path, *, force: bool) -> int:
    """Copy the database to FILE, beside a running bot: whole, of one moment, and checked."""
    from bot.cli import backup

    return backup.backup(shell.at_database(), file, force=force)


@root.command()
@click.argument("text")
@click.option("--language", type=click.Choice(LANGUAGES), help="Answer in this one, whatever the text is in.")
@click.option("--name", default="", metavar="NAME", help="The customer's first name.")
@click.pass_obj
def ask(shell: Shell, text: str, language: SpokenLanguage | None, name: str) -> int:
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


root.add_command(scenarios)
root.add_command(facts)
root.add_command(admins)
root.add_command(labels)


@root.group()
def inbox() -> None:
    """Look after what came in and could not be processed."""


@inbox.command("list")
@click.pass_obj
def inbox_list(shell: Shell) -> int:
    """Show what was set aside, with the reason."""
    from bot.cli import queues

    return queues.show(shell.at_database(), "inbox")


@inbox.command("retry")
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
@click.pass_obj
def inbox_retry(shell: Shell, ids: tuple[int, ...]) -> int:
    """Play tasks again that were set aside; without an ID all of them."""
    from bot.cli import queues

    return queues.retry(shell.at_database(), "inbox", ids)


@root.group()
def outbox() -> None:
    """Look after what was to be sent and could not be."""


@outbox.command("list")
@click.pass_obj
def outbox_list(shell: Shell) -> int:
    """Show what was set aside, with the reason."""
    from bot.cli import queues

    return queues.show(shell.at_database(), "outbox")


@outbox.command("retry")
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
@click.pass_obj
def outbox_retry(shell: Shell, ids: tuple[int, ...]) -> int:
    """Send what was set aside again; without an ID all of it."""
    from bot.cli import queues

    return queues.retry(shell.at_database(), "outbox", ids)


@root.group()
def customer() -> None:
    """Hand out or erase what is kept of one customer.

    ID is their Telegram user id or the API's client_id; telegram:ID or api:ID when both could be meant.
    """


@customer.command("export")
@click.argument("who", metavar="ID")
@click.pass_obj
def customer_export(shell: Shell, who: str) -> int:
    """Print everything that is kept of a customer, as JSON to read.

    It holds the customer, messages, tickets, verdicts, and what is still to be sent to them.
    """
    from bot.cli import customers

    return customers.export(shell.at_database(), who)


@customer.command("erase")
@click.argument("who", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def customer_erase(shell: Shell, who: str, *, yes: bool) -> int:
    """Erase a customer with all they wrote and were answered; anonymous counts stay.

    Asks first; where nobody can be asked (a script, cron), it needs --yes.
    """
    from bot.cli import customers

    return customers.erase(shell.at_database(), who, yes=yes)
