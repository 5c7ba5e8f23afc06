"""Other ways of asking, proposed by the model: what comes back is data to tick, and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.phrasings import propose
from bot.cli.shell import Refusal
from bot.settings import load
from services.classify.llm import Provider
from services.classify.llm.failures import LlmUnavailable
from services.classify.llm.phrasings import Phrasings
from services.classify.llm.replies import Proposed, read
from services.classify.llm.settings import LlmSettings
from services.classify.verdict import Spent
from services.faq.pairs import Pair
from storage.store import Store
from tests.llm.fake_openai import KEY, FakeOpenAI, says


class Kept:
    """Keeps what was paid."""

    def __init__(self) -> None:
        self.paid: list[Spent] = []

    async def __call__(self, spent: Spent) -> None:
        self.paid.append(spent)


def completion(content: str) -> bytes:
    message = {"role": "assistant", "content": content}
    return json.dumps({"choices": [{"finish_reason": "stop", "message": message}], "usage": {}}).encode()


READ: dict[str, tuple[str, Any]] = {
    "as asked": ('{"ru": ["где заказ"], "en": ["my order?"]}', {"ru": ("где заказ",), "en": ("my order?",)}),
    "one language": ('{"en": ["my order?", 7]}', {"en": ("my order?",)}),
    "fenced": ('```json\n{"en": ["my order?"]}\n```', {"en": ("my order?",)}),
    "among words": ('Here: {"en": ["my order?"]} Enjoy!', {"en": ("my order?",)}),
}


@pytest.mark.parametrize(("content", "lines"), READ.values(), ids=READ)
def test_what_is_proposed_is_read(content: str, lines: Any) -> None:
    found = read(completion(content), frozenset(), proposes=True).choice
    assert isinstance(found, Proposed)
    assert found.lines == lines


@pytest.mark.parametrize("content", ["", "[]", '{"de": ["x"]}', '{"scenario": "A", "confidence": 1}', "no"])
def test_what_is_none_is_off_schema(content: str) -> None:
    assert read(completion(content), frozenset(), proposes=True).choice == "off_schema"


async def test_known_ways_placeholders_and_long_lines_are_left_out(provider: Provider, server: FakeOpenAI) -> None:
    lines = ["Where is it?", "WHERE IS MY ORDER", "call [PHONE]", "x" * 200, "  order   status "]
    server.usual = says(json.dumps({"ru": [], "en": lines}))
    kept = Kept()
    found = await Phrasings(provider, pay=kept).of(["Where is my order?"], "Call +1 555 010 7788", ["en"])
    assert found == {"en": ("Where is it?", "order status")}
    assert [one.calls for one in kept.paid] == [1]
    assert "7788" not in json.dumps(server.asked), "what masking hides does not leave"


async def test_an_answer_that_proposes_nothing_is_a_failure_of_the_model_and_is_paid_for(provider: Provider) -> None:
    kept = Kept()
    with pytest.raises(LlmUnavailable, match="off_schema"):
        await Phrasings(provider, pay=kept).of(["Where is my order?"], "Here", ["en"])
    assert sum(one.tokens_in for one in kept.paid) > 0


async def test_without_money_nothing_is_asked(
    provided: Callable[..., Provider], settings: LlmSettings, server: FakeOpenAI
) -> None:
    provider = provided(settings, daily_budget_usd=0.0)
    with pytest.raises(LlmUnavailable, match="over_budget"):
        await Phrasings(provider, pay=(kept := Kept())).of(["Where is my order?"], "Here", ["en"])
    assert server.asked == []
    assert kept.paid == []


async def test_what_the_command_spends_counts_on_the_day(
    server: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "support.db"
    for name, value in {
        "DATABASE_URL": f"sqlite:///{file}",
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": server.url,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SUPPORT_OPENAI__PRICE_IN", "1")
    monkeypatch.setenv("SUPPORT_OPENAI__PRICE_OUT", "2")
    monkeypatch.setenv("SUPPORT_OPENAI__DAILY_BUDGET_USD", "0.0011")
    server.usual = says(json.dumps({"ru": [], "en": ["the status of my parcel"]}))
    pair = Pair(questions=("Where is my order?",), answer="Here", topic="", language="en", place="line 1")
    assert await asyncio.to_thread(propose, load(None), [pair], tmp_path / "ways.md") == 1
    async with Store(f"sqlite+aiosqlite:///{file}") as store:
        assert await store.read(lambda unit: unit.spendings.by_purpose()) == {"phrasings": pytest.approx(0.0011)}
    other = replace(pair, questions=("Do you ship?",))
    with pytest.raises(Refusal, match="over_budget"):
        await asyncio.to_thread(propose, load(None), [other], tmp_path / "more.md")
    assert len(server.asked) == 1
