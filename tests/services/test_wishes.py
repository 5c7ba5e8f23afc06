"""Who asks for a person in so many words, and who does not."""

from __future__ import annotations

import pytest

from services.classify.wishes import asks_for_person, declines_person
from services.scenarios.packs import read_pack
from tests.packs import SHOP


@pytest.mark.parametrize(
    "text",
    [
        "Позовите оператора",
        "позовите директора\nзаказ 5 разбит при доставке",
        "ОПЕРАТОРА!!!",
        "оператор",
        "здравствуйте, позовите, пожалуйста, живого человека",
        "хочу поговорить с менеджером",
        "соедините меня уже с кем-нибудь живым",
        "переключите на специалиста",
        "мне нужен не бот, а человек",
        "не хочу говорить с ботом",
        "не могу связаться с оператором",
        "где мой заказ? дайте человека",
        "оператор не нужен, нужен менеджер",
        "перезвоните мне",
        "где посылка /operator",
        "I want to talk to a human",
        "operator",
        "can I speak to a real person, please?",
        "connect me to an agent",
        "let me talk to someone",
        "why can't I talk to a human",
        "not a bot, a person",
        "I don't want to talk to a bot",
    ],
)
def test_a_wish(text: str) -> None:
    assert asks_for_person(text)
    assert not declines_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "оператор не нужен",
        "Не надо оператора, спасибо",
        "не зовите человека",
        "без оператора обойдусь",
        "не хочу говорить с оператором",
        "I don't need an operator",
        "no human needed",
        "please don't connect me to an agent",
        "operator not needed",
    ],
)
def test_a_wish_declined(text: str) -> None:
    assert not asks_for_person(text)


@pytest.mark.parametrize("text", ["не зовите человека", "no operator, please", "не надо перезванивать"])
def test_who_declines_is_understood(text: str) -> None:
    assert declines_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ваш оператор сказал, что доставка завтра",
        "сколько человек нужно для скидки?",
        "нужна доставка на 5 человек",
        "I talked to your agent yesterday",
        "where is my parcel?",
    ],
)
def test_no_wish(text: str) -> None:
    assert not asks_for_person(text)


def test_the_other_scenarios_of_the_pack_do_not_ask_for_a_person() -> None:
    pack = read_pack(SHOP)
    others = [one for one in pack.scenarios if one.key not in {"HUMAN_OPERATOR", "COMPLAINT"}]
    lines = [text for one in others for texts in one.examples.values() for text in texts]
    assert [text for text in lines if asks_for_person(text)] == []
