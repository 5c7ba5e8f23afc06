"""A stream of customers' messages, each answered by the bot or by a simulated operator, from whom the bot learns."""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.classifier.public import Lines, PublicSet
from benchmarks.classifier.strangers import NOTHING
from benchmarks.learning.ladder import Ladder
from services.classify.local import Encoder, Model
from services.classify.verdict import UNKNOWN
from services.evaluation.learner import ENOUGH, SHARE
from services.evaluation.rehearsal import Speaker
from services.learning.labelling import WEIGHTS
from storage.learned import LearnedPhrase
from storage.records import Pack, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of a message."""

    answered: bool
    """By the bot itself."""
    right: bool


@dataclass
class Shop:
    """A business with its bot: what it was taught, and what its operators have said since."""

    pack: Pack
    ladder: Ladder
    answer_at: float
    encoder: Encoder
    path: Path
    learned: dict[str, LearnedPhrase] = field(default_factory=dict)
    trainings_s: list[float] = field(default_factory=list)  # of CPU
    _new: int = 0
    _speaker: Speaker | None = None

    def __post_init__(self) -> None:
        if self.pack.scenarios:
            self._train()

    def hears(self, text: str, intent: str) -> Step:
        """Answer a message, or let an operator do it who says what it is about; who got a wrong answer asks again."""
        said = self._speaker.says(text) if self._speaker else None
        sure = said[0] if said is not None and said[0] != UNKNOWN else None
        right, answered = sure == intent, sure is not None and self.ladder.mode(sure) == "auto"
        if sure is not None:
            self.ladder.note(sure, right=right)
        if not (answered and right):
            self._label(text, intent)
        return Step(answered=answered, right=right)

    def _label(self, text: str, intent: str) -> None:
        scenario = None if intent == NOTHING else intent
        known = self.learned.get(text)
        if known is not None and known.scenario == scenario:
            return
        self.learned[text] = LearnedPhrase(
            text=text, language="en", scenario=scenario, answer=None, weight=WEIGHTS["correct"]
        )
        self._new += 1
        if self._new >= max(ENOUGH, SHARE * len(self.learned)):
            self._train()

    def _train(self) -> None:
        keys = {one.key for one in self.pack.scenarios}
        named = sorted({one.scenario for one in self.learned.values() if one.scenario} - keys)
        scenarios = (*self.pack.scenarios, *map(_bare, named))
        pack = Pack(scenarios=scenarios, background=(), version="", learned=tuple(self.learned.values()))
        began = time.process_time()  # on a busy machine the clock on the wall measures the others
        model = Model.train(pack, self.encoder, self.path)
        self.trainings_s.append(time.process_time() - began)
        self._speaker, self._new = Speaker.of(pack, model, self.answer_at), 0


def _bare(key: str) -> Scenario:
    """Return an answer that an operator has named, and of which nobody has written a phrase."""
    return Scenario(key=key, title={}, description="", priority="low", action="answer", examples={}, templates=())


def messages(folder: Path, name: str) -> Lines:
    """Return all messages of a business, in an order that is the same every time. Raises `OSError`."""
    found: list[tuple[str, str]] = []
    for part in ("train", "test"):
        path = folder / f"hint3_{name}_{part}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                found += [(row["sentence"], row["label"]) for row in csv.DictReader(file)]
    if not found:
        raise FileNotFoundError(f"no messages of {name} in {folder}")
    random.Random(0).shuffle(found)  # noqa: S311 - a draw that can be repeated, not a secret
    return tuple(found)


def begun(lines: Lines, each: int) -> tuple[Pack, Lines]:
    """Return a pack of so many phrases an intent, the first that came, and what is left of the stream."""
    if not each:
        return Pack(scenarios=(), background=(), version=""), lines
    taken: defaultdict[str, list[str]] = defaultdict(list)
    left: list[tuple[str, str]] = []
    for text, intent in lines:
        if intent != NOTHING and len(taken[intent]) < each:
            taken[intent].append(text)
        else:
            left.append((text, intent))
    train: Sequence[tuple[str, str]] = [(text, intent) for intent, texts in taken.items() for text in texts]
    return PublicSet(name="begun", language="en", train=tuple(train), test=()).pack(), tuple(left)
