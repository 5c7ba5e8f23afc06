"""Databases that a command cannot work on: one line with the fix, exit code 2, and nothing is changed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.cli import call
from storage import engines

COMMANDS = (
    ["inbox", "list"],
    ["outbox", "retry"],
    ["customer", "export", "7"],
    ["customer", "erase", "7", "--yes"],
    ["scenarios", "export", "elsewhere"],
)


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound database, in a folder to run in."""
    found = tmp_path / "support.db"
    found.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{found}")
    monkeypatch.chdir(tmp_path)
    return found


def change(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as opened, opened:
        opened.execute(statement)


def newer(file: Path) -> None:
    change(file, "UPDATE alembic_version SET version_num = '9999'")


def older(file: Path) -> None:
    change(file, "UPDATE alembic_version SET version_num = '0001'")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def letter(file: Path) -> None:
    file.write_text("Dear Sir or Madam, " * 1000)


def broken(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    with file.open("r+b") as opened_file:
        opened_file.seek((page - 1) * 4096)
        opened_file.write(b"\xa5" * 4096)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "a newer support-bot has written it: update this one"),
        (older, "support-bot migrate"),
        (empty, "support-bot migrate"),
        (letter, "not a database"),
        (broken, "table alembic_version is malformed"),
    ],
)
def test_a_command_says_so_in_one_line(
    file: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], said: str, command: list[str]
) -> None:
    spoil(file)
    before = file.read_bytes()
    assert call(command) == 2
    err = capsys.readouterr().err
    assert said in err
    assert str(file) in err
    assert err.count("\n") == 1
    with contextlib.closing(sqlite3.connect(file)):
        assert file.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("spoil", [newer, letter, broken])
def test_migrate_refuses_what_it_cannot_migrate(
    file: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    spoil(file)
    assert call(["migrate"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("spoil", "level", "said"),
    [
        (newer, "fail", "newer support-bot"),
        (older, "warn", "support-bot migrate"),
        (letter, "fail", "not a database"),
        (broken, "fail", "table alembic_version is malformed"),
    ],
)
def test_the_doctor_says_so_too(
    file: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], level: str, said: str
) -> None:
    spoil(file)
    call(["doctor", "--quick"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.split()[1] == "database"]
    assert [line for line in lines if line.startswith(level) and said in line]


def test_a_server_without_a_free_connection_is_named(
    postgresql_template: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = make_url(postgresql_template)

    async def crowd() -> tuple[int, int]:
        admin = engines.postgresql(postgresql_template, pool_size=1, max_overflow=0)
        async with admin.begin() as connection:
            await connection.execute(text("CREATE ROLE narrow LOGIN CONNECTION LIMIT 0"))
        monkeypatch.setenv("DATABASE_URL", url.set(username="narrow").render_as_string(hide_password=False))
        try:
            return await asyncio.to_thread(call, ["doctor", "--quick"]), await asyncio.to_thread(
                call, ["inbox", "list"]
            )
        finally:
            async with admin.begin() as connection:
                await connection.execute(text("DROP ROLE narrow"))
            await admin.dispose()

    assert asyncio.run(crowd()) == (1, 2)
    out, err = capsys.readouterr()
    assert "too many connections" in out
    assert "max_connections" in out
    assert "too many connections" in err
    assert err.count("\n") == 1


def test_database_and_folder_are_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    old = os.umask(0o022)
    try:
        assert call(["migrate"]) == 0
    finally:
        os.umask(old)
    assert Path("data").stat().st_mode & 0o777 == 0o700
    assert {one.name: one.stat().st_mode & 0o077 for one in Path("data").iterdir()} == {"support.db": 0}
    Path("data").chmod(0o755)
    Path("data/support.db").chmod(0o644)
    assert call(["inbox", "list"]) == 0
    assert Path("data").stat().st_mode & 0o777 == 0o700
    assert Path("data/support.db").stat().st_mode & 0o777 == 0o600
