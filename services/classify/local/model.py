"""The local engine as others see it: train, judge, save, load."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.classify.local import judging, storage, training
from services.classify.local.knowledge import Knowledge
from services.classify.local.lessons import lessons, topics, version
from services.classify.local.opinion import Opinion
from storage.records import Pack


@dataclass(frozen=True, slots=True, repr=False)
class Model:
    knowledge: Knowledge

    @classmethod
    def train(cls, pack: Pack) -> Model:
        """Learn a pack: pure CPU for up to some seconds, so not on the event loop."""
        return cls(training.learn(pack))

    @classmethod
    def load(cls, path: Path) -> Model | None:
        """Return None for a file that is missing, damaged or of another format: train anew then. Never raises."""
        knowledge = storage.load(path)
        return None if knowledge is None else cls(knowledge)

    def save(self, path: Path) -> None:
        storage.save(self.knowledge, path)

    @property
    def version(self) -> str:
        return self.knowledge.version

    def knows(self, pack: Pack) -> bool:
        """Whether training on this pack would teach nothing new."""
        return self.version == version(topics(pack), lessons(pack))

    def judge(self, text: str) -> Opinion:
        """Never raises, whatever the text."""
        return judging.judge(self.knowledge, text)
