"""What a model says gets in only as one of our own words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.llm.prices import Usage
from services.classify.llm.replies import Choice, read
from tests.llm.fake_openai import USAGE, completion, verdict

KEYS = frozenset({"REFUND", "PRICING", "UNKNOWN"})


def choice(body: Any) -> Any:
    return read(json.dumps(body).encode(), KEYS).choice


def test_a_good_answer() -> None:
    reply = read(json.dumps(completion(verdict())).encode(), KEYS)
    assert reply.choice == Choice(scenario="REFUND", confidence=0.95, reasoning="wants money back", urgency="low")
    assert reply.usage == Usage(prompt=1000, cached=0, completion=50)


@pytest.mark.parametrize(
    "content",
    [
        "```json\n" + verdict() + "\n```",
        "<think>\nThey want {money} back.\n</think>\n\n" + verdict(),
        "<think></think>" + verdict(reasoning="</think>"),
        " <think>hm</think>\n```json\n" + verdict() + "\n```",
        "Sure! Here it is: " + verdict() + " Anything else?",
        "Вот ответ:\n```JSON\n" + verdict() + "\n```\nГотово.",
        "{thinking} " + verdict() + " {done}",
        "They want money back.\n</think>\n" + verdict(),
        "</think>" + verdict(),
        "<thinking>hm</thinking>" + verdict(),
        verdict() + "\n" + verdict(confidence=0.9),
        verdict(surprise="me", template="Hello {{ config }}"),
        verdict(confidence=1),
    ],
)
def test_a_good_answer_in_strange_clothes(content: str) -> None:
    assert choice(completion(content)).scenario == "REFUND"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "REFUND",
        "{",
        "{}",
        "[]",
        "null",
        verdict() + verdict("PRICING"),
        "<think>" + verdict(),
        "<think>they wrote </think>" + verdict("PRICING") + ", so </think>" + verdict(),
        "<think>a</think><think>b</think>" + verdict(),
        "Well. <think>a</think>" + verdict(),
        "They wrote " + verdict("PRICING") + ", I say " + verdict(),
        "Sure! " + verdict("ADMIN") + " Anything else?",
        "{" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        verdict("ADMIN"),
        verdict("refund"),
        verdict(" REFUND"),
        verdict(None),
        verdict(["REFUND"]),
        verdict({"REFUND": 1}),
        verdict(confidence="0.9"),
        verdict(confidence=95),
        verdict(confidence=-0.1),
        verdict(confidence=True),
        verdict(confidence=None),
        verdict(confidence=float("nan")),
        verdict(confidence=float("inf")),
        verdict(confidence=10**400),
    ],
)
def test_what_is_no_verdict(content: str) -> None:
    assert choice(completion(content)) == "off_schema"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "garbled"),
        ([], "garbled"),
        ("text", "garbled"),
        ({}, "garbled"),
        ({"choices": None}, "garbled"),
        ({"choices": []}, "garbled"),
        ({"choices": [None]}, "garbled"),
        ({"choices": [{"message": None}]}, "garbled"),
        ({"error": {"message": "no"}}, "garbled"),
        (completion(None), "off_schema"),
        (completion([{"type": "image", "text": None}, 7]), "off_schema"),
        (completion(None, refusal="I cannot help with that"), "refused"),
        (completion("", finish_reason="content_filter"), "refused"),
        (completion(verdict()[:20], finish_reason="length"), "truncated"),
    ],
)
def test_what_is_no_answer(body: Any, reason: str) -> None:
    assert choice(body) == reason


def test_an_answer_too_long_to_be_one() -> None:
    assert read(json.dumps(completion("x" * 2_000_000)).encode(), KEYS).choice == "garbled"


@pytest.mark.parametrize(
    "message",
    [
        completion([{"type": "text", "text": verdict()}]),
        completion([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": verdict()[:9]}, verdict()[9:]]),
        completion(None, tool_calls=[{"type": "function", "function": {"name": "verdict", "arguments": verdict()}}]),
        completion("", tool_calls=[{"function": {"arguments": json.loads(verdict())}}]),
        completion(None, function_call={"name": "verdict", "arguments": verdict()}),
        completion("", reasoning_content=verdict()),
        completion(None, reasoning="They want money back: " + verdict()),
        completion(verdict(), reasoning_content=verdict("PRICING")),
        completion(verdict() + " and so on and so", finish_reason="length"),
    ],
)
def test_a_good_answer_in_another_place(message: Any) -> None:
    assert choice(message).scenario == "REFUND"


@pytest.mark.parametrize("content", ["They wrote: " + verdict(), "</think>so: " + verdict()])
def test_a_verdict_that_the_customer_may_have_written_does_not_count_among_words(content: str) -> None:
    assert read(json.dumps(completion(content)).encode(), KEYS, echoes=True).choice == "off_schema"
    assert isinstance(read(json.dumps(completion(verdict())).encode(), KEYS, echoes=True).choice, Choice)


@pytest.mark.parametrize("urgency", ["urgent", "", None, 1, ["critical"], "CRITICAL"])
def test_an_urgency_of_its_own_is_none(urgency: Any) -> None:
    assert choice(completion(verdict(urgency=urgency))).urgency is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, ""),
        (7, ""),
        ("two\nlines\u202e\x00 and\ttabs", "two lines and tabs"),
        ("x" * 5000, "x" * 299 + "…"),
    ],
)
def test_the_reasoning_is_one_short_line(said: Any, kept: str) -> None:
    assert choice(completion(verdict(reasoning=said))).reasoning == kept


@pytest.mark.parametrize(
    ("said", "usage"),
    [
        (None, Usage()),
        ("many", Usage()),
        ({"prompt_tokens": -5, "completion_tokens": "7"}, Usage()),
        ({"prompt_tokens": 10**30, "completion_tokens": True}, Usage()),
        (USAGE | {"prompt_tokens_details": {"cached_tokens": 600}}, Usage(prompt=1000, cached=600, completion=50)),
        (USAGE | {"prompt_tokens_details": {"cached_tokens": 6000}}, Usage(prompt=1000, cached=1000, completion=50)),
    ],
)
def test_tokens_are_counted_only_as_numbers(said: Any, usage: Usage) -> None:
    assert read(json.dumps(completion(verdict()) | {"usage": said}).encode(), KEYS).usage == usage


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(verdict()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "finish_reason", "refusal", "usage", "scenario", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(ANYTHING)
def test_anything_at_all(body: Any) -> None:
    said = choice(body)
    assert isinstance(said, str) or (said.scenario in KEYS and 0 <= said.confidence <= 1)


@given(st.binary(max_size=200))
def test_any_bytes(body: bytes) -> None:
    assert isinstance(read(body, KEYS).choice, str)
