"""Sentences in languages that the encoder was not taught, word by word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from services.classify.local import glossaries
from services.classify.local.glossaries import translations
from services.scenarios.packs import read_pack
from services.texts.foreign import foreign

FILE = Path(glossaries.__file__).with_name("glossaries.toml")


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("Де моє замовлення?", "где моё заказ", "where my order"),
        ("Чому не працює сайт", "почему не работает сайт", "why not work site"),
        ("Тапсырысым қайда?", "заказ где", "order where"),
        ("калай акшамды кайтарып алам", "как деньги вернуть могу", "how money return refund can"),
        ("Kde je moje objednávka?", "где моя заказ", "where is my order"),
        ("jak zrusim predplatne", "как отменить подписка", "how cancel subscription"),
        ("Proč nefunguje aplikace Alza", "почему не работает приложение alza", "why does not work app alza"),
    ],
)
def test_what_is_known_is_told_in_both_languages_and_names_stay(text: str, russian: str, english: str) -> None:
    assert translations(text) == [russian, english]


@pytest.mark.parametrize(
    "text",
    [
        "Как отменить подписку",
        "where is my order",
        "¿Dónde está mi pedido?",
        "Сьогодні на вулиці дощить і дуже холодно",
        "kde",
        "",
        "!?",
        "2+2",
    ],
)
def test_other_languages_and_what_is_hardly_known_stay_as_they_are(text: str) -> None:
    assert translations(text) == []


def test_each_word_has_both_meanings() -> None:
    for words in tomllib.loads(FILE.read_text("utf-8")).values():
        assert all(len(meanings) == 2 for meanings in words.values())
        assert all(word == word.lower() and word.rstrip("*") for word in words)


def test_no_phrase_of_the_starter_pack_is_taken_for_another_language() -> None:
    pack = read_pack(Path("scenarios"))
    phrases = [text for one in pack.scenarios for texts in one.examples.values() for text in texts]
    answers = [
        text for one in pack.scenarios for each in one.answers for texts in each.examples.values() for text in texts
    ]
    background = [line.text for line in pack.background]
    assert [text for text in (*phrases, *answers, *background) if foreign(text)] == []
