"""Kinds of questions that the shipped pack once took for others, in words that stand in no phrase."""

from __future__ import annotations

import pytest

from benchmarks.shipped import ANSWER_AT, CLARIFY_AT
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.matters import Matters
from services.classify.sureness import Policy
from services.classify.verdict import Question
from services.scenarios.packs import read_pack
from tests.house.papers import REPOSITORY

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def shipped(encoder: Encoder) -> LocalClassifier:
    return LocalClassifier(Model.train(read_pack(REPOSITORY / "scenarios"), encoder))


@pytest.mark.parametrize("text", ["а можно примерить до оплаты?", "can I try it on before paying?"])
def test_trying_on_before_paying_is_a_question_of_delivery(shipped: LocalClassifier, text: str) -> None:
    verdict = shipped.verdict(text)
    assert (verdict.scenario, verdict.answer) == ("DELIVERY", "METHODS")


@pytest.mark.parametrize("text", ["можно оплатить после получения?", "can I pay after delivery"])
def test_paying_after_delivery_stays_one_of_payment(shipped: LocalClassifier, text: str) -> None:
    verdict = shipped.verdict(text)
    assert (verdict.scenario, verdict.answer) == ("PAYMENT", "METHODS")


@pytest.mark.parametrize("text", ["хочу оставить отзыв", "где можно оставить отзыв о вас?", "how do I leave a review?"])
def test_a_review_is_no_complaint(shipped: LocalClassifier, text: str) -> None:
    verdict = shipped.verdict(text)
    assert verdict.scenario != "COMPLAINT"
    assert verdict.confidence < ANSWER_AT


async def test_two_short_questions_in_one_sentence_get_both_answers(shipped: LocalClassifier) -> None:
    policy = Policy(answer_at=ANSWER_AT, clarify_at=CLARIFY_AT)
    verdict = await Matters(shipped, policy=lambda: policy).classify(
        Question(text="доставка когда, и оплата как", language="ru")
    )
    assert {one.scenario for one in (verdict, *verdict.more)} == {"DELIVERY", "PAYMENT"}
