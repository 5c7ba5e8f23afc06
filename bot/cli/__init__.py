"""The command line: one place where whatever happens becomes an exit code and at most one line.

```
0  fine
1  the thing checked is not fine, or an error nobody expected
2  the call or the configuration is wrong
```
Commands are declared in `table.py`, which is all that `--help` reads; each lives in a module imported when called.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from bot.cli.shell import Shell
from bot.cli.table import root
from bot.cli.terminal import visible

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main() -> NoReturn:
    sys.exit(call())


def call(args: Sequence[str] | None = None) -> int:
    """Run one command line and answer with its exit code."""
    shell = Shell()
    try:
        code = root.main(args, prog_name="support-bot", obj=shell, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _say(shell, _sentence(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:  # noqa: BLE001 - the outermost door: nothing that a person calls ends in a traceback
        return _unexpected(shell, error)
    return int(code or 0)


def _sentence(error: click.ClickException) -> str:
    hint = f" (try {error.ctx.command_path} --help)" if isinstance(error, click.UsageError) and error.ctx else ""
    return error.format_message() + hint


def _unexpected(shell: Shell, error: Exception) -> int:
    if shell.debug:
        click.echo(shell.redact("".join(traceback.format_exception(error))), err=True, nl=False)
    hint = "" if shell.debug else " (--debug shows where)"
    return _say(shell, f"unexpected {type(error).__name__}: {str(error)[:300]}{hint}", 1)


def _say(shell: Shell, sentence: str, code: int) -> int:
    click.echo(visible("support-bot: " + shell.redact(" ".join(sentence.split()))), err=True)
    return code


def _reader_left() -> int:
    """Point standard output nowhere, so that closing it at exit does not complain a second time (`… | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
