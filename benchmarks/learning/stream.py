"""A stream of customers' messages, each answered by the bot or by a simulated operator, from whom the bot learns."""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.classifier.public import Lines, PublicSet
from benchmarks.classifier.strangers import NOTHING
from benchmarks.learning.ladder import Ladder
from services.autopilot.policies import policy_of
from services.autopilot.threshold import LOWEST
from services.autopilot.young import WINDOW
from services.classify.examples import Place, places, words
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN
from services.evaluation.learner import ENOUGH, SHARE
from services.learning.labelling import WEIGHTS
from storage.evidence import Outcome
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
    configured: Policy
    """What holds moves from there, by the record."""
    encoder: Encoder
    path: Path
    learned: dict[str, LearnedPhrase] = field(default_factory=dict)
    trainings_s: list[float] = field(default_factory=list)  # of CPU
    _new: int = 0
    _heart: Mapping[str, Place] = field(default_factory=dict)
    _scenarios: tuple[Scenario, ...] = ()
    _local: LocalClassifier | None = None
    _record: deque[Outcome] = field(default_factory=lambda: deque(maxlen=WINDOW))  # the last outcome comes first

    def __post_init__(self) -> None:
        if self.pack.scenarios:
            self._train()

    def hears(self, text: str, intent: str) -> Step:
        """Answer a message, or let an operator do it who says what it is about; who got a wrong answer asks again."""
        sure = self._sure_of(text, intent)
        right, answered = sure == intent, sure is not None and self.ladder.mode(sure) == "auto"
        if sure is not None:
            self.ladder.note(sure, right=right)
        if not (answered and right):
            self._label(text, intent)
        return Step(answered=answered, right=right)

    def _sure_of(self, text: str, intent: str) -> str | None:
        """Return the answer that the bot is sure of, and note whether it is right: sooner or later people say so."""
        known = self._heart.get(words(text))
        if known is not None:
            return None if known[0] == UNKNOWN else known[0]
        verdict = self._local.verdict(text) if self._local else None
        if verdict is None or verdict.scenario == UNKNOWN or verdict.confidence < LOWEST:
            return None
        sure = policy_of(self.configured, self._scenarios, self._record).settles(verdict)
        right = float(verdict.scenario == intent)
        self._record.appendleft(Outcome(confidence=verdict.confidence, right=right, place=verdict.scenario))
        return verdict.scenario if sure else None

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
        self._scenarios = (*self.pack.scenarios, *map(_bare, named))
        pack = Pack(scenarios=self._scenarios, background=(), version="", learned=tuple(self.learned.values()))
        began = time.process_time()  # on a busy machine the clock on the wall measures the others
        model = Model.train(pack, self.encoder, self.path)
        self.trainings_s.append(time.process_time() - began)
        self._heart, self._local, self._new = places(pack), LocalClassifier(model), 0


def _bare(key: str) -> Scenario:
    """Return an answer that an operator has named, and of which nobody has written a phrase."""
    return Scenario(key=key, title={}, description="", priority="low", action="answer", examples={}, templates=())


def begun(folder: Path, name: str, each: int, seed: int = 0) -> tuple[Pack, Lines]:
    """Return a pack of so many phrases an intent, and the stream of all other messages. Raises `OSError`.

    The phrases are drawn from what the business had collected for its training. Then what the test says of it is
    true of the stream too: how much is asked that belongs to no intent.
    """
    dice = random.Random(seed)  # noqa: S311 - a draw that can be repeated, not a secret
    train, test = _lines(folder, name, "train"), _lines(folder, name, "test")
    if not train:
        raise FileNotFoundError(f"no messages of {name} in {folder}")
    dice.shuffle(train)
    taken: defaultdict[str, list[str]] = defaultdict(list)
    left: list[tuple[str, str]] = []
    for text, intent in train:
        if intent != NOTHING and len(taken[intent]) < each:
            taken[intent].append(text)
        else:
            left.append((text, intent))
    stream = [*left, *test]
    dice.shuffle(stream)
    phrases = tuple((text, intent) for intent, texts in taken.items() for text in texts)
    return PublicSet(name="begun", language="en", train=phrases, test=()).pack(), tuple(stream)


def _lines(folder: Path, name: str, part: str) -> list[tuple[str, str]]:
    path = folder / f"hint3_{name}_{part}.csv"
    if not path.exists():  # one business has no test
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], row["label"]) for row in csv.DictReader(file)]
