"""`python -m benchmarks.classifier.questions [DATA]`: how sure the nearest question makes, fitted anew.

An owner's FAQ as the set-up makes it: one to eight ways of asking an answer, beside the starter pack's background. Each
business is judged by numbers fitted on all the others; the last is the starter pack's own answers, asked by the
messages to eight trades.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier import asked, public
from benchmarks.classifier.blend import fitted_curve
from benchmarks.classifier.held_out import SCENARIOS
from benchmarks.classifier.public import Lines, PublicSet
from benchmarks.classifier.strangers import NOTHING
from benchmarks.shipped import ANSWER_AT
from services.classify.local import Encoder, questions
from services.classify.local.axes import reduced
from services.classify.local.calibration import Doubles, sigmoid
from services.classify.local.meaning import FIRST
from services.classify.local.rows import Floats
from services.scenarios.packs import read_pack
from services.setup.planning import ALWAYS

EACH: Final = (1, 2, 4, 8)
DRAWS: Final = 2
INTENTS: Final = (12, 25, 45)
"""Of a public set that are taught; as many others are asked in vain."""
ASKED: Final = (300, 200)
"""Messages of a public set that belong to an intent, and that do not."""
SURE: Final = (ANSWER_AT, 0.9)
PEOPLE: Final = frozenset(("CHAT_WITH_AN_AGENT", "CHAT_WITH_AGENT"))
"""Intents of the sets that are no question of an FAQ: people are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """What can be taught, and messages with all that would answer them."""

    business: str
    train: Lines
    test: Sequence[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What speaks for the nearest question of each message, and whether it is the right one."""

    business: str
    each: int
    signs: Doubles
    right: NDArray[np.bool_]


def nearest_questions(data: Path | None = None) -> None:
    """Print what is answered by numbers fitted on the other businesses, and the numbers fitted on all."""
    encoder, pack = Encoder(), read_pack(SCENARIOS)
    background = _means(encoder, [line.text for line in pack.background])
    found = [
        _found(one, each, draw, encoder, background)
        for one in _faqs(public.folder(data))
        for each in EACH
        for draw in range(DRAWS)
    ]
    lean = float(_fitted(found)[0] - questions.CURVE.weights[0])
    print(f"{'business':<12} {'phrases':>7}" + "".join(f"{f'at {sure}':>7} {'right':>6}" for sure in SURE))
    for business in dict.fromkeys(one.business for one in found):
        curve = _fitted([one for one in found if one.business != business])
        curve[0] -= lean
        for each in EACH:
            print(_row([one for one in found if (one.business, one.each) == (business, each)], curve))
    print(f"CURVE: {_fitted(found).round(2).tolist()}, in use {questions.CURVE.weights.tolist()}")


def _row(found: Sequence[Found], curve: Doubles) -> str:
    sure = np.concatenate([sigmoid(curve[0] + one.signs @ curve[1:]) for one in found])
    right = np.concatenate([one.right for one in found])
    answered = [sure >= at for at in SURE]
    cells = (f"{some.mean():>7.3f} {right[some].mean() if some.any() else np.nan:>6.3f}" for some in answered)
    return f"{found[0].business:<12} {found[0].each:>7}" + "".join(cells)


def _fitted(found: Sequence[Found]) -> Doubles:
    """Fit a curve; a set counts by the root of its size."""
    return fitted_curve(
        (signs, bool(right), len(one.right) ** -0.5)
        for one in found
        for signs, right in zip(one.signs, one.right, strict=True)
    )


def _found(of: Faq, each: int, draw: int, encoder: Encoder, background: Floats) -> Found:
    taught = few_of(of.train, each, draw)
    asks = _means(encoder, [text for text, _ in of.test])
    near = asks @ _means(encoder, [text for text, _ in taught]).T
    answers = sorted({answer for _, answer in taught})
    of_each = np.array([answers.index(answer) for _, answer in taught])
    by_answer = np.stack([near[:, of_each == place].max(axis=1) for place in range(len(answers))], axis=1)
    ranked = np.sort(by_answer, axis=1)
    signs = np.stack((ranked[:, -1], ranked[:, -2], (asks @ background.T).max(axis=1)), axis=1).clip(0)
    named = [answers[place] for place in by_answer.argmax(axis=1)]
    right = np.array([name in helps for name, (_, helps) in zip(named, of.test, strict=True)])
    return Found(business=of.business, each=each, signs=signs.astype(float), right=right)


def _faqs(folder: Path) -> Iterator[Faq]:
    for one in businesses(folder):
        yield Faq(
            business=one.name,
            train=tuple((text, intent) for text, intent in one.train if intent not in PEOPLE),
            test=[(text, frozenset((intent,))) for text, intent in one.test if intent not in PEOPLE],
        )
    scenarios = [one for one in read_pack(SCENARIOS).scenarios if one.key not in ALWAYS]
    for language in ("ru", "en"):
        phrases = tuple(
            (text, f"{scenario.key}.{answer}")
            for scenario in scenarios
            for answer, part in scenario.parts
            if answer is not None
            for text in part.examples.get(language, ())
        )
        lines = [(line.text, line.helps) for line in asked.lines() if line.language == language]
        yield Faq(business="starter", train=phrases, test=lines)


def _means(encoder: Encoder, texts: Sequence[str]) -> Floats:
    vectors = encoder.vectors(texts)
    assert vectors is not None
    small = reduced(vectors)[:, :FIRST]
    return np.asarray(small / np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-6))


def few_of(train: Lines, each: int, draw: int) -> Lines:
    """Draw so many phrases an intent."""
    dice = random.Random(draw)  # noqa: S311 - a draw that can be repeated, not a secret
    by_intent: defaultdict[str, list[str]] = defaultdict(list)
    for text, intent in train:
        by_intent[intent].append(text)
    return tuple(
        (text, intent)
        for intent, texts in sorted(by_intent.items())
        for text in dice.sample(texts, min(each, len(texts)))
    )


def businesses(folder: Path) -> Iterator[PublicSet]:
    """Return what is taught, and what is asked. Raises `OSError` where a file is missing."""
    lines = list(_table(folder / "hint3_curekart_train.csv", "sentence", "label"))
    random.Random(0).shuffle(lines)  # noqa: S311 - as above
    third = len(lines) // 3
    yield _real("curekart", lines[third:], lines[:third])
    for name in ("sofmattress", "powerplay11"):
        parts = (_table(folder / f"hint3_{name}_{part}.csv", "sentence", "label") for part in ("train", "test"))
        yield _real(name, *parts)
    for of in public.public_sets(folder):
        for intents in INTENTS:
            yield _part(of, intents)


def _real(name: str, train: Sequence[tuple[str, str]], test: Sequence[tuple[str, str]]) -> PublicSet:
    taught = tuple(one for one in train if one[1] != NOTHING)
    return PublicSet(name=name, language="en", train=taught, test=tuple(test))


def _part(of: PublicSet, intents: int) -> PublicSet:
    """Teach some of the intents, and ask some of the others in vain."""
    dice = random.Random(intents)  # noqa: S311 - as above
    named = sorted({intent for _, intent in of.train})
    taught = set(dice.sample(named, min(intents, len(named) - 1)))
    rest = [intent for intent in named if intent not in taught]
    strange = set(dice.sample(rest, min(intents, len(rest))))
    served = [one for one in of.test if one[1] in taught]
    in_vain = [(text, NOTHING) for text, intent in of.test if intent in strange]
    test = [lines for some, most in zip((served, in_vain), ASKED, strict=True) for lines in _drawn(some, most, dice)]
    return PublicSet(
        name=of.name, language=of.language, train=tuple(one for one in of.train if one[1] in taught), test=tuple(test)
    )


def _drawn(lines: Sequence[tuple[str, str]], most: int, dice: random.Random) -> Sequence[tuple[str, str]]:
    return dice.sample(lines, min(most, len(lines)))


def _table(path: Path, text: str, intent: str) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row[text], row[intent]) for row in csv.DictReader(file))


if __name__ == "__main__":
    nearest_questions(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
