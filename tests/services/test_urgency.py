"""Urgency, as a table."""

from __future__ import annotations

import pytest

from services.classify.urgency import highest, of_words, raised
from storage.closed_sets import Priority


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("с меня дважды списали деньги", "critical"),
        ("Двойное списание по карте!", "critical"),
        ("сняли деньги два раза за один заказ", "critical"),
        ("оплата прошла дважды", "critical"),
        ("снял квартиру", "low"),
        ("списали деньги дважды!!!", "critical"),
        ("деньги ушли 2 раза", "critical"),
        ("С меня два раза сняли 1490", "critical"),
        ("двойной платёж", "critical"),
        ("кто-то пользуется моей картой", "critical"),
        ("duplicate charge on my card", "critical"),
        ("I was double billed", "critical"),
        ("they took the money two times", "critical"),
        ("somebody else is in my account", "critical"),
        ("I have an issue with my order", "low"),
        ("can you reissue the invoice", "low"),
        ("сколько можно вернуть за билет?", "low"),
        ("сколько можно ждать", "high"),
        ("сколько можно?!", "high"),
        ("на роутере горит красная лампочка", "low"),
        ("скидка сгорит?", "low"),
        ("пишу третий раз!", "high"),
        ("это уже третье обращение", "high"),
        ("this is my third message", "high"),
        ("I've written three times", "high"),
        ("я вас засужу", "high"),
        ("you people are thieves", "high"),
        ("адвокатский запрос", "low"),
        ("это мошенничество", "critical"),
        ("у меня украли аккаунт", "critical"),
        ("You charged me twice", "critical"),
        ("this is fraud", "critical"),
        ("третий раз пишу вам", "high"),
        ("Пишу уже третий раз, сколько можно", "high"),
        ("я подам на вас в суд", "high"),
        ("this is the third time I am writing", "high"),
        ("I will call my lawyer", "high"),
        ("где мой заказ", "low"),
        ("сколько стоит доставка", "low"),
        ("hello", "low"),
        ("я вас найду и убью", "critical"),
        ("взорву ваш офис", "critical"),
        ("угрожаю взорвать ваш офис", "critical"),
        ("i will kill you", "critical"),
        ("я покончу с собой", "critical"),
        ("i want to kill myself", "critical"),
        ("я на вас в суд подам", "high"),
        ("вызову полицию", "high"),
        ("заявление в полицию", "high"),
        ("задвоилась оплата", "critical"),
        ("задвоили платеж", "critical"),
        ("повторное списание", "critical"),
        ("с меня взяли оплату ещё раз", "critical"),
        ("две одинаковые оплаты", "critical"),
        ("я не оплачивал это! откуда списание", "critical"),
        ("с карты ушли деньги без моего ведома", "critical"),
        ("i didnt authorize this payment", "critical"),
        ("there is a charge i did not make", "critical"),
        ("вы аферисты", "critical"),
        ("жулики", "critical"),
        ("меня обманули, это развод", "critical"),
        ("уже 3 раза писала", "high"),
        ("сколько раз можно писать", "high"),
        ("третий день пишу вам", "high"),
        ("как оплатить второй раз", "low"),
        ("можно ли оплатить два раза в месяц", "low"),
        ("can i use two payment cards", "low"),
        ("do you have two payment methods", "low"),
        ("can someone else use my account", "low"),
        ("i want to add someone to my account", "low"),
        ("как обезопасить аккаунт от взлома", "low"),
        ("will i be charged without notice", "low"),
        ("i like your scampi", "low"),
        ("взломостойкий замок есть?", "low"),
        ("не срочно", "low"),
        ("not urgent", "low"),
        ("do you have urgent delivery", "low"),
        ("мой юрист спрашивает реквизиты", "low"),
        ("did you get my second email", "low"),
        ("это не очень срочно", "low"),
        ("меня взломали", "critical"),
        ("I've been hacked", "critical"),
        ("charged twice", "critical"),
        ("i was double billed", "critical"),
        ("сняли без спроса", "critical"),
        ("this is the third time i'm writing", "high"),
        ("срочно верните", "high"),
        ("need it urgently", "high"),
        ("", "low"),
    ],
)
def test_words_press_as_much_as_they_say(text: str, priority: Priority) -> None:
    assert of_words(text) == priority


def test_the_most_urgent_voice_counts() -> None:
    assert highest("low", None, "high", "medium") == "high"
    assert highest(None) == "low"


@pytest.mark.parametrize(
    ("before", "after"), [("low", "medium"), ("medium", "high"), ("high", "high"), ("critical", "critical")]
)
def test_waiting_raises_short_of_critical(before: Priority, after: Priority) -> None:
    assert raised(before) == after
