"""The local engine as others see it: train, judge, save, load."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from services.classify.local import opinions, storage, training
from services.classify.local.encoder import Encoder
from services.classify.local.knowledge import Knowledge
from services.classify.local.meaning import Meaning
from services.classify.local.opinion import Opinion
from services.classify.local.pressing import pressing
from services.classify.local.reading import Reading, read
from services.classify.local.training_phrases import topics, training_phrases, version
from services.classify.local.wordings import wordings
from storage.records import Pack


@dataclass(frozen=True, slots=True, repr=False)
class Model:
    knowledge: Knowledge
    encoder: Encoder | None = None
    """None: judged by words alone."""

    @classmethod
    def train(cls, pack: Pack, encoder: Encoder | None = None, path: Path | None = None) -> Model:
        """Learn a pack: pure CPU for up to some seconds, so not on the event loop.

        With an encoder each phrase is encoded once, and kept beside `path`.
        """
        known = training.learn(pack)
        return cls(known if encoder is None else training.deepened(known, encoder, path), encoder)

    @staticmethod
    def encode(pack: Pack, encoder: Encoder, path: Path) -> None:
        """Encode the phrases of a pack and learn nothing: what is trained on parts of it finds them beside `path`."""
        training.encode(pack, encoder, path)

    @classmethod
    def load(cls, path: Path, encoder: Encoder | None = None) -> Model | None:
        """Return None for a file that is missing, damaged or of another format: train anew then. Never raises."""
        knowledge = storage.load(path)
        return None if knowledge is None else cls(knowledge, encoder)

    def save(self, path: Path) -> None:
        storage.save(self.knowledge, path)

    @property
    def version(self) -> str:
        return self.knowledge.version

    def knows(self, pack: Pack) -> bool:
        """Whether training on this pack would teach nothing new."""
        complete = self.encoder is None or self.encoder.broken or self.knowledge.meaning is not None
        return complete and self.knows_words(pack)

    def knows_words(self, pack: Pack) -> bool:
        """Whether only what the phrases mean may be left to learn."""
        return self.version == version(topics(pack), training_phrases(pack))

    def read(self, text: str) -> Reading:
        return read(self.knowledge, text)

    def settled(self, reading: Reading) -> bool:
        """Whether `opinion` needs the encoder not at all, and so takes no time to speak of."""
        if self._meaning is None:
            return True
        return opinions.settled(self.knowledge, reading) and not opinions.hopeless(reading)

    def opinion(self, reading: Reading) -> Opinion:
        """Judge by the words, and where these leave a doubt by the meaning too."""
        meaning, encoder = self._meaning, self.encoder
        if meaning is None or encoder is None:
            return opinions.by_words(self.knowledge, reading)
        if self.settled(reading):
            return opinions.beyond_doubt(self.knowledge, reading)
        vectors = encoder.vectors(wordings(reading.text))
        if vectors is None:
            return opinions.by_words(self.knowledge, reading)
        vector = vectors.mean(axis=0)
        if opinions.settled(self.knowledge, reading):  # that nothing fits: only how soon people should look is open
            opinion = opinions.beyond_doubt(self.knowledge, reading)
        else:
            opinion = opinions.by_both(self.knowledge, reading, meaning.of(vector))
        known = pressing()
        return replace(opinion, presses=known.reason(vector)) if known else opinion

    @property
    def _meaning(self) -> Meaning | None:
        return None if self.encoder is None or self.encoder.broken else self.knowledge.meaning

    def judge(self, text: str) -> Opinion:
        """Never raises, whatever the text."""
        return self.opinion(self.read(text))
