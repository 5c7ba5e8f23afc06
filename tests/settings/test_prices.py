"""What the model costs, where the built-in table does not know: without a price a budget holds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.cli.doctor.model import examine_price
from bot.engines import lacks_price, llm_settings, open_engines
from bot.settings import Settings, load
from services.classify.llm import Prices
from storage.store import Store

KEY, BUDGET, MODEL = "OPENAI_API_KEY", "SUPPORT_OPENAI__DAILY_BUDGET_USD", "SUPPORT_OPENAI__MODEL"
PRICE = {"SUPPORT_OPENAI__PRICE_IN": "0.2", "SUPPORT_OPENAI__PRICE_OUT": "0.8"}
UNPRICED = {KEY: "sk-1", BUDGET: "5", MODEL: "home/made"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings(**env: str) -> Settings:
    return load(env=env)


def test_the_engine_is_told() -> None:
    assert llm_settings(settings(**{KEY: "sk-1"})).prices is None
    assert llm_settings(settings(**{KEY: "sk-1"}, **PRICE)).prices == Prices(input=0.2, cached=0.2, output=0.8)


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, True),
        (PRICE, False),
        ({"SUPPORT_OPENAI__PRICE_IN": "0", "SUPPORT_OPENAI__PRICE_OUT": "0"}, False),
        ({MODEL: "gpt-4o-mini"}, False),
        ({BUDGET: ""}, False),
        ({KEY: ""}, False),
        ({"SUPPORT_CLASSIFIER__MODE": "local"}, False),
    ],
)
def test_a_budget_needs_a_price(changes: dict[str, str], *, lacking: bool) -> None:
    asked = settings(**(UNPRICED | changes))
    assert lacks_price(asked) is lacking
    assert len(list(examine_price(asked))) == lacking


def test_the_doctor_names_the_fix() -> None:
    (finding,) = examine_price(settings(**UNPRICED))
    assert finding.level == "warn"
    assert all(name in str(finding) for name in ("home/made", "openai.price_in", "openai.price_out"))


async def test_the_start_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with capture_logs() as events:
        async with Store(sqlite_url) as store:
            for changes in ({}, PRICE):
                engines = await open_engines(settings(**(UNPRICED | changes)), store, tmp_path / "model.npz")
                await engines.close()
    (told,) = [event for event in events if event["event"] == "llm.price_unknown"]
    assert told["log_level"] == "warning"
    assert all(name in told["hint"] for name in ("openai.price_in", "openai.price_out"))
