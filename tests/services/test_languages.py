"""Which language people are spoken to in, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from services.classify.verdict import UNKNOWN, Verdict
from services.customers.language import answer_language
from services.texts.foreign import foreign
from services.texts.languages import of_client, of_staff, of_text, own
from storage.closed_sets import Language
from storage.records import Customer

ANNA: Final = Customer(
    id=1,
    channel="telegram",
    external_id="7",
    first_name="Anna",
    last_name="",
    username=None,
    language="ru",
    language_chosen=False,
    reachable=True,
    created_at=datetime(2026, 11, 25, tzinfo=UTC),
)
CHOSE_ENGLISH: Final = replace(ANNA, language="en", language_chosen=True)
WROTE_ENGLISH: Final = replace(ANNA, language="en")


def heard(language: Language | None, confidence: float = 0.9, scenario: str = "DELIVERY") -> Verdict:
    return Verdict(
        scenario=scenario, confidence=confidence, reasoning="", engine="local", version="1", language=language
    )


@pytest.mark.parametrize(
    ("code", "language"),
    [
        pytest.param("ru", "ru", id="Russian"),
        pytest.param("en-GB", "en", id="English of some country"),
        pytest.param("RU", "ru", id="in capitals"),
        pytest.param("de", "en", id="a language the bot does not speak: English"),
        pytest.param(None, "ru", id="the client says nothing: what the settings say"),
        pytest.param("", "ru", id="or next to nothing"),
    ],
)
def test_a_client_says_what_its_owner_speaks(code: str | None, language: str) -> None:
    assert of_client(code, "ru") == language


@pytest.mark.parametrize(
    ("code", "in_private", "language"),
    [
        pytest.param("en", True, "en", id="alone with the bot: their own"),
        pytest.param("en", False, "ru", id="before the team: the team's"),
        pytest.param(None, True, "ru", id="alone, and nobody knows theirs: the team's"),
    ],
)
def test_an_admin_is_spoken_to(code: str | None, in_private: bool, language: str) -> None:  # noqa: FBT001  # a table
    assert of_staff(code, "ru", in_private=in_private) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Где мой заказ?", "ru", id="Cyrillic"),
        pytest.param("Где мой новый iPhone?", "ru", id="mostly Cyrillic"),
        pytest.param("Where is my order?", None, id="Latin may spell Russian"),
        pytest.param("gde moy zakaz", None, id="as here"),
        pytest.param("12345", None, id="no letters"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str | None) -> None:
    assert of_text(text) == language


@pytest.mark.parametrize(("code", "language"), [("ru", "ru"), ("en", "en"), ("de", None), ("EN", None), ("", None)])
def test_the_bot_speaks(code: str, language: str | None) -> None:
    assert own(code) == language


@pytest.mark.parametrize(
    ("customer", "text", "verdict", "language"),
    [
        pytest.param(CHOSE_ENGLISH, "Где мой заказ?", None, "en", id="what they have chosen, whatever they write"),
        pytest.param(WROTE_ENGLISH, "Где мой заказ?", None, "ru", id="Cyrillic needs no engine"),
        pytest.param(ANNA, "Where is my order?", heard("en"), "en", id="a sentence in English"),
        pytest.param(
            ANNA, "Where is my order?", heard("en", 0.2, UNKNOWN), "en", id="even where the bot has no answer"
        ),
        pytest.param(WROTE_ENGLISH, "gde moy zakaz", heard("ru"), "ru", id="Russian in Latin letters, surely"),
        pytest.param(WROTE_ENGLISH, "donde esta mi pedido", heard("ru", 0.3), "en", id="not surely: it may be Spanish"),
        pytest.param(WROTE_ENGLISH, "my card is 4111", heard("ru"), "en", id="a short English line, whatever is heard"),
        pytest.param(WROTE_ENGLISH, "what is the card number", heard("ru"), "en", id="a longer one too"),
        pytest.param(WROTE_ENGLISH, "my card is 4111", heard("en"), "en", id="an English line, heard as such"),
        pytest.param(WROTE_ENGLISH, "моя карта 4111", heard("ru"), "ru", id="Cyrillic still turns an English customer"),
        pytest.param(ANNA, "help", heard("en"), "en", id="a word, surely"),
        pytest.param(ANNA, "help", heard("en", 0.4), "ru", id="a word, not surely: as before"),
        pytest.param(ANNA, "ok", heard("en"), "ru", id="two letters say nothing"),
        pytest.param(ANNA, "asdfgh qwerty zxcv", heard(None, 0.01, UNKNOWN), "ru", id="nor do letters at random"),
        pytest.param(ANNA, "Where is my order?", None, "ru", id="no engine was asked: as before"),
        pytest.param(ANNA, "Wo ist mein Paket?", heard("de"), "en", id="a language the bot does not speak: English"),
        pytest.param(ANNA, "Де моє замовлення?", heard("ru"), "en", id="Cyrillic that is not Russian"),
        pytest.param(CHOSE_ENGLISH, "Wo ist mein Paket?", None, "en", id="unless they have chosen"),
    ],
)
def test_an_answer_is_in(customer: Customer, text: str, verdict: Verdict | None, language: str) -> None:
    assert answer_language(customer, text, verdict) == language


def test_the_settings_say_what_stands_in_for_other_languages() -> None:
    assert answer_language(WROTE_ENGLISH, "Wo ist mein Paket?", None, fallback="ru") == "ru"
    assert of_client("de", "en", fallback="ru") == "ru"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo ist meine Bestellung?", "de"),
        ("Bonjour, où est ma commande ?", "fr"),
        ("Hola, ¿dónde está mi pedido?", "es"),
        ("Dov'è il mio ordine?", "it"),
        ("Onde está o meu pedido?", "pt"),
        ("Gdzie jest moje zamówienie?", "pl"),
        ("Kde je moje objednávka?", "cs"),
        ("Siparişim nerede?", "tr"),
        ("Де моє замовлення?", "uk"),
        ("Менің тапсырысым қайда?", "kk"),
        ("注文した商品はどこですか", "ja"),
        ("أين طلبي؟", "ar"),
        ("Где мой заказ?", None),
        ("Where is my order?", None),
        ("gde moy zakaz", None),
        ("My name is José, where is my order?", None),
        ("паста ragù bolognese", None),
        ("OK", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_language_that_the_bot_does_not_speak(text: str, language: str | None) -> None:
    assert foreign(text) == language
