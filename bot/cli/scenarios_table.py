"""`support-bot scenarios`, its arguments and its help; see `table`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from bot.cli.shell import Shell

PATH = click.Path(path_type=Path)


@click.group()
def scenarios() -> None:
    """Look after the scenario files."""


@scenarios.command()
@click.argument("path", required=False, type=PATH)
@click.option("--quick", is_flag=True, help="Do not look for phrases that are mixed up, which takes some seconds.")
@click.pass_obj
def check(shell: Shell, path: Path | None, *, quick: bool) -> int:
    """Find mistakes in scenario files, and what they lack.

    Each mistake is told as file, line, mistake and fix. Without PATH: the folder of scenarios.path.
    """
    from bot.cli import scenarios

    return scenarios.check(path or shell.settings().scenarios.path, quick=quick)


@scenarios.command()
@click.argument("path", required=False, type=PATH)
@click.option("--seconds", default=60.0, show_default=True, help="No further part is tried that would end later.")
@click.option("--questions", type=PATH, help="Your own test questions, one a line, instead of customers' messages.")
@click.pass_obj
def score(shell: Shell, path: Path | None, seconds: float, questions: Path | None) -> int:
    """Measure how phrases are understood that the engine has not seen.

    Every fifth phrase is left out in turn, and judged by an engine that was taught the others. Then: how many of the
    last messages of customers would be answered, asked back, left to people.
    """
    from bot.cli import scoring

    settings = shell.settings()
    return scoring.score(settings, path or settings.scenarios.path, seconds=seconds, questions=questions)


@scenarios.command("import")
@click.argument("path", required=False, type=PATH)
@click.pass_obj
def import_(shell: Shell, path: Path | None) -> int:
    """Bring scenario files into the database.

    Running bots learn it within seconds. What the database said before is replaced; the templates of before are
    kept with author and time. Without PATH: the folder of scenarios.path.
    """
    from bot.cli import scenarios

    settings = shell.at_database()
    return scenarios.import_(settings, path or settings.scenarios.path)


@scenarios.command()
@click.argument("path", required=False, type=PATH)
@click.pass_obj
def export(shell: Shell, path: Path | None) -> int:
    """Write the database's scenarios as files.

    Files of scenarios that the database does not have are removed. Without PATH: the folder of scenarios.path.
    """
    from bot.cli import scenarios

    settings = shell.at_database()
    return scenarios.export(settings, path or settings.scenarios.path)


@scenarios.command()
@click.argument("path", required=False, type=PATH)
@click.pass_obj
def diff(shell: Shell, path: Path | None) -> int:
    """Show what an import would change; exit code 1 when that is anything.

    Without PATH: the folder of scenarios.path.
    """
    from bot.cli import scenarios

    settings = shell.at_database()
    return scenarios.diff(settings, path or settings.scenarios.path)


@scenarios.command("from-faq")
@click.argument("file", type=PATH)
@click.option("--language", help="The language of the whole file, such as ru. Without it each answer's letters tell.")
@click.option("--to", type=PATH, help="Write scenario files there; those that it has already stay.")
@click.option("--phrasings", type=PATH, help="A file of ways of asking: the model writes it, you tick, they are used.")
@click.pass_obj
def from_faq(shell: Shell, file: Path, language: str | None, to: Path | None, phrasings: Path | None) -> int:
    """Make answers of the questions and answers in a file.

    CSV, XLSX, Markdown, DOCX, HTML (a page saved from the browser) or plain text. Shows what it has found, with facts
    that answers name, and what it could not take. Without --to nothing is written.
    """
    from bot.cli import from_faq
    from bot.cli.phrasings import propose

    settings = shell.settings()
    return from_faq.from_faq(
        file,
        language=language,
        to=to,
        shipped=settings.scenarios.path,
        phrasings=phrasings,
        propose=partial(propose, settings),
    )
