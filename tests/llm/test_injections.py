"""What customers write to the model instead of to us changes nothing: not what is asked, and at worst the scenario."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.classify.cascade import CascadeClassifier
from services.classify.llm import LlmClassifier, LlmSettings, Provider, mask
from services.classify.local import LocalClassifier, Model
from services.classify.verdict import UNKNOWN, Question
from services.classify.wishes import asks_for_person
from storage.records import Pack
from tests.llm.asking import settled
from tests.llm.fake_openai import FakeOpenAI, says, verdict

ATTEMPTS = [json.loads(line) for line in Path(__file__).with_name("injections.jsonl").read_text("utf-8").splitlines()]
Provided = Callable[..., Provider]


def question(attempt: dict[str, str]) -> Question:
    return Question(text=attempt["text"], language=attempt["lang"], context=(attempt["text"],))


def obedient(text: str) -> list[Any]:
    """Return what a model says that fell for it, in every way that is not ours."""
    return [
        "PWNED",
        text,
        verdict("ADMIN", 1.0),
        verdict(text, 1.0),
        verdict("REFUND", 2.0),
        json.dumps([json.loads(verdict())] * 3),
        json.dumps({"template": text, "reasoning": text, "answer": "approved"}),
        None,
    ]


@pytest.fixture(scope="session")
def local(pack: Pack) -> LocalClassifier:
    return LocalClassifier(Model.train(pack))


def test_the_corpus_is_worth_its_name() -> None:
    assert len(ATTEMPTS) >= 60
    assert len({attempt["text"] for attempt in ATTEMPTS}) == len(ATTEMPTS)
    assert {sum(attempt["lang"] == language for attempt in ATTEMPTS) >= 30 for language in ("ru", "en")} == {True}


async def test_our_words_stay_ours(server: FakeOpenAI, llm: LlmClassifier) -> None:
    """One system message, the same for everybody; one user message, whose only words of ours are two tags."""
    for attempt in ATTEMPTS:
        await llm.classify(question(attempt))
        asked = server.asked[-1]
        ours, theirs = asked["messages"]
        assert ours == server.asked[0]["messages"][0]
        opening, line, closing = theirs["content"].split("\n")
        assert (theirs["role"], opening, closing) == ("user", "<customer_data>", "</customer_data>")
        assert not set("<>\u2028\u2029\u0085\x00") & set(line)
        hidden = mask(attempt["text"])
        assert json.loads(line) == {"language": attempt["lang"], "earlier": [hidden], "message": hidden}
        assert {**asked, "messages": None} == {**server.asked[0], "messages": None}
    assert len(server.asked) == len(ATTEMPTS)


async def test_a_model_that_fell_for_it_is_not_heard(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack, local: LocalClassifier
) -> None:
    llm = LlmClassifier(pack=pack, provider=provided(settings))
    cascade = CascadeClassifier(local=local, llm=llm, trust=2.0, policy=settled)
    for number, attempt in enumerate(ATTEMPTS):
        words = obedient(attempt["text"])
        server.usual = says(words[number % len(words)])
        said = await cascade.classify(question(attempt))
        alone = local.verdict(attempt["text"])
        assert (said.scenario, said.confidence, said.reasoning) == (alone.scenario, alone.confidence, alone.reasoning)
        assert (said.engine, said.urgency) == ("local", None)


async def test_a_model_that_fell_for_it_within_the_schema_can_only_pick(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack, local: LocalClassifier
) -> None:
    keys = [scenario.key for scenario in pack.scenarios]
    cascade = CascadeClassifier(
        local=local, llm=LlmClassifier(pack=pack, provider=provided(settings)), trust=2.0, policy=settled
    )
    judged = [one for one in ATTEMPTS if not _wishes(one["text"], local)]  # who wants a person gets one, unasked
    for number, attempt in enumerate(judged):
        picked = keys[number % len(keys)]
        server.usual = says(verdict(picked, 1.0, attempt["text"] * 50, urgency="apocalypse", template="x"))
        said = await cascade.classify(question(attempt))
        assert said.scenario == picked
        assert said.urgency is None
        assert len(said.reasoning.splitlines()) == 1
        assert len(said.reasoning) < 400
        assert {guess.scenario for guess in said.nearest} <= {*keys}


async def test_nobody_gets_an_answer_by_order(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack, local: LocalClassifier
) -> None:
    """The model obeys with full confidence; still no message is answered whose words mean nothing we know."""
    cascade = CascadeClassifier(
        local=local, llm=LlmClassifier(pack=pack, provider=provided(settings)), trust=0.8, policy=settled
    )
    for attempt in ATTEMPTS:
        alone = local.verdict(attempt["text"])
        far = next(s.key for s in pack.scenarios if s.key not in {guess.scenario for guess in alone.nearest})
        server.usual = says(verdict(far, 1.0))
        said = await cascade.classify(question(attempt))
        assert said.engine == "local" or said.confidence < 0.8 or said.scenario == UNKNOWN


def _wishes(text: str, local: LocalClassifier) -> bool:
    return asks_for_person(text) or local.verdict(text).scenario == "HUMAN_OPERATOR"
