"""The encoder beside the words: other languages, what it may not break, and what is encoded only once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog

from services.classify.local import Encoder, LocalClassifier, Model, learned, opinions, storage
from services.classify.local.calibration import softmax
from services.classify.local.encoder import LONGEST, WIDTH
from services.classify.local.meaning import Meant
from services.classify.local.reading import Chosen
from services.classify.local.remembered import SUFFIX, vectors_of
from services.classify.local.wordings import wordings
from services.classify.verdict import Question
from storage.records import BackgroundLine
from tests.classify.packs import pack


@pytest.fixture(scope="session")
def versed(encoder: Encoder) -> Model:
    return Model.train(pack(), encoder)


VERBS = ("верните", "хочу вернуть", "как вернуть", "отдайте", "вернуть бы")
THINGS = ("деньги", "оплату", "платёж", "сумму", "средства", "всё обратно")
WHENS = ("сегодня", "за заказ", "на карту", "пожалуйста", "за курс", "сейчас")


class Counting(Encoder):
    """Stands in for the encoder where only the number of texts matters."""

    def __init__(self) -> None:
        super().__init__(load=self._loaded_once)
        self.seen: list[str] = []
        self.loaded = 0

    def _loaded_once(self) -> Any:
        self.loaded += 1
        return self._vectors

    def _vectors(self, texts: Sequence[str]) -> Any:
        self.seen += texts
        return np.array([np.random.default_rng(sum(text.encode())).normal(size=WIDTH) for text in texts])


def broken() -> Encoder:
    def load() -> Any:
        raise OSError("weights.npz: no such file")

    return Encoder(load=load)


def dense(model: Model) -> Model:
    """Return the model as if each scenario had many phrases."""
    ranges = replace(model.knowledge.ranges, sparse=False)
    return replace(model, knowledge=replace(model.knowledge, ranges=ranges))


def meant(chances: Any) -> Meant:
    """Return what has these chances, and everything equally near."""
    return Meant(chances=chances, near=np.full(len(chances), 0.5, np.float32))


def ranked(model: Model, text: str) -> str:
    return model.judge(text).guesses[0].scenario


@pytest.mark.parametrize(
    "text", ["I want my money back", "ich möchte mein Geld zurück", "quiero que me devuelvan el dinero"]
)
def test_what_shares_no_word_is_understood(versed: Model, text: str) -> None:
    assert ranked(versed, text) == "REFUND"


def test_a_pack_of_few_phrases_always_asks(versed: Model) -> None:
    reading = versed.read("верните деньги за заказ")
    assert not versed.settled(replace(reading, trust=1.0, chosen=None))
    assert dense(versed).settled(replace(reading, trust=1.0, chosen=None))


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "🙂" * 50, "а" * 5000, "%s {} <b>"])
def test_odd_texts_are_judged(versed: Model, text: str) -> None:
    opinion = versed.judge(text)
    assert 0 <= opinion.confidence < 0.8
    assert sum(guess.confidence for guess in opinion.guesses) <= 1 + 1e-9


async def test_the_loop_and_a_command_hear_the_same(versed: Model) -> None:
    classifier = LocalClassifier(versed)
    for text in ("ich möchte mein Geld zurück", "верните деньги за заказ"):
        heard = await classifier.classify(Question(text=text, language="ru"))
        assert replace(heard, latency_ms=0) == replace(classifier.verdict(text), latency_ms=0)


def test_beyond_doubt_nobody_is_asked() -> None:
    counting = Counting()
    model = dense(Model.train(pack(), counting))
    counting.seen.clear()
    reading, unsure = model.read("верните деньги за заказ"), model.read("whatever else")
    sure = replace(reading, trust=1.0, chosen=reading.chosen and replace(reading.chosen, trust=1.0))
    familiar = replace(reading.vector, known=(1.0, 1.0))
    hopeless = replace(reading, trust=0.0, vector=familiar)
    assert model.settled(sure)
    model.opinion(sure)
    assert counting.seen == []
    assert opinions.settled(model.knowledge, hopeless)
    assert not model.settled(hopeless)  # only how soon people should look is asked
    assert model.opinion(hopeless).guesses == opinions.beyond_doubt(model.knowledge, hopeless).guesses
    assert counting.seen == [*wordings(reading.text)]
    counting.seen.clear()
    doubtful_answer = replace(sure, chosen=Chosen(label=0, chances=np.array([0.4, 0.3, 0.3]), trust=0.4))
    foreign = replace(model.knowledge.ranges, languages=frozenset({"de"}))
    assert not Model(replace(model.knowledge, ranges=foreign), counting).settled(hopeless)
    for asked in (unsure, doubtful_answer):
        assert not model.settled(asked)
    model.opinion(unsure)
    assert counting.seen == [*wordings("whatever else")]


def test_where_it_cannot_be_loaded_the_words_decide_alone(model: Model, versed: Model) -> None:
    with structlog.testing.capture_logs() as logs:
        without = Model(versed.knowledge, broken())
        assert [without.judge(text) for text in ("zzz", "верните деньги")] == [
            model.judge(text) for text in ("zzz", "верните деньги")
        ]
    assert [(entry["event"], entry["error"]) for entry in logs] == [("classifier.no_encoder", "OSError")]


def test_learning_without_it_is_complete(model: Model) -> None:
    taught = Model.train(pack(), broken())
    assert taught.knowledge.meaning is None
    assert taught.knows(pack())
    assert taught.judge("верните деньги") == model.judge("верните деньги")
    assert not Model(taught.knowledge, Counting()).knows(pack())


async def test_a_saved_model_keeps_the_meaning(versed: Model, encoder: Encoder, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    versed.save(path)
    again = await learned(pack(), path, encoder)
    assert again.judge("ich möchte mein Geld zurück") == versed.judge("ich möchte mein Geld zurück")


@pytest.mark.parametrize("change", ["meaning_weights", "meaning_centre", "meaning_phrases"])
def test_a_foreign_meaning_is_no_model(versed: Model, change: str, tmp_path: Path) -> None:
    arrays = storage.encode(versed.knowledge)
    arrays[change] = arrays[change][:-1]
    np.savez(tmp_path / "model.npz", **arrays)
    assert Model.load(tmp_path / "model.npz") is None


def test_another_encoder_means_learning_anew(versed: Model, encoder: Encoder, tmp_path: Path) -> None:
    arrays = storage.encode(versed.knowledge)
    header = json.loads(arrays["header"].tobytes()) | {"encoder": "another"}
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(tmp_path / "model.npz", **arrays)
    loaded = Model.load(tmp_path / "model.npz", encoder)
    assert loaded is not None
    assert not loaded.knows(pack())


def test_a_phrase_is_encoded_once(tmp_path: Path) -> None:
    counting, path = Counting(), tmp_path / "model.npz"
    Model.train(pack(), counting, path)
    counting.seen.clear()
    more = replace(pack(), background=(*pack().background, BackgroundLine(language="en", text="one line more")))
    Model.train(more, counting, path)
    assert counting.seen == ["one line more"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no arrays"])
def test_a_damaged_file_of_vectors_is_made_anew(content: bytes, tmp_path: Path) -> None:
    counting, path = Counting(), tmp_path / "model.npz"
    path.with_suffix(SUFFIX).write_bytes(content)
    first = vectors_of(["one", "two", "one"], counting, path)
    assert counting.seen == ["one", "two"]
    again = vectors_of(["two", "one"], counting, path)
    assert counting.seen == ["one", "two"]
    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first[[1, 0]], again)


def test_a_long_text_is_cut_in_the_middle() -> None:
    counting = Counting()
    counting.vectors(["a" * 5000 + "where is it"])
    assert len(counting.seen[0]) == LONGEST + 1
    assert counting.seen[0].endswith("where is it")


@pytest.mark.parametrize("view", [dense, lambda model: model])
def test_more_meaning_and_surer_words_make_surer(view: Callable[[Model], Model], versed: Model) -> None:
    versed = view(versed)
    reading = versed.read("деньги назад")
    best = int(versed.knowledge.ranges.first[int(reading.chances[:-1].argmax())])
    classes = int(versed.knowledge.ranges.first[-1])
    weak, strong = (np.where(np.arange(classes) == best, mass, (1 - mass) / (classes - 1)) for mass in (0.5, 0.95))

    def trust(meaning: Any, words: float) -> float:
        label, others = int(reading.chances[:-1].argmax()), len(reading.chances) - 1
        chances = np.where(np.arange(others + 1) == label, words, (1 - words) / others)
        surer = replace(reading, trust=words, chances=chances)
        return opinions.by_both(versed.knowledge, surer, meant(meaning)).confidence

    assert trust(strong, 0.6) > trust(weak, 0.6)
    assert trust(weak, 0.9) > trust(weak, 0.6)


def test_a_strong_meaning_overrules_the_words(versed: Model) -> None:
    reading = versed.read("деньги назад")
    other = (int(reading.chances[:-1].argmax()) + 1) % len(versed.knowledge.topics)
    classes = int(versed.knowledge.ranges.first[-1])
    place = int(versed.knowledge.ranges.first[other])
    meaning = np.where(np.arange(classes) == place, 1.0, 0.0)
    opinion = opinions.by_both(versed.knowledge, replace(reading, chances=softmax(reading.chances)), meant(meaning))
    assert opinion.guesses[0].scenario == versed.knowledge.topics[other].key


@pytest.mark.long
def test_a_large_scenario_does_not_swamp_small_ones(encoder: Encoder) -> None:
    small = pack()
    refund = next(scenario for scenario in small.scenarios if scenario.key == "REFUND")
    many = tuple(f"{verb} {what} {when}" for verb in VERBS for what in THINGS for when in WHENS)
    large = replace(refund, examples={**refund.examples, "ru": many})
    mixed = replace(small, scenarios=tuple(large if one.key == "REFUND" else one for one in small.scenarios))
    model = Model.train(mixed, encoder)
    assert model.knowledge.ranges.sparse
    assert ranked(model, "wann kommt meine Bestellung an?") == "DELIVERY"
    assert ranked(model, "ich möchte mein Geld zurück") == "REFUND"
