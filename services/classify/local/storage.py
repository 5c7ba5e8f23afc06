"""A trained model in a file: numpy arrays and a JSON header, never pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from services.classify.local.axes import KEPT
from services.classify.local.batches import packed, unpacked
from services.classify.local.calibration import Sharpness, Trust
from services.classify.local.choices import Choice
from services.classify.local.encoder import NAME
from services.classify.local.features import Block, Vocabulary
from services.classify.local.files import read, write
from services.classify.local.knowledge import Knowledge, mute
from services.classify.local.meaning import FIRST, Meaning, Regression
from services.classify.local.mending import Spellings
from services.classify.local.rows import Rows
from services.classify.local.training_phrases import ClassRanges, Topic, TrainingPhrase

FORMAT: Final = 16
"""Goes up when the features, the heads or this file change: an older file is then trained anew."""
KINDS: Final = 2
"""Of terms: words and letters."""


def save(knowledge: Knowledge, path: Path) -> None:
    write(path, encode(knowledge))


def load(path: Path) -> Knowledge | None:
    """Return None for a file that is missing, damaged or of another format."""
    return read(path, decode)


def encode(knowledge: Knowledge) -> dict[str, Any]:
    header = {
        "format": FORMAT,
        "version": knowledge.version,
        "topics": [[topic.key, topic.answers] for topic in knowledge.topics],
        "chosen": [label for label, choice in enumerate(knowledge.choices) if choice is not None],
        "encoder": knowledge.meaning and NAME,
    }
    return {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        "lessons": packed([[*phrase.said, phrase.weight] for phrase in knowledge.training_phrases]),
        **{f"terms{place}": packed(list(block.ids)) for place, block in enumerate(_blocks(knowledge))},
        **{f"counts{place}": block.counts for place, block in enumerate(_blocks(knowledge))},
        "spellings": packed(list(knowledge.spellings.words)),
        "weights": knowledge.weights,
        "bias": knowledge.bias,
        "starts": knowledge.postings.starts,
        "columns": knowledge.postings.columns,
        "values": knowledge.postings.values,
        "sharpness": np.array(knowledge.sharpness.factor),
        **_meaning(knowledge.meaning),
        **_trust("trust", knowledge.trust),
        **_trust("choice", knowledge.choice_trust),
        **{
            f"{name}_{label}": part
            for label, choice in enumerate(knowledge.choices)
            if choice is not None
            for name, part in _choice(choice).items()
        },
    }


def _meaning(meaning: Meaning | None) -> dict[str, Any]:
    if meaning is None:
        return {}
    return {
        "meaning_centre": np.append(meaning.regression.centre, meaning.regression.scale),
        "meaning_weights": np.vstack((meaning.regression.weights, meaning.regression.bias)),
        "meaning_phrases": meaning.phrases.astype(np.float16),
    }


def _trust(name: str, trust: Trust) -> dict[str, Any]:
    return {name: np.stack((trust.centre, trust.spread)), f"{name}_weights": trust.weights}


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "choice_columns": choice.columns,
        "choice_weights": choice.weights,
        "choice_bias": choice.bias,
        "choice_sharpness": np.array(choice.sharpness.factor),
    }


def _blocks(knowledge: Knowledge) -> tuple[Block, Block]:
    return knowledge.vocabulary.words, knowledge.vocabulary.letters


def decode(arrays: Any) -> Knowledge:
    header = json.loads(arrays["header"].tobytes())
    if header["format"] != FORMAT:
        raise ValueError(header["format"])
    topics = tuple(Topic(key=key, answers=tuple(answers)) for key, answers in header["topics"])
    training_phrases = tuple(
        TrainingPhrase(text=text, language=language, label=label, answer=answer, weight=weight)
        for text, language, label, answer, weight in unpacked(arrays["lessons"])
    )
    words, letters = (
        Block.of(unpacked(arrays[f"terms{kind}"]), arrays[f"counts{kind}"], len(training_phrases))
        for kind in range(KINDS)
    )
    if arrays["weights"].shape != (len(words.ids) + len(letters.ids), len(arrays["bias"])):
        raise ValueError(arrays["weights"].shape)
    ranges, vocabulary = ClassRanges.of(topics, training_phrases), Vocabulary(words=words, letters=letters)
    postings = Rows(
        starts=arrays["starts"], columns=arrays["columns"], values=arrays["values"], width=len(training_phrases)
    )
    return Knowledge(
        version=header["version"],
        topics=topics,
        training_phrases=training_phrases,
        ranges=ranges,
        vocabulary=vocabulary,
        spellings=Spellings.of(unpacked(arrays["spellings"])),
        weights=arrays["weights"],
        bias=arrays["bias"],
        postings=postings,
        sharpness=Sharpness(factor=float(arrays["sharpness"])),
        meaning=_meant(arrays, training_phrases, ranges) if header["encoder"] == NAME else None,
        trust=_trusted(arrays, "trust"),
        choices=tuple(_chosen(arrays, label) if label in header["chosen"] else None for label in range(len(topics))),
        choice_trust=_trusted(arrays, "choice"),
        mute=mute(vocabulary, postings, ranges),
    )


def _meant(arrays: Any, training_phrases: Sequence[TrainingPhrase], ranges: ClassRanges) -> Meaning:
    centre, weights, phrases = (arrays[f"meaning_{part}"] for part in ("centre", "weights", "phrases"))
    if centre.shape != (KEPT + 1,) or weights.shape != (KEPT + 1, int(ranges.first[-1])):
        raise ValueError(weights.shape)
    if phrases.shape != (len(training_phrases), FIRST) or not np.isfinite(phrases).all():
        raise ValueError(phrases.shape)
    regression = Regression(centre=centre[:-1], scale=centre[-1], weights=weights[:-1], bias=weights[-1])
    return Meaning.remembering(regression, phrases.astype(np.float32), training_phrases, ranges)


def _trusted(arrays: Any, name: str) -> Trust:
    return Trust(centre=arrays[name][0], spread=arrays[name][1], weights=arrays[f"{name}_weights"])


def _chosen(arrays: Any, label: int) -> Choice:
    return Choice(
        columns=arrays[f"choice_columns_{label}"],
        weights=arrays[f"choice_weights_{label}"],
        bias=arrays[f"choice_bias_{label}"],
        sharpness=Sharpness(factor=float(arrays[f"choice_sharpness_{label}"])),
    )
