"""Phrases learned from labels: they teach beside the pack, by their weight, as far as there is what they name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.classify.examples import places
from services.classify.local import Model
from services.classify.local.training_phrases import topics, training_phrases, version
from services.classify.verdict import UNKNOWN
from storage.learned import LearnedPhrase
from storage.records import Pack
from tests.classify.packs import pack

WORDS = "zebra stripes on the parcel"


def learned(scenario: str | None, weight: float = 1.0, text: str = WORDS, answer: str | None = None) -> LearnedPhrase:
    return LearnedPhrase(text=text, language="en", scenario=scenario, answer=answer, weight=weight)


def with_learned(*phrases: LearnedPhrase) -> Pack:
    return replace(pack(), learned=phrases)


def test_what_was_learned_is_answered_and_survives_a_file(tmp_path: Path) -> None:
    key = pack().scenarios[0].key
    taught = with_learned(learned(key))
    model = Model.train(taught)
    assert model.judge("zebra stripes!").guesses[0].scenario == key
    model.save(tmp_path / "m.npz")
    loaded = Model.load(tmp_path / "m.npz")
    assert loaded is not None
    assert loaded.knows(taught)
    assert not loaded.knows(pack())
    assert not loaded.knows(with_learned(learned(key, 0.4)))


def test_the_heavier_word_wins() -> None:
    first, second = (one.key for one in pack().scenarios[:2])
    for heavy, light in ((first, second), (second, first)):
        model = Model.train(with_learned(learned(heavy, 1.0), learned(light, 0.1)))
        assert model.judge(WORDS).guesses[0].scenario == heavy


def test_lessons_stay_in_the_order_of_what_they_teach_and_what_is_gone_teaches_nothing() -> None:
    key = pack().scenarios[0].key
    known = with_learned(learned(None), learned(key), learned("GONE", text="gone"), learned(key, answer="GONE"))
    found = training_phrases(known)
    assert len(found) == len(training_phrases(pack())) + 2
    assert [one.label for one in found] == sorted(one.label for one in found)
    phrase = training_phrases(pack())[0].text
    again = with_learned(replace(learned(key, 0.4), text=phrase, language=training_phrases(pack())[0].language))
    assert version(topics(again), training_phrases(again)) == version(topics(pack()), training_phrases(pack())), (
        "the pack has it already"
    )


@pytest.mark.parametrize(
    ("phrase", "heart"),
    [
        (learned("A"), None),
        (learned(None), (UNKNOWN, None)),
        (learned(None, 0.6), None),
        (learned(None, text="yes please"), None),
    ],
)
def test_only_firm_words_that_say_enough_are_known_by_heart(
    phrase: LearnedPhrase, heart: tuple[str, None] | None
) -> None:
    assert places(with_learned(phrase)).get(phrase.text) == heart


def test_the_pack_has_the_last_word() -> None:
    known = places(pack())
    phrase, said = next((text, place) for text, place in known.items() if len(text.split()) > 2 and place[0] != UNKNOWN)
    assert places(with_learned(learned(None, text=phrase)))[phrase] == said
