"""Other ways of asking, proposed by the model: what comes back is data to tick, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from services.classify.llm import Provider
from services.classify.llm.failures import LlmUnavailable
from services.classify.llm.phrasings import Phrasings
from services.classify.llm.replies import Proposed, read
from services.classify.llm.settings import LlmSettings
from tests.llm.fake_openai import FakeOpenAI, says


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
    found, spent = await Phrasings(provider).of(["Where is my order?"], "Call +1 555 010 7788", ["en"])
    assert found == {"en": ("Where is it?", "order status")}
    assert spent.calls == 1
    assert "7788" not in json.dumps(server.asked), "what masking hides does not leave"


async def test_an_answer_that_proposes_nothing_is_a_failure_of_the_model(provider: Provider) -> None:
    with pytest.raises(LlmUnavailable, match="off_schema"):
        await Phrasings(provider).of(["Where is my order?"], "Here", ["en"])


async def test_without_money_nothing_is_asked(
    provided: Callable[..., Provider], settings: LlmSettings, server: FakeOpenAI
) -> None:
    provider = provided(settings, daily_budget_usd=0.0)
    with pytest.raises(LlmUnavailable, match="over_budget"):
        await Phrasings(provider).of(["Where is my order?"], "Here", ["en"])
    assert server.asked == []
