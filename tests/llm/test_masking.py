"""Nothing that identifies or unlocks leaves the process; what helps to sort a message stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.llm import mask

TABLE = [
    # phones
    ("звоните +7 (912) 345-67-89", "звоните [PHONE]"),
    ("8(912)3456789", "[PHONE]"),
    ("89123456789", "[PHONE]"),
    ("9123456789", "[PHONE]"),
    ("8\u00a0912\u200b345 67 89", "[PHONE]"),
    ("\u202a+44 20 7946 0958\u202c", "\u202a[PHONE]\u202c"),
    ("+1 555 123 4567", "[PHONE]"),
    ("(555) 123-4567 call", "[PHONE] call"),
    ("555-123-4567", "[PHONE]"),
    ("городской 123-45-67", "городской [PHONE]"),
    ("тел89123456789тел", "тел[PHONE]тел"),
    # cards, by their check digit
    ("карта 4111 1111 1111 1111", "карта [CARD]"),
    ("карта 4111-1111-1111-1111, списали", "карта [CARD], списали"),
    ("2200700412345679", "[CARD]"),
    ("5555555555554444", "[CARD]"),
    ("378282246310005", "[CARD]"),
    ("4111 1111 1111 1112", "[NUMBER]"),
    ("cvv 123", "cvv [SECRET]"),
    ("мой пароль qwerty123 не подходит", "мой пароль [SECRET] не подходит"),
    ("password is hunter2", "password is [SECRET]"),
    ("паспорт серия 45 09 номер 123456", "паспорт серия [PASSPORT]"),
    ("ivan (at) mail dot ru", "[EMAIL]"),
    ("пароль не подходит, заказ 12345678", "пароль не подходит, заказ 12345678"),
    ("код из смс: 4821", "код из смс: [SECRET]"),
    # addresses and names
    ("пишите на a.b+c@mail.example.ru, жду", "пишите на [EMAIL], жду"),
    ("почта@домен.рф", "[EMAIL]"),
    ("ivan @ mail.ru", "[EMAIL]"),
    ("@vasya_p помогите", "[USERNAME] помогите"),
    ("t.me/vasya", "t.me/[USERNAME]"),
    # accounts and documents
    ("GB29 NWBK 6016 1331 9268 19 please help", "[IBAN] please help"),
    ("DE89370400440532013000", "[IBAN]"),
    ("ES91 2100 0418 4502 0005 1332 help me", "[IBAN] help me"),
    ("паспорт 4509 123456", "паспорт [PASSPORT]"),
    ("45 09 123456", "[PASSPORT]"),
    ("passport no. AB1234567", "passport no. [PASSPORT]"),
    ("СНИЛС 112-233-445 95", "СНИЛС [SNILS]"),
    ("ИНН 7707083893", "ИНН [INN]"),
    ("ИНН 500100732259", "ИНН [INN]"),
    ("счёт 40817810099910004312", "счёт [NUMBER]"),
    ("٠١٢٣٤٥٦٧٨٩", "[NUMBER]"),
    # what unlocks
    ("https://u:p@x.ru/a?token=abc&x=1#y hi", "https://[LOGIN]@x.ru/a?[QUERY] hi"),
    ("x.ru/reset?code=abc", "x.ru/reset?[QUERY]"),
    ("x.ru/#access_token=abc", "x.ru/?[QUERY]"),
    ("sk-proj-abcdefgh12345", "[TOKEN]"),
    ("eyJhbGciOi.eyJzdWIi.c2ln", "[TOKEN]"),
    ("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "[TOKEN]"),
    ("Authorization: Bearer abcdefghijk", "Authorization: Bearer [TOKEN]"),
    ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "[TOKEN]"),
    ("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----", "[TOKEN]"),
    ("пароль: qwerty", "пароль: [SECRET]"),
    # what stays
    ("пароль не подходит", "пароль не подходит"),
    ("заказ 12345678 от 12.05.2024 15:30", "заказ 12345678 от 12.05.2024 15:30"),
    ("order 1234567 15:30 2024-01-02", "order 1234567 15:30 2024-01-02"),
    ("2 штуки по 1 500 руб", "2 штуки по 1 500 руб"),
    ("50%? 3-4 дня!", "50%? 3-4 дня!"),
    ("встретимся в 10:30 @ офис", "встретимся в 10:30 @ офис"),
    ("см. https://x.ru/help", "см. https://x.ru/help"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "masked"), TABLE)
def test_each_kind(text: str, masked: str) -> None:
    assert mask(text) == masked


PIECES = st.sampled_from([text for text, _ in TABLE] + list("0123456789 .-()+@:/?=#aяA_\n"))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_long_number_is_left(text: str) -> None:
    assert re.search(r"\d{9}", mask(text)) is None


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    mask(text)


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "a.", "@a", "?a", "http://", "GB29 ", "eyJ.", "-----BEGIN A-----"])
def test_a_long_text_is_no_trap(piece: str) -> None:
    assert isinstance(mask((piece * 50_000)[:50_000]), str)
