"""Two questions in one sentence: what is cut, and what only looks so. The messages are made up."""

from __future__ import annotations

import pytest

from services.classify.joined import joined
from services.classify.matters import holds
from services.classify.verdict import UNKNOWN
from tests.classify.test_matters import COST, HOURS, PERHAPS, SURE, says

APART = [
    ("доставка когда, и оплата как", ["доставка когда?", "оплата как?"]),
    ("гарантия сколько и возврат товара как?", ["гарантия сколько?", "возврат товара как?"]),
    ("shipping how long, and payment how?", ["shipping how long?", "payment how?"]),
    (
        "Сколько стоит доставка в Казань и можно ли оплатить картой?",
        ["Сколько стоит доставка в Казань?", "можно ли оплатить картой?"],
    ),
    ("как вернуть товар и сколько идет возврат денег", ["как вернуть товар?", "сколько идет возврат денег?"]),
    ("Где вы находитесь и до скольки работаете?", ["Где вы находитесь?", "до скольки работаете?"]),
    ("какие способы оплаты и есть ли рассрочка?", ["какие способы оплаты?", "есть ли рассрочка?"]),
    ("Есть ли самовывоз и сколько стоит курьер?", ["Есть ли самовывоз?", "сколько стоит курьер?"]),
    ("как сменить пароль и где поменять почту", ["как сменить пароль?", "где поменять почту?"]),
    (
        "Подскажите, есть ли у вас гарантия и как оформить обмен?",
        ["Подскажите, есть ли у вас гарантия?", "как оформить обмен?"],
    ),
    (
        "можно ли заказать в Беларусь и сколько дней идет посылка",
        ["можно ли заказать в Беларусь?", "сколько дней идет посылка?"],
    ),
    (
        "Как получить чек и можно ли оплатить по счету от организации?",
        ["Как получить чек?", "можно ли оплатить по счету от организации?"],
    ),
    ("когда вы работаете и где ваш магазин", ["когда вы работаете?", "где ваш магазин?"]),
    (
        "Есть ли скидка для студентов и куда вводить промокод",
        ["Есть ли скидка для студентов?", "куда вводить промокод?"],
    ),
    (
        "How much is shipping to Canada and do you accept PayPal?",
        ["How much is shipping to Canada?", "do you accept PayPal?"],
    ),
    (
        "where are you located and what are your opening hours",
        ["where are you located?", "what are your opening hours?"],
    ),
    (
        "How do I return shoes and how long does a refund take?",
        ["How do I return shoes?", "how long does a refund take?"],
    ),
    (
        "do you ship to Germany and how much does delivery cost",
        ["do you ship to Germany?", "how much does delivery cost?"],
    ),
    (
        "Can I pay in instalments and is there a student discount?",
        ["Can I pay in instalments?", "is there a student discount?"],
    ),
    ("what is the warranty and can I exchange the size", ["what is the warranty?", "can I exchange the size?"]),
    (
        "how do i change my email and where can i download the invoice",
        ["how do i change my email?", "where can i download the invoice?"],
    ),
    (
        "Is there a free trial and how do I cancel the subscription?",
        ["Is there a free trial?", "how do I cancel the subscription?"],
    ),
    ("кто доставляет и когда приедет курьер", ["кто доставляет?", "когда приедет курьер?"]),
    (
        "Когда вы работаете, где ваш магазин и можно ли оплатить картой?",
        ["Когда вы работаете, где ваш магазин?", "можно ли оплатить картой?"],
    ),
]
GOES_ON = [
    "сколько стоит подписка и как её отменить?",
    "сколько стоит доставка и когда привезут",
    "Сколько стоит доставка, можно оплатить при получении?",
    "how much is delivery, can i pay with paypal?",
    "What does the course cost and when does it start?",
    "где посмотреть трек-номер и как его отследить",
    "where is my order and when will it arrive",
    "где мой заказ и когда он придет",
    "Подскажите, какие документы нужны и где их взять",
    "what is your phone number and when can i call",
    "как заказать и сколько ждать",
]
ONE = [
    "ничего не открывается и я не знаю как",
    "can you tell me where it is and I see how",
    "доставка и оплата как работают",
    "почему списали дважды и что делать",
    "Почему списали деньги дважды и что мне теперь делать?",
    "как и где оплатить заказ",
    "когда и куда привезут мой заказ",
    "какие размеры и цвета есть",
    "где мой заказ и посылка",
    "сколько стоит и как долго идет доставка",
    "как войти и пользоваться приложением",
    "Не приходит код и не могу войти, что делать?",
    "Не приходит код и как войти",
    "заказал куртку и шапку, когда привезут",
    "оплатил заказ и жду, когда отправите",
    "можно вернуть деньги и быстро?",
    "Что входит в гарантию и возврат",
    "почему не работает и когда будет работать",
    "как отменить заказ и вернуть деньги",
    "как зарегистрироваться и начать продавать",
    "что случилось с оплатой и как быть",
    "забыл пароль и почту, как восстановить",
    "доставляете ли вы в Казань и Самару",
    "можно ли оплатить картой и наличными",
    "как подключить и настроить уведомления",
    "есть ли доставка и самовывоз",
    "где и как получить чек",
    "Я оплатил и деньги списались, а заказ не появился",
    "какой срок и условия возврата",
    "how and when will I get my refund",
    "why was I charged twice and what should I do",
    "Why was my card declined and what do I do now?",
    "where is my order and my refund",
    "can I return it and get my money back",
    "how do I log in and see my orders",
    "what are the terms and conditions of the return",
    "I paid and I have not got the receipt, where is it?",
    "do you deliver to Leeds and York",
    "can I pay by card and cash",
    "I can't log in and how do I reset it",
    "what sizes and colours do you have",
    "how do I cancel and delete my account",
    "what if it breaks and what if I lose the receipt",
    "can I exchange shoes and what if the box is damaged",
    "How long and how much is express",
    "what happened to my parcel and why",
    "where do I find and use the promo code",
    "is it safe and legal",
    "how do I sign up and start",
    "my order arrived broken and what now?",
    "what does the warranty cover and how does it work",
    "tell me the date when it arrives and where",
    "Есть ли у вас магазины, где можно примерить?",
    "есть ли скидка, когда заказываешь два",
    "хочу узнать, как вернуть товар",
    "Не понимаю, как оплатить",
    "how much is it and how do i pay",
    "and how do I pay",
    "и как оплатить?",
    "оформила возврат и жду деньги, сколько ждать",
]


@pytest.mark.parametrize(("text", "questions"), APART)
def test_two_questions_are_cut_apart(text: str, questions: list[str]) -> None:
    found = joined(text)
    assert found is not None
    assert list(found.questions) == questions
    assert found.apart


@pytest.mark.parametrize("text", GOES_ON)
def test_a_question_that_goes_on_about_another_counts_only_where_it_is_sure(text: str) -> None:
    found = joined(text)
    assert found is not None
    assert not found.apart


@pytest.mark.parametrize("text", ONE)
def test_one_question_is_not_cut(text: str) -> None:
    assert joined(text) is None


def test_the_tables_are_long_enough_in_both_languages() -> None:
    russian = [text for text in ONE if any("а" <= char <= "я" for char in text.lower())]
    assert len(russian) >= 20
    assert len(ONE) - len(russian) >= 20


NOBODY, STATUS, TIME = says(UNKNOWN, 0.2), says("DELIVERY.STATUS"), says("DELIVERY.TIME")


def test_what_is_apart_needs_one_that_is_sure_and_what_goes_on_needs_all() -> None:
    apart, goes_on = joined(APART[0][0]), joined(GOES_ON[0])
    assert apart is not None
    assert goes_on is not None
    assert holds(apart, [COST, NOBODY], policy=SURE)
    assert not holds(apart, [PERHAPS, NOBODY], policy=SURE)
    assert holds(goes_on, [COST, HOURS], policy=SURE)
    assert not holds(goes_on, [COST, PERHAPS], policy=SURE)
    assert not holds(goes_on, [COST, COST], policy=SURE)


def test_what_else_is_asked_of_a_matter_that_people_look_after_is_theirs() -> None:
    goes_on = joined("where is my order and when will it arrive")
    assert goes_on is not None
    assert not holds(goes_on, [STATUS, TIME], policy=SURE, people=frozenset(("DELIVERY.STATUS",)))
    assert holds(goes_on, [COST, TIME], policy=SURE, people=frozenset(("DELIVERY.STATUS",)))
