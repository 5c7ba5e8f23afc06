"""A line that only tells what was done asks for nothing, and thanks with a reproach are no acknowledgement."""

from __future__ import annotations

import pytest

from services.classify.statements import Statements, names_nothing, only_gives, only_tells, takes_back
from services.classify.verdict import UNKNOWN, Guess, Question, Verdict
from storage.records import Pack
from tests.classify.packs import pack


@pytest.mark.parametrize(
    "text",
    [
        "контракт подписан",
        "перевёл 500 рублей",
        "мы всё заполнили",
        "форму отправила вчера",
        "received, all done",
        "I've paid",
    ],
)
def test_a_line_that_only_tells(text: str) -> None:
    assert only_tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "оплатил дважды",
        "оплатила, а чека нет",
        "отправили?",
        "как оплатить",
        "получила не тот размер",
        "sent it back, where is my money",
        "paid but nothing came",
        "delete what I uploaded",
        "done with you people and your delivery",
        "",
    ],
)
def test_a_line_that_says_more(text: str) -> None:
    assert not only_tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello@example.com",
        "моя почта: privet@example.ru",
        "it's under help.me@example.com",
        "вот https://example.com/a",
    ],
)
def test_a_line_that_only_gives_an_address(text: str) -> None:
    assert only_gives(text)


@pytest.mark.parametrize(
    "text",
    ["смените почту на anna@example.ru", "is it help@example.com?", "wrote to help@example.com, no reply", "моя почта"],
)
def test_a_line_that_says_more_than_an_address(text: str) -> None:
    assert not only_gives(text)


@pytest.mark.parametrize(
    "text",
    [
        "please undo the cancellation of my order",
        "can you reinstate my order?",
        "revoke the order cancellation please",
        "my order was cancelled by mistake, can it be reinstated",
        "верните отменённый заказ",
        "случайно отменила заказ",
        "передумал отменять заказ",
        "отмену заказа отзываю",
        "заказ отменился сам, восстановите",
    ],
)
def test_a_cancelled_order_is_wanted_again(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order",
        "верните деньги за отменённый заказ",
        "reverse the charge for my cancelled order",
        "undo my cancellation, i stay subscribed",
        "restore my order history",
        "передумала, отмените заказ",
        "как отменить заказ",
    ],
)
def test_a_cancelled_order_is_not_wanted_again(text: str) -> None:
    assert not takes_back(text)


class Sure:
    """A classifier that is sure of one scenario, whatever is said."""

    def __init__(self, scenario: str) -> None:
        self._said = Verdict(
            scenario=scenario,
            confidence=0.97,
            reasoning="",
            engine="local",
            version="1",
            nearest=(Guess(scenario=scenario, confidence=0.97),),
        )

    async def classify(self, question: Question) -> Verdict:  # noqa: ARG002  # whatever is said
        return self._said


async def heard(scenario: str, text: str, of: Pack) -> Verdict:
    return await Statements(Sure(scenario), of, language="en").classify(Question(text=text, language="en"))


async def test_no_text_is_sent_for_what_only_tells() -> None:
    verdict = await heard("REFUND", "form submitted", pack())
    assert (verdict.scenario, verdict.confidence, verdict.nearest[0].confidence) == (UNKNOWN, 0.0, 0.0)
    assert verdict.reasoning == "The customer only tells what they have done."


async def test_sour_thanks_are_no_thanks() -> None:
    assert (await heard("THANKS", "thanks for the garbage", pack())).scenario == UNKNOWN
    assert (await heard("THANKS", "thanks for the help", pack())).scenario == "THANKS"


async def test_everything_else_is_believed() -> None:
    assert (await heard("REFUND", "how do I send it back", pack())).scenario == "REFUND"


@pytest.mark.parametrize(
    "text", ["Cancel", "отмена", "I want to cancel!", "хочу отменить", "как отменить?", "cancel it pls"]
)
def test_a_bare_word_does_not_say_what(text: str) -> None:
    assert names_nothing(text)


@pytest.mark.parametrize("text", ["cancel my order", "отменить подписку", "не отменяйте", "cancel everything", ""])
def test_an_action_with_its_object_does(text: str) -> None:
    assert not names_nothing(text)
