"""What all commands share: the options that may stand anywhere, settings on demand, and how to refuse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.redaction import Redaction, redact

if TYPE_CHECKING:
    from bot.logs import Level
    from bot.settings import Settings


class Refusal(click.ClickException):
    """The call or the configuration is wrong: one line on standard error, exit code 2."""

    exit_code = 2


@dataclass(slots=True)
class Shell:
    """What was said beside the command itself."""

    config: Path | None = None
    debug: bool = False
    redact: Redaction = redact

    def settings(self) -> Settings:
        from bot import logs
        from bot.settings import SettingsInvalid, load

        try:
            settings = load(self.config)
        except SettingsInvalid as error:
            raise Refusal(error.summary) from None
        self.redact = logs.configure(level=_quiet(settings), fmt=settings.logging.format, secrets=settings.secrets)
        return settings

    def at_database(self) -> Settings:
        """Return the settings for a command that works on what a bot keeps, the playground's or the real one's."""
        from bot.cli import which

        return which.database(self.settings())


def _quiet(settings: Settings) -> Level:
    """Return how much a command logs: what it has to say it prints, so only what went wrong; `run` says more."""
    return "warning" if settings.logging.level == "info" else settings.logging.level


class Command(click.Command):
    """Takes `--config` and `--debug` too, because nobody remembers on which side of the command they belong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _shared_options()


class Group(click.Group):
    """Lists its commands in the order of their declaration: what a newcomer needs comes first."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _shared_options()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


def _shared_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            expose_value=False,
            callback=_remember_config,
            help="The settings file, instead of ./config.toml.",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_remember_debug,
            help="Show where an unexpected error comes from.",
        ),
    ]


def _remember_config(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    shell = ctx.ensure_object(Shell)
    shell.config = value or shell.config


def _remember_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
    shell = ctx.ensure_object(Shell)
    shell.debug = value or shell.debug
