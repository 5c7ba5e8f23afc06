"""Packs of every shape: the engine learns what there is to learn, and stays modest."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from services.classify.local import LocalClassifier, Model
from services.classify.local.everyday import supplemented
from services.classify.local.training_phrases import training_phrases
from services.classify.verdict import UNKNOWN
from services.scenarios.packs import read_pack
from storage.records import Pack
from tests.classify.packs import PHRASES, pack
from tests.packs import SHOP

TEXTS = ("", "верните деньги", "hello", "😀", "404", "x" * 50_000)
ODD = {
    "empty": pack({}, {}),
    "background only": pack({}),
    "scenario without phrases": pack({"REFUND": {}}, {}),
    "one scenario": pack({"REFUND": PHRASES["REFUND"]}, {}),
    "one phrase": pack({"REFUND": {"ru": ("верните деньги",)}}, {}),
    "no background": pack(background={}),
    "phrases without letters": pack({"A": {"ru": ("", "...", "—")}, "B": {"ru": ("😀",)}}, {"ru": ("",)}),
    "the same phrase in two scenarios": pack({"A": {"ru": ("верните деньги",)}, "B": {"ru": ("верните деньги",)}}),
    "a scenario without phrases among others": pack({**PHRASES, "EMPTY": {"ru": ()}}),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_packs_train_and_judge(odd: Pack) -> None:
    classifier = LocalClassifier(Model.train(odd), "ru")
    for text in TEXTS:
        verdict = classifier.verdict(text)
        assert 0 <= verdict.confidence <= 1
        assert len(verdict.nearest) == min(3, len(odd.scenarios))
        assert verdict.scenario in {UNKNOWN, *(scenario.key for scenario in odd.scenarios)}


def test_without_scenarios_nothing_is_known() -> None:
    verdict = LocalClassifier(Model.train(ODD["empty"]), "en").verdict("hello")
    assert (verdict.scenario, verdict.confidence, verdict.nearest) == (UNKNOWN, 0.0, ())
    assert verdict.reasoning == "The engine has learned nothing yet."


def test_a_contradiction_is_not_trusted() -> None:
    opinion = Model.train(pack({**PHRASES, "TWIN": PHRASES["REFUND"]})).judge("верните деньги")
    assert {guess.scenario for guess in opinion.guesses[:2]} == {"REFUND", "TWIN"}
    assert opinion.confidence < 0.75


def test_one_scenario_does_not_claim_what_it_never_heard() -> None:
    model = Model.train(ODD["one scenario"])
    assert model.judge("квантовая хромодинамика").confidence < model.judge("верните деньги").confidence


def test_two_hundred_scenarios() -> None:
    verbs = ["open", "close", "move", "rename", "share", "print", "export", "import", "merge", "split"]
    things = [f"{kind}{part}" for kind in ("invoice", "folder", "ticket", "report") for part in "abcde"]
    phrases = {
        f"{verb}_{thing}".upper(): {"en": tuple(form.format(verb, thing) for form in ("{} the {}", "how to {} my {}"))}
        for verb, thing in itertools.product(verbs, things)
    }
    model = Model.train(pack(phrases))
    assert len(phrases) == 200
    asked = list(itertools.product(verbs, things))[::7]
    right = [
        model.judge(f"please {verb} {thing}").guesses[0].scenario == f"{verb}_{thing}".upper() for verb, thing in asked
    ]
    assert sum(right) / len(right) > 0.9


def test_many_phrases_are_calibrated_on_some_of_them() -> None:
    words = [f"{a}{b}{c}" for a in "бвгдж" for b in "аоуие" for c in "клмнпрст"]
    phrases = {
        key: {"ru": tuple(f"{word} {ending} {other}" for word in words[:110] for other in words[:20])}
        for key, ending in (("A", "открыть"), ("B", "закрыть"))
    }
    model = Model.train(pack(phrases))
    opinion = model.judge("бак открыть")
    assert opinion.guesses[0].scenario == "A"
    assert opinion.confidence > 0.9


@pytest.mark.parametrize("text", ["what is the weather", "как дела", "где посылка", "приложение не работает", "hello"])
def test_a_pack_that_brings_no_doubt_borrows_some(text: str) -> None:
    referral = next(scenario for scenario in read_pack(SHOP).scenarios if scenario.key == "REFERRAL")
    alone = Pack(scenarios=(referral,), background=(), version="")
    model = Model.train(alone)
    assert model.judge(text).confidence < 0.9
    assert model.judge("как пригласить друга").confidence > 0.9
    assert model.knows(alone)


def test_a_pack_with_doubt_of_its_own_borrows_none() -> None:
    shop = read_pack(SHOP)
    known = training_phrases(shop)
    assert supplemented(known, len(shop.scenarios)) == known


def test_what_is_borrowed_contradicts_no_phrase() -> None:
    known = training_phrases(pack({"GREETING": {"ru": ("привет",), "en": ("hello",)}}, {}))
    borrowed = supplemented(known, 1)[len(known) :]
    assert borrowed
    assert not {"привет", "Привет!", "hello", "hello!"} & {phrase.text for phrase in borrowed}


def test_what_a_scenario_is_called_is_a_phrase_where_phrases_are_few() -> None:
    few = pack({"NIGHT_TRIAL": {"en": ("may I try it for some time",)}, "COD": {"en": ("do I pay the courier",)}})
    few = replace(few, scenarios=tuple(replace(one, title={"en": one.key, "ru": "Нет фраз"}) for one in few.scenarios))
    trial = [phrase.text for phrase in training_phrases(few) if phrase.label == 0]
    assert trial == ["may I try it for some time", "NIGHT TRIAL"]
    assert Model.train(few).judge("how long is the night trial").guesses[0].scenario == "NIGHT_TRIAL"


def test_where_phrases_are_many_a_title_is_none() -> None:
    phrases = {"A": {"en": tuple(f"question {number}" for number in range(40))}}
    many = pack(phrases)
    many = replace(many, scenarios=tuple(replace(one, title={"en": "A title"}) for one in many.scenarios))
    assert "A title" not in {phrase.text for phrase in training_phrases(many)}
