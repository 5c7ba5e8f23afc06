"""What the engine makes of messages: right scenario, right language, doubt where doubt is due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classify.local import LocalClassifier, Model, Opinion, Phrase
from services.classify.local.reasoning import grounds_of
from services.classify.sentences import worded
from services.classify.verdict import UNKNOWN, Guess, Question
from tests.classify.packs import pack

HEARD = [
    ("верните деньги", "REFUND", "ru"),
    ("ВЕРНИТЕ ДЕНЬГИ!!!", "REFUND", "ru"),
    ("вирните деньгы", "REFUND", "ru"),
    ("верниии деееньги", "REFUND", "ru"),
    ("возврат", "REFUND", "ru"),
    ("vernite dengi", "REFUND", "ru"),
    ("kak oformit vozvrat", "REFUND", "ru"),
    ("dthybnt ltymub", "REFUND", "ru"),
    ("refund", "REFUND", "en"),
    ("i want a refnd", "REFUND", "en"),
    ("i wnat a refnd", "REFUND", "en"),
    ("кyрьеp нe пpиexал", "DELIVERY", "ru"),  # Latin look-alikes inside
    ("где мой заказ 12345 😡", "DELIVERY", "ru"),
    ("gde moy zakaz", "DELIVERY", "ru"),
    ("wheres my order", "DELIVERY", "en"),
    ("zabyl parol", "ACCOUNT", "ru"),
    ("Password reset???", "ACCOUNT", "en"),
    ("ghbdtn", "GREETING", "ru"),
    ("руддщ", "GREETING", "en"),
    ("privet", "GREETING", "ru"),
    ("hello", "GREETING", "en"),
]


@pytest.mark.parametrize("text", ["asdfgh qwerty zxcv", "qwertyuiop asdfghjkl", "sdkfj sldkfj weoir", "фывапр"])
def test_letters_that_say_nothing_tell_of_no_language(model: Model, text: str) -> None:
    assert model.judge(text).language is None


@pytest.mark.parametrize(("text", "scenario", "language"), HEARD)
def test_the_best_guess_and_its_language(model: Model, text: str, scenario: str, language: str) -> None:
    opinion = model.judge(text)
    assert opinion.guesses[0].scenario == scenario
    assert opinion.language == language
    assert opinion.nearest_phrases[0].scenario == scenario


@pytest.mark.parametrize("text", ["", " \n", "12345", "👍🏽👍🏽", "﷽", "\x00", "\ud83d", "зщшхъ", "%$#@!"])
def test_what_says_nothing_is_not_trusted(model: Model, text: str) -> None:
    assert sure(model.judge(text)) < 0.5


def test_a_known_phrase_is_trusted_more_than_small_talk(model: Model) -> None:
    served = [sure(model.judge(text)) for text in ("где мой заказ", "i forgot my password", "верните деньги")]
    foreign = [sure(model.judge(text)) for text in ("какая погода", "расскажи про кино", "who won", "столица Перу")]
    assert min(served) > max(foreign)


def test_the_ends_of_a_very_long_message_are_read(model: Model) -> None:
    opinion = model.judge("верните деньги " + "бла " * 12_500 + " верните деньги за заказ")
    assert opinion.guesses[0].scenario == "REFUND"


def test_guesses_are_chances_best_first(model: Model) -> None:
    for text, _, _ in HEARD:
        opinion = model.judge(text)
        chances = [guess.confidence for guess in opinion.guesses]
        assert chances == sorted(chances, reverse=True)
        assert 0 <= sum(chances) <= 1 + 1e-9
        assert opinion.confidence == chances[0]
        assert opinion.in_scope or opinion.confidence < 0.5


def test_training_twice_says_the_same(model: Model) -> None:
    again = Model.train(pack())
    assert [again.judge(text) for text, _, _ in HEARD] == [model.judge(text) for text, _, _ in HEARD]


@given(st.text(st.characters(), max_size=300) | st.text("верните dengi 01!?😀\n'4", max_size=3000))
def test_no_text_breaks_it(model: Model, text: str) -> None:
    verdict = LocalClassifier(model, "en").verdict(text)
    assert 0 <= verdict.confidence <= 1
    assert len(verdict.nearest) == 3
    assert verdict.scenario in {verdict.nearest[0].scenario, UNKNOWN}
    assert verdict.scenario != UNKNOWN or verdict.confidence < 0.5
    assert verdict.reasoning


async def test_the_verdict_names_the_nearest_phrase_in_one_line(model: Model) -> None:
    verdict = await LocalClassifier(model, "ru").classify(Question(text="верните деньги за заказ", language="ru"))
    assert (verdict.scenario, verdict.engine, verdict.language) == ("REFUND", "local", "ru")
    assert verdict.version == model.version
    assert "деньги" in verdict.reasoning
    assert len(verdict.reasoning) <= 80
    assert verdict.latency_ms > 0


def _opinion(confidence: float, *, in_scope: bool = True, rival: str | None = None) -> Opinion:
    guesses = (Guess(scenario="REFUND", confidence=confidence),)
    near = (Phrase(text="верните деньги", scenario="REFUND", similarity=0.9),)
    return Opinion(
        guesses=guesses,
        confidence=confidence,
        in_scope=in_scope,
        answer=None,
        answers=(),
        language="ru",
        nearest_phrases=near,
        against=Phrase(text="где мой заказ", scenario=rival, similarity=0.4) if rival else None,
    )


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        pytest.param(_opinion(0.9, rival="DELIVERY"), "Похоже на «верните деньги».", id="sure"),
        pytest.param(
            _opinion(0.6, rival="DELIVERY"), "Похоже на «верните деньги», но и на «Доставка».", id="between two"
        ),
        pytest.param(
            _opinion(0.6, rival=UNKNOWN), "Похоже на «верните деньги», но может быть и не по теме.", id="perhaps none"
        ),
        pytest.param(_opinion(0.2, in_scope=False, rival="DELIVERY"), "Не похоже ни на одну тему бота.", id="none"),
    ],
)
def test_each_doubt_has_its_line(opinion: Opinion, said: str) -> None:
    assert worded(grounds_of(opinion, {"DELIVERY": "Доставка"}), "ru") == said


async def test_the_reasoning_speaks_the_operators_language(model: Model) -> None:
    verdict = await LocalClassifier(model, "en").classify(Question(text="верните деньги", language="ru"))
    assert verdict.reasoning.startswith("Close to “верните деньги”")
    assert worded(verdict.grounds, "ru").startswith("Похоже на «верните деньги»")


def test_small_talk_is_unknown_and_still_has_guesses(model: Model) -> None:
    verdict = LocalClassifier(model, "ru").verdict("расскажи анекдот")
    assert verdict.scenario == UNKNOWN
    assert len(verdict.nearest) == 3
    assert verdict.confidence == verdict.nearest[0].confidence < 0.5


def sure(opinion: Opinion) -> float:
    return opinion.confidence
