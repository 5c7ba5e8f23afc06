"""The process of a playground's bot: it waits to be told its settings, and never outlives whoever started it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli import staging
from bot.cli.child import Child
from bot.running import spare_the_collector
from bot.settings import Settings, load

WITHIN_S = 120.0


def told(settings: Settings, config: Path | None) -> Mapping[str, str]:
    return staging.told(settings, config, "http://127.0.0.1:1", "en", "example")


@pytest.mark.long
async def test_a_bot_that_was_told_nothing_ends_with_whoever_started_it(capfd: pytest.CaptureFixture[str]) -> None:
    child = await Child.started()
    child.close()
    assert await asyncio.wait_for(child.wait(), WITHIN_S) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.long
async def test_settings_that_are_told_stand_above_those_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPPORT_TELEGRAM__MODE", "polling")
    child = await Child.started()
    child.tell({"SUPPORT_TELEGRAM__MODE": "pigeon"})
    assert await asyncio.wait_for(child.wait(), WITHIN_S) == 2
    assert "pigeon" in capfd.readouterr().err


async def test_stopping_one_that_has_ended_by_itself_is_no_error() -> None:
    child = await Child.started()
    child.kill()
    assert await asyncio.wait_for(child.wait(), WITHIN_S) == -9
    child.kill()
    await child.stop(within=WITHIN_S)


def test_the_bot_of_a_playground_reads_the_settings_file_that_was_named(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[app]\nname = "Second shop"\n', encoding="utf-8")
    settings = load(file, env={})
    assert load(env=told(settings, file)).app.name == "Second shop"


def test_the_page_of_a_playground_speaks_for_the_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bot = load(env=told(load(env={}), None))
    assert bot.app.language == "en"
    assert bot.telegram.api_url == "http://127.0.0.1:1"


def test_the_collector_that_rested_while_everything_was_imported_works_afterwards() -> None:
    gc.disable()
    spare_the_collector()
    assert gc.isenabled()
