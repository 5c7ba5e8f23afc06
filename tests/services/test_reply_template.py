"""An operator's reply as an answer for all: what is personal goes or is named, what holds for everybody stays."""

from __future__ import annotations

import pytest

from services.templates import check
from services.templates.rendering import Templates
from services.unanswered.reply_template import ReplyContext, template_of

ANNA = ReplyContext(
    first_name="Анна",
    last_name="Смирнова",
    operator="Ольга Ким",
    ticket=17,
    order="45871",
    facts={"phone": "+7 495 120-00-00", "email": "help@shop.example", "site": "https://shop.example/returns"},
)
JOHN = ReplyContext(
    first_name="John",
    last_name="O'Neil",
    operator="Olga",
    ticket=8,
    order="A-1002",
    facts={"phone": "+44 20 7946 0958"},
)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Привезём 25 мая.", ("25 мая",)),
        ("Привезём 25-го мая 2026 года, ждите", ("25", "2026")),
        ("Курьер будет 03.06.2026 в 15:30", ("03.06", "15:30")),
        ("Курьер будет 3.06, наберёт вас", ("3.06",)),
        ("Придёт между 5–7 июня", ("5", "7", "июня")),
        ("Будет готово к 12-му числу", ("12",)),
        ("Ждите завтра после обеда", ("завтра",)),
        ("Отправим послезавтра", ("послезавтра",)),
        ("Заедет в следующую пятницу", ("пятницу",)),
        ("Деньги вернутся во вторник", ("вторник",)),
        ("На этой неделе курьера нет", ("этой неделе",)),
        ("Your parcel arrives on May 25th, 2026.", ("May", "25", "2026")),
        ("It ships 5th of June", ("5th", "June")),
        ("It was sent on 2026-05-25.", ("2026",)),
        ("We will call you tomorrow at 10:30", ("tomorrow", "10:30")),
        ("The courier comes by next Friday", ("Friday",)),
        ("Refunded on 25/05/2026", ("25/05",)),
        ("Перезвоню на +7 (916) 123-45-67 сама", ("916", "123-45-67")),
        ("Наберём 8 916 123 45 67", ("916",)),
        ("Will call you at (202) 555-0147", ("555", "0147")),
        ("Чек ушёл на anna.s@mail.example", ("anna.s", "mail.example")),
        ("Трек RA123456789RU, отслеживайте", ("RA123456789RU",)),
        ("Накладная 10-3344556 у курьера", ("3344556",)),
        ("Your tracking code is JD0123456789012", ("JD0123456789012",)),
        ("Заказ № 90112 собран", ("90112",)),
        ("Вот ссылка: https://shop.example/orders/45871?key=aB3x9", ("aB3x9", "45871")),
        ("Деньги на карту 4276 3800 1234 5670", ("4276", "5670")),
        ("Передали Анне лично", ("Анне",)),
        ("Посылка на имя Смирновой", ("Смирновой",)),
        ("С Анной уже говорили", ("Анной",)),
        ("Меня зовут Ольга Ким, я всё проверю", ("Ольга", "Ким")),
        ("This is Olga. John's parcel is here, Mr O'Neil", ("Olga", "John", "O'Neil")),
    ],
)
def test_what_is_one_customers_own_leaves_a_gap(text: str, gone: tuple[str, ...]) -> None:
    about, language = (JOHN, "en") if text.isascii() else (ANNA, "ru")
    found = template_of(text, about, language)
    assert [one for one in gone if one in found.source] == []
    assert check(found.source, facts=about.facts) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Доставка от 14 дней, по Москве 2–3 дня.",
        "Работаем с 9:00 до 18:00, по пятницам до 17:00.",
        "По средам и воскресеньям закрыто.",
        "Возврат в течение 30 дней, скидка 5.5 %.",
        "Стоимость 1 500 ₽, от 5.05 кг дороже.",
        "Размер 12.5 см, вес 0.5 кг",
        "Напишите номер заказа, мы проверим.",
        "В мае и июне доставка бесплатно.",
        "Вера в лучшее и Анналы истории тут ни при чём.",
        "We ship within 3 business days, 24/7 on weekdays.",
        "Open Mondays and Fridays from 9 am to 6 pm.",
        "It costs $15.50 for 2-3 kg, free from $100.",
        "You may return it within 30 days.",
        "Will you march with us? It may take a second.",
        "Read https://shop.example/delivery for details.",
    ],
)
def test_what_holds_for_everybody_stays(text: str) -> None:
    about, language = (JOHN, "en") if text.isascii() else (ANNA, "ru")
    found = template_of(text, about, language)
    assert (found.source, found.gaps) == (text, ())


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Здравствуйте, Анна! Можно.",
            "Здравствуйте{% if customer.first_name %}, {{ customer.first_name }}{% endif %}! Можно.",
        ),
        (
            "Анна, можно частями.",
            "{% if customer.first_name %}{{ customer.first_name }}, можно{% else %}Можно{% endif %} частями.",
        ),
        ("Hi John, yes.", "Hi{% if customer.first_name %} {{ customer.first_name }}{% endif %}, yes."),
        ("Звоните: +7 495 120-00-00.", "Звоните: {{ facts.phone }}."),
        ("Пишите на help@shop.example", "Пишите на {{ facts.email }}"),
        ("Подробно: https://shop.example/returns", "Подробно: {{ facts.site }}"),
        ("Заказ №45871 собираем.", "Заказ{% if order_number %} {{ order_number }}{% endif %} собираем."),
        ("Order A-1002 is packed.", "Order{% if order_number %} {{ order_number }}{% endif %} is packed."),
        (
            "Ваше обращение №17 у коллег.",
            "Ваше обращение{% if ticket_number %} №{{ ticket_number }}{% endif %} у коллег.",
        ),
        ("Можно.\nС уважением, Ольга", "Можно."),
        ("Yes, you can.\n\nBest regards,\nOlga", "Yes, you can."),
        ("Да, делаем. — Ольга Ким", "Да, делаем."),
        ("Скобки {{ x }} и {% if %} — слова.", "Скобки {{ '{' }}{ x }} и {{ '{' }}% if %} — слова."),
        ("Цена < 5 & > 3", "Цена &lt; 5 &amp; &gt; 3"),
    ],
)
def test_what_a_template_can_say_is_named(text: str, source: str) -> None:
    about, language = (JOHN, "en") if text.isascii() else (ANNA, "ru")
    found = template_of(text, about, language)
    assert (found.source, found.gaps) == (source, ())
    assert check(found.source, facts=about.facts) == ()


@pytest.mark.parametrize("first_name", ["", "Пётр"])
def test_it_reads_well_for_the_next_customer_with_a_name_or_without(first_name: str) -> None:
    source = template_of("Анна, да, можно.\nЗаказ №45871 ждёт вас.", ANNA, "ru").source
    read = Templates().render(source, {"customer.first_name": first_name, "order_number": ""})
    assert read == ("Пётр, да, можно.\nЗаказ ждёт вас." if first_name else "Да, можно.\nЗаказ ждёт вас.")


@pytest.mark.parametrize(("language", "gap"), [("ru", "‹дата›"), ("en", "‹date›")])
def test_gaps_are_named_in_the_language_of_the_answer(language: str, gap: str) -> None:
    found = template_of("Приедет 25 мая, 25 мая.", ReplyContext(), language)
    assert found.source == f"Приедет {gap}, {gap}."
    assert found.gaps == ("date",)


def test_without_a_name_and_with_a_letter_for_a_name_nothing_is_taken_for_it() -> None:
    assert template_of("Я и А — буквы.", ReplyContext(first_name="А"), "ru").source == "Я и А — буквы."
    assert template_of("", ReplyContext(), "ru").source == ""
