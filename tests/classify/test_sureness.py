"""What is said of a message whose answer is known, and too new to be given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.classify.grounds import ground
from services.classify.sentences import because
from services.classify.sureness import Cautious, Policy, Young
from services.classify.verdict import Question, Verdict

POLICY = Policy(answer_at=0.8, clarify_at=0.5, young={"REFUND": Young(answer_at=0.93, confirmed=2)})
SAID = because(
    Verdict(scenario="REFUND", confidence=0.9, reasoning="", engine="local", version="1"),
    "en",
    ground("nearest", phrase="give it back"),
)


class Ear:
    """An engine that hears the same in whatever is said."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    async def classify(self, question: Question) -> Verdict:  # noqa: ARG002  # it says one thing
        return self.verdict


async def told(verdict: Verdict, language: str = "en") -> Verdict:
    engine = Cautious(Ear(verdict), lambda: POLICY, language=language)
    return await engine.classify(Question(text="my money", language="en"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "A new answer: given from a confidence of 93 % on, confirmed 2 times so far."),
        ("ru", "Новый ответ: бот даёт его с уверенности 93 %, подтверждений пока 2."),
    ],
)
async def test_people_read_that_an_answer_is_too_new(language: str, line: str) -> None:
    said = await told(SAID, language)
    assert said.reasoning.endswith(line)
    assert len(said.grounds) == 2
    assert (said.scenario, said.confidence) == (SAID.scenario, SAID.confidence)


async def test_nothing_is_said_of_it_where_that_changes_nothing() -> None:
    for same in (replace(SAID, confidence=0.95), replace(SAID, confidence=0.7), replace(SAID, scenario="PAYMENT")):
        assert await told(same) == same
