"""The parts of the engine, each as a table."""

from __future__ import annotations

import re

import numpy as np
import pytest

from services.classify.local.calibration import Sharpness, Trust, signs, signs_of_one
from services.classify.local.corpus import read
from services.classify.local.descent import Descent
from services.classify.local.features import pieces, stem
from services.classify.local.rows import Rows
from services.classify.local.sounds import sound
from services.classify.local.spelling import LONGEST, latin_russian, other_layout, plain, tokens
from services.classify.sentences import texts
from tests.classify.packs import ANSWERS, PHRASES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ёлка, ОЧЕНЬ!!!", ["елка", "очень", "!"]),
        ("заказ №12345", ["заказ", "no", "00000"]),
        ("спасибоооо", ["спасибо"]),
        ("don't", ["don't"]),
        ("4to eto", ["4to", "eto"]),
        ("🙏 ок", ["🙏", "ок"]),
        ("пpивeт", ["привет"]),
        ("pаypаl", ["paypal"]),
        ("𝓱𝓮𝓵𝓵𝓸", ["hello"]),
        ("— ... (« »)", []),
        ("a_b", ["a", "b"]),
        ("hello@mail.example", ["somewhereonline"]),
        ("see https://shop.example/a?b=1 please", ["see", "somewhereonline", "please"]),
        ("help me🙏🏻🙏🏻🙏🏻", ["help", "me", "🙏"]),
        ("❤️", ["❤"]),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_a_long_text_keeps_both_ends() -> None:
    cut = plain("начало " + "abcd " * 10_000 + " конец")
    assert len(cut) <= LONGEST + 1
    assert cut.startswith("начало")
    assert cut.endswith("конец")


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("верните", "vernite"),
        ("деньги", "dengi"),
        ("подписку", "podpisku"),
        ("хочу", "hochu"),
        ("хочу", "khochu"),
        ("ещё", "eshche"),
        ("что", "4to"),
        ("шесть", "6est"),
        ("красный", "krasniy"),
        ("мой", "moy"),
        ("ключ", "kljuch"),
        ("цена", "tsena"),
    ],
)
def test_both_scripts_sound_alike(cyrillic: str, latin: str) -> None:
    assert sound(latin) == sound(cyrillic.replace("ё", "е"))


@pytest.mark.parametrize(("latin", "cyrillic"), [("vernite dengi", "верните деньги"), ("karty", "карта")])
def test_latin_russian_has_the_stems_of_russian(latin: str, cyrillic: str) -> None:
    assert [stem(word) for word in latin_russian(latin).split()] == [stem(word) for word in cyrillic.split()]


def test_the_other_layout_and_back() -> None:
    assert other_layout("Ghbdtn") == "привет"
    assert other_layout("руддщ") == "hello"


def test_pieces_of_a_word() -> None:
    assert pieces("да") == (" д", "да", "а ", " да", "да ", " да ")


def test_a_phrase_does_not_know_itself() -> None:
    texts = ["верните деньги", "верните посылку"]
    corpus = read(texts)
    assert corpus.known[0, 0] == 0.5
    assert corpus.vocabulary.read(texts[0]).known[0] == 1.0


def test_phrases_read_at_once_are_as_read_one_by_one() -> None:
    texts = [
        "where is my order",
        "",
        "!!!",
        "да да да",
        "верните деньги верните",
        *(f"слово{number} дела" for number in "абвгд" * 12),
    ]
    corpus = read(texts)
    for number, text in enumerate(texts):
        columns, values = corpus.rows.row(number)
        alone = corpus.vocabulary.read(text)
        order = np.argsort(columns)
        np.testing.assert_array_equal(columns[order], np.sort(alone.columns))
        np.testing.assert_allclose(values[order], alone.values[np.argsort(alone.columns)], rtol=1e-5)


def test_the_names_of_other_companies_are_one_word() -> None:
    assert tokens("верните деньги от Билайна") == tokens("верните деньги от мегафона")
    assert tokens("Amazon's parcel") == tokens("ebay parcel")
    assert tokens("стимул заранее уберите бумажную тему") == ["стимул", "заранее", "уберите", "бумажную", "тему"]


def test_columns_can_be_left_out() -> None:
    rows = Rows.of(
        [(np.array([0, 2], np.int32), np.ones(2, np.float32)), (np.zeros(0, np.int32), np.zeros(0, np.float32))], 3
    )
    kept = rows.without(np.array([True, False, False]))
    assert (len(kept), kept.row(0)[0].tolist(), kept.row(1)[0].tolist()) == (2, [2], [])


def test_rows_are_a_matrix() -> None:
    dense = np.random.default_rng(1).random((6, 9)).astype(np.float32)
    dense[dense < 0.6] = 0
    dense[2] = 0
    parts = [(np.flatnonzero(row).astype(np.int32), row[row > 0]) for row in dense]
    rows = Rows.of(parts, 9)
    other = np.random.default_rng(2).random((9, 4)).astype(np.float32)
    np.testing.assert_allclose(rows.times(other), dense @ other, rtol=1e-5)
    np.testing.assert_allclose(rows.transposed().times(np.eye(6, dtype=np.float32)), dense.T)
    np.testing.assert_allclose(rows.take(np.array([5, 2, 0])).times(other), dense[[5, 2, 0]] @ other, rtol=1e-5)


def test_a_column_can_be_filled_in_every_row() -> None:
    rows = Rows.of(
        [(np.array([0, 2], np.int32), np.ones(2, np.float32)), (np.zeros(0, np.int32), np.zeros(0, np.float32))], 3
    )
    filled = rows.with_constant(0.5)
    assert [filled.row(number)[0].tolist() for number in range(2)] == [[0, 2, 3], [3]]
    assert (filled.width, filled.values.tolist()) == (4, [1, 1, 0.5, 0.5])


def test_what_a_fold_taught_is_taken_back() -> None:
    dice = np.random.default_rng(3)
    parts = [
        (np.sort(dice.choice(20, 6, replace=False)).astype(np.int32), dice.random(6, np.float32)) for _ in range(40)
    ]
    rows, labels, fold = Rows.of(parts, 20), dice.integers(0, 3, 40).astype(np.int32), np.arange(8)
    others, heft = np.setdiff1d(np.arange(40), fold), np.ones(40, np.float32)
    whole = Descent.fresh(rows, labels, 3, heft)
    rest = Descent.fresh(rows.take(others), labels[others], 3, heft[others])
    whole.descend(1e-5)
    rest.descend(1e-5)
    told = rows.take(fold).times(rest.weights[:-1]) + rest.constants
    np.testing.assert_allclose(whole.without(fold, 1e-5), told, atol=1e-2)


def test_what_is_learned_does_not_hang_on_the_order_of_the_phrases() -> None:
    said = [
        text for languages in (*PHRASES.values(), *ANSWERS.values()) for texts in languages.values() for text in texts
    ]
    labels = np.array([index * 5 // len(said) for index in range(len(said))], np.int32)
    rows, heft = read(said).rows, np.random.default_rng(5).uniform(0.3, 1, len(said)).astype(np.float32)
    found = []
    for order in (np.arange(len(said)), np.random.default_rng(6).permutation(len(said))):
        descent = Descent.fresh(rows.take(order), labels[order], 5, heft[order])
        descent.descend()
        found.append(rows.times(descent.weights[:-1]) + descent.constants)
    assert (found[0] - found[1]).std() < 0.05 * found[0].std()


def test_sharpness_finds_the_scale_of_the_scores() -> None:
    dice = np.random.default_rng(0)
    scores = dice.normal(0, 1, (4000, 3))
    chances = np.exp(3 * scores) / np.exp(3 * scores).sum(axis=1, keepdims=True)
    labels = (chances.cumsum(axis=1) < dice.random((4000, 1))).sum(axis=1)
    assert Sharpness.fit(scores, labels, np.ones(4000)).factor == pytest.approx(3, rel=0.1)


def test_trust_is_calibrated_on_what_it_learned_from() -> None:
    dice = np.random.default_rng(0)
    signs = dice.normal(0, 1, (4000, 2))
    right = dice.random(4000) < 1 / (1 + np.exp(-2 * signs[:, 0]))
    chances = Trust.fit(signs, right, np.ones(4000)).chance(signs)
    for low in (0.1, 0.5, 0.9):
        here = (chances >= low) & (chances < low + 0.1)
        assert abs(chances[here].mean() - right[here].mean()) < 0.06


def test_the_texts_mirror_each_other() -> None:
    ru, en = texts()["ru"], texts()["en"]
    assert ru.keys() == en.keys()
    for key, text in ru.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", en[key]))


def test_what_speaks_for_one_text_is_what_speaks_for_it_among_many() -> None:
    dice = np.random.default_rng(7)
    for classes in (2, 3, 13):
        chances = dice.dirichlet(np.ones(classes), 20)
        chances[0, :-1] = chances[0, :-1].mean()  # all in scope alike
        near, known = dice.random((20, classes)).astype(np.float32), dice.random((20, 2))
        many = signs(chances, near.astype(float), known)
        for row, expected in enumerate(many):
            shares = (float(known[row, 0]), float(known[row, 1]))
            np.testing.assert_allclose(signs_of_one(chances[row], near[row], shares), expected, rtol=1e-9)
