"""Which database a command works on where the settings leave it open, and that it says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import call
from bot.cli.which import database
from bot.settings import load
from playground import defaults
from storage.ownership import own

REAL, PRETEND = Path("data/support.db"), Path("data/playground.db")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()


@contextmanager
def running(file: Path) -> Iterator[None]:
    """Hold a database as a bot at work does."""
    with own(file):
        yield


def chosen(**env: str) -> Path:
    url = database(load(env=env)).database.url.get_secret_value()
    return Path(url.partition(":///")[2])


def test_the_playground_is_meant_while_it_is_all_there_is_or_runs(capsys: pytest.CaptureFixture[str]) -> None:
    PRETEND.touch()
    assert chosen() == PRETEND
    assert "data/playground.db, the playground's" in capsys.readouterr().err
    REAL.touch()
    with running(PRETEND):
        assert chosen() == PRETEND
    assert "data/playground.db, the playground's" in capsys.readouterr().err


def test_the_real_one_is_said_where_both_could_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert chosen() == REAL
    assert "data/support.db" in capsys.readouterr().err
    PRETEND.touch()
    REAL.touch()
    assert chosen() == REAL
    assert "data/support.db" in capsys.readouterr().err


def test_with_a_token_the_real_one_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    PRETEND.touch()
    assert chosen(BOT_TOKEN=defaults.TOKEN) == REAL
    assert capsys.readouterr().err == ""
    with running(PRETEND):
        assert chosen(BOT_TOKEN=defaults.TOKEN) == REAL
    assert "data/support.db, the bot's" in capsys.readouterr().err


def test_what_was_set_on_purpose_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    PRETEND.touch()
    assert chosen(DATABASE_URL="sqlite:///other.db") == Path("other.db")
    REAL.touch()
    PRETEND.unlink()
    assert chosen() == REAL
    assert capsys.readouterr().err == ""


def test_looking_leaves_the_lock_free() -> None:
    PRETEND.touch()
    with running(PRETEND):
        pass
    assert chosen() == PRETEND
    with running(PRETEND):
        pass


@pytest.mark.parametrize(
    "command",
    [
        ["inbox", "list"],
        ["outbox", "list"],
        ["outbox", "retry"],
        ["customer", "export", "1001"],
        ["customer", "erase", "--yes", "1001"],
        ["scenarios", "export", "out"],
        ["migrate"],
        ["doctor", "--quick"],
    ],
    ids=" ".join,
)
def test_every_command_that_needs_one_finds_it(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["migrate"]) == 0
    REAL.rename(PRETEND)
    capsys.readouterr()
    assert call(command) in {0, 1}
    assert "data/playground.db" in capsys.readouterr().err
    assert not REAL.exists()
