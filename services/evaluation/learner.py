"""Learns from labels while the bot answers: when enough have come and it is quiet, a new model is tried and takes over.

One process does the work; the others follow by the note that the versions leave.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from services.classify.local.apart import apart
from services.classify.sureness import Policy
from services.editing.labels_desk import LabelsDesk
from services.evaluation.rehearsal import CANDIDATE, Job, Outcome, rehearse, told
from services.learning import versions
from services.learning.labelling import OF_CUSTOMERS, WEIGHTS
from services.scenarios import knowledge
from storage.closed_sets import LearningState
from storage.labels import Label
from storage.learnings import Learning
from storage.records import Pack
from storage.store import Store
from storage.units import Unit

log = structlog.get_logger()
ENOUGH: Final = 10
SHARE: Final = 0.05
"""So many new labels, and such a share of those known, are worth a training."""
QUIET: Final = timedelta(minutes=2)
"""After the last label: more may follow."""
LATEST: Final = timedelta(minutes=30)
"""After the first one nobody waits for quiet any more."""
A_FEW_AFTER: Final = timedelta(hours=6)
"""An operator's word is learned after so long in any case: a small team says a dozen in a month, and what it calls not
its own would be answered until then."""
TURN: Final = "learning_turn"
"""Key of the labels that some process has begun to learn from."""
Mark = tuple[int, int, int]
Work = Callable[[Callable[[Job], Outcome], Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What has come since the last version."""

    counted: tuple[Label, ...]
    fresh: tuple[Label, ...]
    """All that the version which stands does not count: what was held back before, too."""
    news: tuple[Label, ...]
    """Of these, what nobody has looked at yet."""
    obeyed: tuple[Label, ...]
    """Of those counted, what no admin has accepted with a version."""
    doubted: dict[int, str]
    """Which of these were against what the bot was sure of."""
    newest: Learning | None
    pinned: bool


class Learner:
    """Looks now and then whether there is something to learn."""

    def __init__(
        self,
        *,
        store: Store,
        saved: Path,
        policy: Callable[[], Policy],
        meanings: bool,
        labels: LabelsDesk,
        work: Work = apart,
    ) -> None:
        """`saved`: where the model is that answers; `policy`: from which confidence it does, which moves.

        `meanings`: whether there is an encoder.
        """
        self._store = store
        self._saved = saved
        self._policy = policy
        self._meanings = meanings
        self._labels = labels
        self._work = work
        self._seen: Mark | None = None
        self._due_at: datetime | None = None
        """When the labels of that mark are worth a training: until then nobody reads them again."""

    async def look(self) -> bool:
        """Learn what is new; True when a version came of it."""
        mark = await self._store.read(lambda unit: unit.labels.mark())
        if mark == self._seen and not self._is_due():
            return False
        await self._store.write(versions.announce)  # what was taken back, or erased, counts no longer at once
        news = await self._store.read(_news)
        self._seen, self._due_at = mark, due_at(news.news, len(news.counted))
        if not self._is_due():
            return False
        self._due_at = None
        if not await self._store.write(lambda unit: unit.key_values.turn(TURN, repr(mark))):
            return False  # another process is at it
        return await self._learn(news)

    def _is_due(self) -> bool:
        return self._due_at is not None and self._due_at <= self._store.now()

    async def _learn(self, news: _News) -> bool:
        pack = await knowledge.load(self._store)
        outcome = await self._work(rehearse, self._job(pack, news))
        state = _state(outcome, news.newest, pinned=news.pinned)
        if state is None:
            return False
        if state == "standing":
            self._hand_over()
        upto = max(label.id for label in (*news.counted, *news.fresh))

        def act(unit: Unit) -> bool:
            if unit.learnings.newest() != news.newest:
                return False
            number = unit.learnings.add(
                "waiting" if state == "standing" else state,
                upto=upto,
                held=outcome.held,
                report=_report(outcome, news.doubted),
            )
            if state == "standing":
                versions.take(unit, number)
            self._labels.tell(unit, number, before=news.newest)
            return True

        done = await self._store.write(act)
        log.info("learning.tried", state=state, labels=len(news.fresh), held=len(outcome.held), done=done)
        return done

    def _job(self, pack: Pack, news: _News) -> Job:
        return Job(
            pack=pack,
            counted=news.counted,
            fresh=news.fresh,
            policy=self._policy(),
            saved=self._saved,
            meanings=self._meanings,
            obeyed=news.obeyed,
            doubted=news.doubted,
        )

    def _hand_over(self) -> None:
        """Let the next look at the pack find the model that is trained already; else it is trained once more."""
        with suppress(OSError):
            os.replace(self._saved.with_name(CANDIDATE), self._saved)  # noqa: PTH105  # as atomic writes do


def due_at(fresh: Sequence[Label], counted: int) -> datetime | None:
    """Return when new labels are worth a training if no more come; None: never.

    What somebody has confirmed is at once.
    """
    told_ = [label for label in fresh if WEIGHTS[label.source] > 0]
    if any(label.confirmed_by is not None for label in told_):
        return fresh[0].created_at
    times = [label.created_at + A_FEW_AFTER for label in told_ if label.source not in OF_CUSTOMERS][:1]
    if len(told_) >= max(ENOUGH, SHARE * counted):
        times.append(min(fresh[-1].created_at + QUIET, fresh[0].created_at + LATEST))
    return min(times, default=None)


def _news(unit: Unit) -> _News:
    standing, newest = unit.learnings.standing(), unit.learnings.newest()
    labels = unit.labels.standing()
    counted = versions.counted(labels, standing) if standing else []
    known, behind = {label.id for label in counted}, newest.upto if newest else 0
    fresh = [one for one in labels if one.id not in known]
    accepted = unit.learnings.accepted()
    obeyed = tuple(one for one in counted if accepted is None or one.id > accepted.upto)
    return _News(
        counted=tuple(counted),
        obeyed=obeyed,
        doubted=_doubted(newest, {one.id for one in obeyed}),
        fresh=tuple(fresh),
        news=tuple(one for one in fresh if one.id > behind or one.confirmed_by is not None),
        newest=newest,
        pinned=unit.key_values.read(versions.PINNED) is not None,
    )


def _doubted(newest: Learning | None, obeyed: set[int]) -> dict[int, str]:
    """Return what of the labels obeyed was against what the bot was sure of: each version hands on what it was told."""
    against = newest.report.get("against", ()) if newest else ()
    return {int(number): key for number, key in against if int(number) in obeyed}


def _state(outcome: Outcome, newest: Learning | None, *, pinned: bool) -> LearningState | None:
    """Return what becomes of it; None: there is nothing to keep."""
    if outcome.replay is not None:
        return "standing" if outcome.replay.takes_over and not pinned else "waiting"
    known = set(newest.held) if newest else set()
    return "held" if set(outcome.held) - known else None


def _report(outcome: Outcome, doubted: Mapping[int, str]) -> dict[str, Any]:
    """`doubted`: what the versions before it have found against what the bot was sure of."""
    tried = told(outcome.replay) if outcome.replay else {}
    against = [list(one) for one in {**doubted, **outcome.against}.items()]
    return {"learned": outcome.learned, "trained_s": round(outcome.trained_s, 2), "against": against, **tried}
