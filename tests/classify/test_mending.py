"""A slip is read as the word that was meant; what is a word of its own stays."""

from __future__ import annotations

import time

import pytest

from services.classify.local import Model
from services.classify.local.corpus import read
from services.classify.local.wordings import wordings
from tests.classify.packs import pack

SAID = [
    "где мой заказ",
    "когда привезут заказ",
    "отменить заказ",
    "заказ не пришёл, а пароль забыл",
    "как сменить пароль",
    "забыл пароль",
    "пароль не подходит",
    "reset my password",
    "password please",
    "the password of my account",
    "account and password",
    "my account",
    "delete the account",
    "we don't sell coats",
] * 4
CORPUS = read(SAID)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("forgot my pasword", "forgot my password"),
        ("Passsword!!", "password!!"),
        ("the passwrod, pls", "the password, pls"),
        ("acount", "account"),
        ("заак", "заак"),
        ("паоль", "пароль"),
        ("закаж", "закаж"),  # one letter for another in so short a word may be anything
        ("пороль не тот", "пароль не тот"),
        ("забыл параль", "забыл пароль"),
        ("Паролль", "пароль"),
    ],
)
def test_a_slip_is_mended(said: str, meant: str) -> None:
    assert CORPUS.spellings.mended(said, CORPUS.vocabulary.words) == meant


@pytest.mark.parametrize(
    "said",
    [
        "accounts and passwords",
        "паролей",
        "заказа",
        "забыли Пароль?",
        "boats",
        "don't",
        "discount",
        "№ 12345 ok 👍🏽",
        "",
        "\ud83d",
    ],
)
def test_what_is_no_slip_stays(said: str) -> None:
    assert CORPUS.spellings.mended(said, CORPUS.vocabulary.words) == said


def test_a_slip_is_read_as_the_word_that_was_meant() -> None:
    model = Model.train(pack({"ACCOUNT": {"en": SAID[7:13]}, "ORDER": {"ru": SAID[:3]}}))
    assert model.read("pasword of the acount").text == "password of the account"
    assert model.read("pasword of the acount").vector.known[0] == 1


def test_a_long_text_of_strange_words_takes_no_time() -> None:
    began = time.process_time()
    CORPUS.spellings.mended("pasworx acounx " * 20_000, CORPUS.vocabulary.words)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Where's my ORDER??", ("Where's my ORDER??", "where s my order", "Where s my order?")),
        ("!!!", ("!!!", "!!!", "!!!?")),
        ("", ("", "", "?")),
    ],
)
def test_a_message_is_written_in_three_ways(text: str, written: tuple[str, str, str]) -> None:
    assert wordings(text) == written
