"""Which answer of a scenario: chosen, doubted, kept in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.classify.local import LocalClassifier, Model
from services.classify.local.training_phrases import topics, training_phrases, version
from storage.records import Answer, Pack, Scenario
from tests.classify.packs import ANSWERS, pack, topical


@pytest.fixture(scope="module")
def choosy() -> Model:
    return Model.train(topical())


ASKED = [
    ("сколько стоит доставка до дома?", "COST"),
    ("is delivery free", "COST"),
    ("за сколько дней доставите заказ", "TIME"),
    ("how many days does delivery take", "TIME"),
    ("хочу изменить адрес доставки", "ADDRESS"),
    ("i need to change the address", "ADDRESS"),
]


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_the_answer_that_is_asked_for(choosy: Model, text: str, answer: str) -> None:
    verdict = LocalClassifier(choosy).verdict(text)
    assert (verdict.scenario, verdict.answer) == ("DELIVERY", answer)
    assert verdict.answers[0].scenario == answer
    assert {guess.scenario for guess in verdict.answers} == set(ANSWERS)


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_scenario_and_answer_are_right_together_less_often_than_the_scenario(
    choosy: Model, text: str, answer: str
) -> None:
    verdict = LocalClassifier(choosy).verdict(text)
    chances = [guess.confidence for guess in verdict.answers]
    assert 0 < verdict.answer_confidence == chances[0] <= verdict.confidence
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= verdict.confidence + 1e-9
    assert verdict.answers[0].scenario == answer


@pytest.mark.parametrize("text", ["вопрос про доставку", "shipping"])
def test_a_topic_is_no_answer(choosy: Model, text: str) -> None:
    verdict = LocalClassifier(choosy).verdict(text)
    assert (verdict.scenario, verdict.answer, verdict.answer_confidence) == ("DELIVERY", None, 0.0)
    assert len(verdict.answers) == len(ANSWERS)


@pytest.mark.parametrize("text", ["верните деньги", "i forgot my password"])
def test_a_scenario_with_one_text_has_no_answers(choosy: Model, text: str) -> None:
    verdict = LocalClassifier(choosy).verdict(text)
    assert (verdict.answer, verdict.answer_confidence, verdict.answers) == (None, 0.0, ())


def test_what_is_out_of_scope_names_no_answer(choosy: Model) -> None:
    verdict = LocalClassifier(choosy).verdict("расскажи анекдот")
    assert (verdict.answer, verdict.answers) == (None, ())


def test_choices_survive_the_file(choosy: Model, tmp_path: Path) -> None:
    choosy.save(tmp_path / "model.npz")
    loaded = Model.load(tmp_path / "model.npz")
    assert loaded is not None
    assert [loaded.judge(text) for text, _ in ASKED] == [choosy.judge(text) for text, _ in ASKED]


def test_moving_a_phrase_to_another_answer_is_to_be_learned(choosy: Model) -> None:
    taught = topical()
    delivery = next(scenario for scenario in taught.scenarios if scenario.answers)
    renamed = replace(delivery, answers=(replace(delivery.answers[0], key="PRICE"), *delivery.answers[1:]))
    assert choosy.knows(taught)
    assert not choosy.knows(_with(taught, replace(delivery, answers=delivery.answers[::-1])))
    assert not choosy.knows(_with(taught, renamed))


def test_titles_and_texts_are_not_to_be_learned(choosy: Model) -> None:
    taught = topical()
    delivery = next(scenario for scenario in taught.scenarios if scenario.answers)
    retitled = replace(delivery, answers=tuple(replace(answer, title={"ru": "?"}) for answer in delivery.answers))
    assert choosy.knows(_with(taught, retitled))


@pytest.mark.parametrize(
    "answers",
    [topical().scenarios[1].answers[:1], tuple(replace(a, examples={}) for a in topical().scenarios[1].answers)],
    ids=["one answer", "answers without phrases"],
)
def test_odd_choices_train_and_judge(answers: tuple[Answer, ...]) -> None:
    scenarios = tuple(
        replace(scenario, answers=answers) if scenario.answers else scenario for scenario in topical().scenarios
    )
    verdict = LocalClassifier(Model.train(Pack(scenarios=scenarios, background=(), version=""))).verdict("доставка")
    assert 0 <= verdict.answer_confidence <= verdict.confidence <= 1


def test_a_pack_without_answers_names_none() -> None:
    taught = pack()
    verdict = LocalClassifier(Model.train(taught)).verdict("где мой заказ")
    assert (verdict.scenario, verdict.answer, verdict.answers) == ("DELIVERY", None, ())
    assert version(topics(taught), training_phrases(taught)) == Model.train(taught).version


def _with(taught: Pack, scenario: Scenario) -> Pack:
    return replace(taught, scenarios=tuple(scenario if known.answers else known for known in taught.scenarios))
