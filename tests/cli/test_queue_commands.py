"""What was set aside can be seen and played again, beside a running bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.cli import call
from storage.records import Entry
from storage.store import Store
from storage.units import Unit

Cli = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def cli(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.setenv("DATABASE_URL", database_url)

    async def run(*args: str) -> tuple[int, str]:
        code = await asyncio.to_thread(call, args)
        return code, capsys.readouterr().out

    return run


@pytest.fixture
async def aside(store: Store) -> list[int]:
    """Two updates that failed, in one lane, and one that waits."""

    def act(unit: Unit) -> None:
        for number in range(3):
            payload = f'{{"message": {{"text": "Привет {number}"}}}}'
            unit.inbox.put(Entry(key=f"tg:{number}", lane="p:1", payload=payload))

    await store.write(act)
    for _ in range(2):
        [task] = await store.claim("inbox", pool="", most=1, busy=())
        await store.write(lambda unit: unit.inbox.settle(task, error="undecodable: message.date"))
    return await store.read(lambda unit: [one.id for one in unit.inbox.quarantined()])


async def test_list_shows_what_failed_and_why(cli: Cli, aside: list[int]) -> None:
    code, out = await cli("inbox", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[0:4:2]] == [str(number) for number in aside]
    assert "tg:0  undecodable: message.date" in out
    assert "Привет 1" in out
    assert "Привет 2" not in out
    assert await cli("outbox", "list") == (0, "nothing set aside\n")


async def test_retry_puts_one_back_or_all(cli: Cli, aside: list[int], store: Store) -> None:
    code, out = await cli("inbox", "retry", str(aside[1]))
    assert (code, out.split(";")[0]) == (0, "1 put back")
    code, out = await cli("inbox", "retry", str(aside[1]), "9999")
    assert code == 1
    assert "2 of the ids" in out
    assert (await cli("inbox", "retry"))[0] == 0

    def look(unit: Unit) -> None:
        assert unit.inbox.count_quarantined() == 0
        assert (unit.inbox.backlog())[0] == 3

    await store.read(look)
    [head] = await store.claim("inbox", pool="", most=5, busy=())
    assert head.key == "tg:0"


def test_a_database_that_is_not_there_is_a_slip(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/gone.db")
    assert call(["inbox", "list"]) == 2
    err = capsys.readouterr().err
    assert "gone.db" in err
    assert err.count("\n") == 1
