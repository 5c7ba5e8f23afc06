"""Nothing that people wrote acts on the terminal of who reads it."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import call
from bot.cli.doctor.findings import ok
from bot.cli.terminal import json_text, visible
from storage.records import Entry
from storage.store import Store

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


@given(st.text())
def test_text_keeps_its_letters_only(text: str) -> None:
    shown = visible(text)
    assert not ACTS.search(shown)
    shown.encode()


@given(st.dictionaries(st.text(), st.text()))
def test_json_reads_back_as_what_it_was(value: dict[str, str]) -> None:
    shown = json_text(value)
    assert not ACTS.search(shown)
    assert json.loads(shown.encode()) == value


def test_letters_and_emoji_stand_as_they_are() -> None:
    assert visible("Привет 👩\u200d💻\n") == "Привет 👩\u200d💻\n"
    assert visible("\x1b[31m \x9b31m \u202etxt.exe") == "\\x1b[31m \\x9b31m \\u202etxt.exe"
    assert str(ok("operators", "\x1b[2J group")) == "ok    operators   \\x1b[2J group"


async def test_what_was_set_aside_is_listed_without_its_escapes(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    payload = json.dumps({"message": {"text": "\x1b]0;owned\x07 \x9b2J где заказ?"}})
    await store.write(lambda unit: unit.inbox.put(Entry(key="api:\x1b[2J", lane="p:1", payload=payload)))
    [task] = await store.claim("inbox", pool="", most=1, busy=())
    await store.write(lambda unit: unit.inbox.settle(task, error="bad \x1b[31m luck"))
    assert await asyncio.to_thread(call, ["inbox", "list"]) == 0
    out = capsys.readouterr().out
    assert "где заказ?" in out
    assert not ACTS.search(out)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me@db.example/support?password=hush-hush",
        "postgresql://me@db.example/support?sslmode=require&PassWord=hush-hush",
        "postgresql+asyncpg://me@db.example/support?pass%77ord=hush-hush",
    ],
)
@pytest.mark.parametrize("command", [["doctor"], ["inbox", "list"], ["backup", "x"], ["run"]], ids=" ".join)
def test_a_password_among_the_options_is_refused_and_not_shown(
    url: str,
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    assert call(command) == 2
    out, err = capsys.readouterr()
    assert "user:password@host" in err
    assert "hush" not in out + err
