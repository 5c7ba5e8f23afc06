"""A server that speaks less of the protocol is asked its own way; one bad question changes nothing for the next."""

from __future__ import annotations

import asyncio

import pytest

from services.classify.llm import LlmClassifier, LlmUnavailable
from tests.llm.asking import ask, until
from tests.llm.fake_openai import FakeOpenAI, fails


def formats(server: FakeOpenAI) -> list[str | None]:
    return [asked.get("response_format", {}).get("type") for asked in server.asked]


NAMED = [
    "'response_format.type' must be json_object",
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    "[{'type': 'extra_forbidden', 'loc': ('body', 'response_format'), 'msg': 'Extra inputs are not permitted'}]",
    "This model does not support structured outputs",
    "Unrecognized request argument supplied",
]


@pytest.mark.parametrize("message", NAMED)
@pytest.mark.parametrize("status", [400, 422])
async def test_a_server_without_schemas_is_asked_simply_from_then_on(
    server: FakeOpenAI, llm: LlmClassifier, status: int, message: str
) -> None:
    server.script.append(fails(status, message=message))
    await llm.classify(ask("one"))
    await llm.classify(ask("two"))
    assert formats(server) == ["json_schema", "json_object", "json_object"]
    assert '"enum": ["' in server.asked[-1]["messages"][0]["content"]


@pytest.mark.parametrize(
    "message",
    [
        "no",
        "",
        "Invalid message content: this language is not supported",
        "This model's maximum context length is 8192 tokens; 'max_tokens' is too large",
        "Failed to generate JSON that fits the schema. See 'failed_generation' for more details.",
        "body: " + "x" * 500 + " response_format temperature max_tokens",
    ],
)
async def test_one_bad_question_changes_nothing_for_the_next(
    server: FakeOpenAI, llm: LlmClassifier, message: str
) -> None:
    server.script.append(fails(400, message=message))
    await llm.classify(ask("one"))
    await llm.classify(ask("two"))
    assert [formats(server)[0], formats(server)[-1]] == ["json_schema", "json_schema"]
    assert "max_tokens" in server.asked[-1]


async def test_a_server_that_never_says_why_is_understood_in_the_end(server: FakeOpenAI, llm: LlmClassifier) -> None:
    for number in range(3):
        server.script.append(fails(400))
        await llm.classify(ask(f"{number}"))
    await llm.classify(ask("last"))
    assert formats(server) == [*["json_schema", "json_object"] * 3, "json_object"]


async def test_silent_refusals_count_in_a_row_only(server: FakeOpenAI, llm: LlmClassifier) -> None:
    for number in range(8):
        if number % 3:
            server.script.append(fails(422))
        await llm.classify(ask(f"{number}"))
    await llm.classify(ask("last"))
    assert formats(server)[-1] == "json_schema"


async def test_a_request_that_is_simply_wrong_teaches_no_dialect(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.script.extend([fails(400, message="response_format"), fails(400)])
    with pytest.raises(LlmUnavailable):
        await llm.classify(ask("one"))
    await llm.classify(ask("two"))
    assert formats(server)[-1] == "json_schema"


async def test_a_reasoning_model(server: FakeOpenAI, llm: LlmClassifier) -> None:
    server.script.append(
        fails(400, message="Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    )
    server.script.append(fails(400, message="'temperature' does not support 0 with this model"))
    assert (await llm.classify(ask("one"))).scenario == "REFUND"
    await llm.classify(ask("two"))
    assert len(server.asked) == 4
    last = server.asked[-1]
    assert "temperature" not in last
    assert "max_tokens" not in last
    assert last["response_format"]["type"] == "json_schema"


async def test_a_question_that_began_earlier_does_not_undo_what_was_learned(
    server: FakeOpenAI, llm: LlmClassifier
) -> None:
    server.script.append(server.gated)
    early = asyncio.create_task(llm.classify(ask("early")))
    await until(lambda: bool(server.asked))
    server.script.append(fails(400, message=NAMED[0]))
    await llm.classify(ask("one"))
    server.opened.set()
    await early
    await llm.classify(ask("two"))
    assert formats(server)[-1] == "json_object"
