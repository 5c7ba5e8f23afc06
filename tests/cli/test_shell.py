"""What a person at the command line sees: help at once, one clear line for a mistake, never a traceback."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bot.cli import call, table
from bot.cli.shell import Shell

HEAVY = {"aiogram", "aiohttp", "alembic", "jinja2", "numpy", "openai", "pydantic", "sqlalchemy", "structlog"}
TOKEN = "123456789:AAE-the_token_of-a-test-bot0123"


@pytest.fixture(autouse=True)
def quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a folder without settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let a test add a command `broken` that ends as told."""

    def add(error: BaseException) -> None:
        @click.command(cls=table.root.command_class)
        @click.pass_obj
        def command(shell: Shell) -> None:
            shell.settings()
            raise error

        monkeypatch.setitem(table.root.commands, "broken", command)

    return add


def python(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *args]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def every_call(group: click.Group = table.root, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    calls = [path]
    for name, command in group.commands.items():
        calls += every_call(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return calls


def test_help_imports_nothing_heavy() -> None:
    """One process asks for all of them: the first that imports something is named."""
    code = f"""if True:
        import sys
        from bot.cli import call
        for path in {every_call()!r}:
            assert call([*path, "--help"]) == 0
            heavy = {HEAVY!r} & set(sys.modules)
            assert not heavy, (path, heavy)
    """
    assert python("-c", code).stdout.count("Usage: support-bot") == len(every_call())


@pytest.mark.parametrize("start", [["-m", "bot"], [str(Path(sys.executable).with_name("support-bot"))]])
def test_both_entry_points_start(start: list[str]) -> None:
    assert python(*start, "--version").stdout.startswith("support-bot ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nope"], "No such command 'nope'"),
        (["--nope"], "No such option '--nope'"),
        (["ask"], "Missing argument 'TEXT'"),
        (["ask", "x", "--language", "de"], "'de' is not one of 'ru', 'en'"),
        (["--config", "gone.toml", "ask", "x"], "gone.toml: cannot be read"),
        (["ask", "x", "--config", "gone.toml"], "gone.toml: cannot be read"),
        (["ask", "x"], "scenarios: error: no such folder"),
        (["play"], "set SUPPORT_SCENARIOS__PATH"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(args) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("support-bot: ")
    assert said in err
    assert err.count("\n") == 1


def test_wrong_settings_are_one_line_and_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "nonsense")
    monkeypatch.setenv("SUPPORT_HTTP_PORT", "80")
    assert call(["ask", "x"]) == 2
    assert capsys.readouterr().err == (
        "support-bot: SUPPORT_HTTP_PORT: is no setting; did you mean SUPPORT_HTTP__PORT? (and 1 more)\n"
    )


def test_nothing_to_do_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert call([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_an_unexpected_error_is_one_line_without_secrets(
    broken: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_HTTP__API_TOKEN", "hush-hush-hush-hush")
    broken(RuntimeError(f"bot{TOKEN}\nhush-hush-hush-hush"))
    assert call(["broken"]) == 1
    assert capsys.readouterr().err == (
        "support-bot: unexpected RuntimeError: bot[secret] [secret] (--debug shows where)\n"
    )


@pytest.mark.parametrize("args", [["--debug", "broken"], ["broken", "--debug"]])
def test_debug_shows_the_traceback_still_without_secrets(
    args: list[str], broken: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    broken(RuntimeError(f"bot{TOKEN}"))
    assert call(args) == 1
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "AAE-the_token" not in err


def test_ctrl_c_is_quiet(broken: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]) -> None:
    broken(KeyboardInterrupt())
    assert call(["broken"]) == 128 + signal.SIGINT
    assert "".join(capsys.readouterr()).strip() == ""


def test_a_reader_who_leaves_is_no_error() -> None:
    code = """if True:
        import click, sys
        from bot.cli import call, table
        @table.root.command()
        def flood():
            for _ in range(100_000):
                click.echo("line")
        sys.exit(call(["flood"]))
    """
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
