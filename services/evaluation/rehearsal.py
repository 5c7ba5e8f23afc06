"""A new model is trained on pack and labels, and tried: what a process of its own does while the bot answers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from services.classify.examples import Place, places, words
from services.classify.local import Encoder, LocalClassifier, Model
from services.classify.sureness import Policy
from services.classify.verdict import UNKNOWN
from services.evaluation.replay import Asked, Change, Replay, Tally, compared, tally
from services.learning.contradictions import contradicting
from services.learning.evidence import phrases_of, place, plain
from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from storage.labels import Label
from storage.records import Pack

OF_PACK: Final = 1000
"""Phrases of the pack that are replayed, the same ones each time."""
OF_LABELS: Final = 300
"""The last labelled messages that are replayed."""
UNSEEN_MOST: Final = 200
HALVES: Final = 2
CANDIDATE: Final = "candidate.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What there is to learn."""

    pack: Pack
    """With what is learned by now."""
    counted: tuple[Label, ...]
    """The labels that it was learned from."""
    fresh: tuple[Label, ...]
    """Those that have come since, or that somebody has confirmed."""
    policy: Policy
    """From which confidence the bot answers by now."""
    saved: Path
    """Where the model is that answers by now; the new one is put beside it."""
    meanings: bool
    """Whether there is an encoder."""
    obeyed: tuple[Label, ...] = ()
    """Of those counted, what no admin has accepted with a version."""
    doubted: Mapping[int, str] = field(default_factory=dict)
    """Which of these were against what the bot was sure of, by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it."""

    held: tuple[int, ...]
    """Labels that wait for an admin."""
    learned: int
    """How many phrases the labels come to."""
    replay: Replay | None
    """None: what is left of the new labels teaches nothing."""
    trained_s: float = 0.0
    """How long training the new model took."""
    against: Mapping[int, str] = field(default_factory=dict)
    """New labels that were against what the bot was sure of, by number, whether they wait or not."""


def rehearse(job: Job) -> Outcome:
    """Hold back what contradicts, train on the rest, and try the new model beside the old one."""
    encoder = Encoder(job.saved.parent, quiet=True) if job.meanings else None
    old = Speaker.of(job.pack, _known(job, encoder), job.policy)
    doubts = contradicting(
        job.fresh, places(replace(job.pack, learned=())), old.says, obeyed=job.obeyed, doubted=job.doubted
    )
    numbers = tuple(label.id for label in doubts.held)
    left = [label for label in job.fresh if label.id not in numbers]
    job = replace(job, counted=tuple(label for label in job.counted if label.id not in numbers))
    after = replace(job.pack, learned=phrases_of([*job.counted, *left]))
    if after.learned == job.pack.learned:
        return Outcome(held=numbers, learned=len(after.learned), replay=None, against=doubts.against)
    began = time.perf_counter()
    model = Model.train(after, encoder, job.saved)
    took = time.perf_counter() - began
    model.save(job.saved.with_name(CANDIDATE))
    new = Speaker.of(after, model, job.policy)
    asked = [*_of_pack(job.pack), *_of_labels(job.counted)][: OF_PACK + OF_LABELS]
    changes, proven, lost = compared(asked, old.all(asked), new.all(asked))
    before, since = _unseen(job, left, old, encoder)
    replay = Replay(changes=changes, proven=proven, lost=lost, before=before, after=since)
    return Outcome(held=numbers, learned=len(after.learned), replay=replay, trained_s=took, against=doubts.against)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """What would be answered: a phrase known by heart, or what the model is sure of."""

    heart: dict[str, Place]
    local: LocalClassifier
    policy: Policy

    @classmethod
    def of(cls, pack: Pack, model: Model, policy: Policy) -> Speaker:
        return cls(heart=dict(places(pack)), local=LocalClassifier(model), policy=policy)

    def says(self, text: str) -> Place | None:
        known = self.heart.get(words(text))
        if known is not None:
            return known
        verdict = self.local.verdict(text)
        if verdict.scenario == UNKNOWN or not self.policy.knows(verdict):
            return None
        return verdict.scenario, verdict.answer if self.policy.settles(verdict) else None

    def all(self, asked: Iterable[Asked]) -> list[Place | None]:
        return [self.says(one.text) for one in asked]


def _known(job: Job, encoder: Encoder | None) -> Model:
    """Take the model that answers by now, or train it."""
    model = Model.load(job.saved, encoder)
    return model if model is not None and model.knows(job.pack) else Model.train(job.pack, encoder, job.saved)


def _of_pack(pack: Pack) -> list[Asked]:
    """Return some of its phrases with what they say."""
    known = places(replace(pack, learned=()))
    drawn = sorted(known, key=lambda phrase: sha256(phrase.encode()).digest())[:OF_PACK]
    return [Asked(text=phrase, truth=known[phrase]) for phrase in drawn]


def _of_labels(labels: Sequence[Label]) -> list[Asked]:
    """Return the last messages of which an operator has said what they are about."""
    said = [one for one in labels if WEIGHTS[one.source] > 0 and one.source not in OF_CUSTOMERS and plain(one)]
    return [Asked(text=plain(one), truth=place(one), label_id=one.id) for one in said[-OF_LABELS:]]


def _unseen(job: Job, left: Sequence[Label], old: Speaker, encoder: Encoder | None) -> tuple[Tally, Tally]:
    """Ask what has come since: the old model knows none of it, and the new one is taught without the half it is asked.

    By the model and not by heart: who asks the same again is another matter.
    """
    asked = _of_labels(left)[-UNSEEN_MOST:]
    before, after = Tally(), Tally()
    for part in range(HALVES):
        half = asked[part::HALVES]
        hidden = {words(one.text) for one in half}
        rest = [label for label in (*job.counted, *left) if words(plain(label)) not in hidden]
        if not half or not rest:
            continue
        pack = replace(job.pack, learned=phrases_of(rest))
        taught = Speaker.of(pack, Model.train(pack, encoder, job.saved), job.policy)
        before, after = before.plus(tally(half, old.all(half))), after.plus(tally(half, taught.all(half)))
    return before, after


def told(replay: Replay) -> dict[str, object]:
    """Return a replay for the report of a version: figures, and which messages changed, by number or phrase."""
    return {
        "changes": [_change(one) for one in replay.changes],
        "proven": replay.proven,
        "lost": replay.lost,
        "before": [replay.before.asked, replay.before.sure, replay.before.right],
        "after": [replay.after.asked, replay.after.sure, replay.after.right],
    }


def _change(change: Change) -> dict[str, object]:
    """A customer's words stand in their label and nowhere else."""
    named = {"label": change.asked.label_id} if change.asked.label_id else {"phrase": change.asked.text}
    return named | {"before": list(change.asked.truth), "after": list(change.after)}
