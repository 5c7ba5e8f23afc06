"""Urgency, as a table."""

from __future__ import annotations

from typing import get_args

import pytest

from services.classify.urgency import UrgencyReason, highest, of_words, raised, rules, urgency_of
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


@pytest.mark.parametrize(
    ("text", "priority", "reason"),
    [
        ("После вашей маски лицо покраснело и чешется", "critical", "health"),
        ("Съела ваш салат, теперь тошнит", "critical", "health"),
        ("дочка проглотила батарейку из вашей игрушки", "critical", "health"),
        ("I broke out in hives after using your lotion", "critical", "health"),
        ("кажется, у ребёнка аллергия на вашу игрушку", "critical", "health"),
        ("собаке плохо после вашего корма", "critical", "health"),
        ("отравились вашими роллами", "critical", "health"),
        ("I think I'm allergic to your cream", "critical", "health"),
        ("у сына аллергия на орехи, есть блюда без них?", "low", None),
        ("есть ли у крема побочки, аллергия на него бывает?", "low", None),
        ("the ATM swallowed my card", "low", None),
        ("от утюга запах гари", "critical", "safety"),
        ("блок питания заискрил и загорелся", "critical", "safety"),
        ("smoke is coming out of the plug", "critical", "safety"),
        ("горит красный индикатор", "low", None),
        ("она загорелась идеей купить вторую", "low", None),
        ("сыну в вашем чате угрожают", "critical", "minors"),
        ("сын без спроса купил подписку с моей карты", "high", "minors"),
        ("есть ли у вас курсы для ребёнка?", "low", None),
        ("Жду возврат денег уже второй месяц", "high", "waiting"),
        ("It's been three weeks and still no parcel", "high", "waiting"),
        ("сколько стоит в месяц", "low", None),
        ("направлю вам досудебную претензию", "high", "legal"),
        ("с меня дважды списали деньги", "critical", "money"),
        ("меня взломали", "critical", "theft"),
        ("пишу третий раз!", "high", "again"),
        ("срочно верните", "high", "pressing"),
        ("где мой заказ", "low", None),
    ],
)
def test_what_is_meant_presses_and_says_why(text: str, priority: Priority, reason: str | None) -> None:
    found = urgency_of(text)
    assert (found.priority, found.reason) == (priority, reason)


def test_each_reason_has_its_table() -> None:
    known = {rule.urgency.reason for rule in rules()}
    assert known == set(get_args(UrgencyReason))
