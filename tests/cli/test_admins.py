"""`support-bot admins` sees and changes who administers the bot, beside a running one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest

from bot.cli import call
from services.connecting.codes import digest_of
from storage.store import Store

Cli = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def cli(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SUPPORT_TELEGRAM__ADMIN_IDS", "42")

    async def run(*args: str) -> tuple[int, str]:
        code = await asyncio.to_thread(call, args)
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


async def test_admins_come_and_go(cli: Cli, store: Store) -> None:
    assert await cli("admins", "add", "77", "--name", "Вера") == (0, "Вера is an admin now\n")
    assert await cli("admins", "add", "77") == (0, "77 is an admin already\n")
    assert await cli("admins", "add", "42") == (0, "42 is an admin already\n")
    code, out = await cli("admins", "list")
    assert code == 0
    assert "42  (telegram.admin_ids)" in out
    assert re.search(r"77  Вера  since \d{4}-\d\d-\d\d, by support-bot", out)
    assert await cli("admins", "remove", "77") == (0, "Вера is an admin no more\n")
    assert await cli("admins", "remove", "77") == (1, "77 is no admin\n")
    code, out = await cli("admins", "remove", "42")
    assert (code, "telegram.admin_ids" in out) == (1, True)
    assert await store.read(lambda unit: unit.admins.all()) == []


async def test_a_code_is_printed_and_kept_as_a_hash(cli: Cli, store: Store) -> None:
    code, out = await cli("admins", "code")
    assert code == 0
    found = re.search(r"/admin (\S+)", out)
    assert found is not None
    assert [one.digest for one in await store.read(lambda unit: unit.admins.codes())] == [digest_of(found[1])]


@pytest.mark.parametrize("wrong", ["0", "99999999999999999999"])
async def test_an_id_must_be_one(cli: Cli, wrong: str) -> None:
    code, out = await cli("admins", "add", wrong)
    assert (code, "no Telegram user id" in out) == (2, True)
