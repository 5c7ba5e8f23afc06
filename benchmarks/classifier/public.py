"""Public intent sets, read from a folder; nothing of them is kept in the project."""

from __future__ import annotations

import csv
import json
import os
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from storage.records import BackgroundLine, Pack, Scenario

Lines = tuple[tuple[str, str], ...]
"""(text, intent)."""

FOLDER: Final = "CLASSIFIER_DATA"
"""Environment variable that names the folder."""
BESIDE: Final = Path(__file__).parents[2] / ".." / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSet:
    name: str
    language: str
    train: Lines
    test: Lines
    background: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    """Out-of-scope test lines."""

    def first(self, phrases: int | None) -> PublicSet:
        """Keep so many training phrases an intent, drawn the same way every time; None keeps all."""
        if phrases is None:
            return self
        by_intent: defaultdict[str, list[str]] = defaultdict(list)
        for text, intent in self.train:
            by_intent[intent].append(text)
        dice = random.Random(0)  # noqa: S311 - a draw that can be repeated, not a secret
        kept = {intent: dice.sample(texts, min(phrases, len(texts))) for intent, texts in sorted(by_intent.items())}
        return replace(self, train=tuple((text, intent) for intent, texts in kept.items() for text in texts))

    def pack(self) -> Pack:
        by_intent: defaultdict[str, list[str]] = defaultdict(list)
        for text, intent in self.train:
            by_intent[intent].append(text)
        background = tuple(BackgroundLine(language=self.language, text=text) for text in self.background)
        scenarios = tuple(self._scenario(intent, texts) for intent, texts in sorted(by_intent.items()))
        return Pack(scenarios=scenarios, background=background, version=self.name)

    def _scenario(self, intent: str, texts: list[str]) -> Scenario:
        return Scenario(
            key=intent,
            title={self.language: intent.replace("_", " ").lower()},
            description="",
            priority="low",
            action="answer",
            examples={self.language: tuple(texts)},
            templates=(),
        )


def folder(given: Path | None) -> Path:
    return given or Path(os.environ.get(FOLDER) or BESIDE)


def public_sets(at: Path) -> tuple[PublicSet, ...]:
    """Read the three sets. Raises `OSError` where a file is missing."""
    oos = json.loads((at / "clinc150_data_full.json").read_text("utf-8"))
    return (
        PublicSet(
            name="Banking77",
            language="en",
            train=_table(at / "banking77_train.csv", "category"),
            test=_table(at / "banking77_test.csv", "category"),
        ),
        PublicSet(
            name="CLINC150",
            language="en",
            train=tuple((text, intent) for text, intent in oos["train"]),
            test=tuple((text, intent) for text, intent in oos["test"]),
            background=tuple(text for text, _ in [*oos["oos_train"], *oos["oos_val"]]),
            outside=tuple(text for text, _ in oos["oos_test"]),
        ),
        PublicSet(
            name="HWU-ru",
            language="ru",
            train=_table(at / "hwu_ru_train.csv", "label"),
            test=_table(at / "hwu_ru_test.csv", "label"),
        ),
    )


def _table(path: Path, intent: str) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["text"], row[intent]) for row in csv.DictReader(file))
