"""Packs of few phrases, down to one question an answer: how near a message is to one of them tells how sure to be."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from services.classify.local import Encoder, Model
from storage.records import Answer, Scenario
from tests.classify.packs import pack

ANSWER_AT: Final = 0.8
FAQ: Final = {
    "HOURS": "What are your opening hours?",
    "RETURN": "How can I return an item I bought?",
    "PAY": "Which payment methods do you accept?",
    "SHIP": "How long does shipping take?",
    "WARRANTY": "How long is the warranty?",
    "INVOICE": "Where can I find my invoice?",
    "CHANGE": "Can I change my delivery address after ordering?",
    "GIFT": "Do you sell gift cards?",
}


def bare(key: str, question: str) -> Scenario:
    return Scenario(
        key=key,
        title={},
        description="",
        priority="low",
        action="answer",
        examples={"en": (question,)},
        templates=(),
    )


@pytest.fixture(scope="module")
def beside(encoder: Encoder) -> Model:
    """Return what has learned the same questions as answers of one topic, beside others and a background."""
    answers = tuple(Answer(key=key, title={}, examples={"en": (asks,)}, templates=()) for key, asks in FAQ.items())
    faq = replace(bare("FAQ", ""), examples={}, answers=answers)
    whole = pack()
    return Model.train(replace(whole, scenarios=(*whole.scenarios, faq)), encoder)


@pytest.mark.parametrize(
    ("text", "key"),
    [("what payment methods can I use?", "PAY"), ("what are the opening hours of your shop", "HOURS")],
)
def test_a_question_of_a_topic_is_found_beside_large_topics(beside: Model, text: str, key: str) -> None:
    opinion = beside.judge(text)
    assert (opinion.guesses[0].scenario, opinion.answer) == ("FAQ", key)
    assert opinion.answers[0].confidence >= ANSWER_AT


@pytest.mark.parametrize("text", ["my screen is cracked", "are you hiring?", "деньги назад", "hello"])
def test_what_no_question_asks_is_not_taken_for_one(beside: Model, text: str) -> None:
    opinion = beside.judge(text)
    named = opinion.in_scope and opinion.guesses[0].scenario == "FAQ"
    assert not named or not opinion.answers or opinion.answers[0].confidence < ANSWER_AT


def test_only_what_may_mean_one_of_few_phrases_asks_the_encoder(beside: Model) -> None:
    large = replace(beside.knowledge.ranges, sparse=False)
    model = replace(beside, knowledge=replace(beside.knowledge, ranges=large))

    def settled(text: str) -> bool:
        return model.settled(replace(model.read(text), trust=1.0, chosen=None))

    assert settled("верните деньги за заказ")
    assert settled("i forgot my password")
    assert not settled("how long is the warranty")
    assert not settled("do you have gift cards")
