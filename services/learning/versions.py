"""Which labels the bot goes by. Whoever changes that says so in the key-value table, and every process learns it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from services.learning.evidence import phrases_of
from storage.labels import Label
from storage.learned import LearnedPhrase
from storage.learnings import Learning
from storage.units import Unit

NOTE: Final = "learned_version"
"""Key of what was learned, as all replicas shall know it: the number of a version and a digest of its phrases."""
PINNED: Final = "learning_pinned"
"""Key that stands while no version takes over by itself: somebody has brought back an older one."""


def current(unit: Unit) -> tuple[LearnedPhrase, ...]:
    """Return what the bot has learned beside the pack: what the labels of the version that stands come to by now."""
    version = unit.learnings.standing()
    return phrases_of(counted(unit.labels.standing(), version)) if version is not None else ()


def counted(labels: Iterable[Label], version: Learning) -> list[Label]:
    """Return those of a version: what was taken back since counts no longer, what was confirmed does."""
    held = set(version.held)
    return [one for one in labels if one.id <= version.upto and (one.id not in held or one.confirmed_by is not None)]


def take(unit: Unit, number: int | None, *, by: str | None = None) -> bool:
    """Let a version be what every process knows; None: the pack alone. False: it was there already, or never was."""
    wanted = unit.learnings.get(number) if number is not None else None
    standing = unit.learnings.standing()
    if (number is not None and wanted is None) or (standing.id if standing else None) == number:
        return False
    unit.learnings.stand(number, by=by)
    newest = unit.learnings.newest()
    if by is not None and newest is not None and newest.id != number:
        unit.key_values.write(PINNED, by)
    else:
        unit.key_values.forget(PINNED)
    announce(unit)
    return True


def announce(unit: Unit) -> bool:
    """Note what the version that stands comes to by now; False: that is what stands there."""
    version = unit.learnings.standing()
    told = f"{version.id}:{_digest(current(unit))}" if version is not None else ""
    if (unit.key_values.read(NOTE) or "") == told:
        return False
    unit.key_values.write(NOTE, told)
    return True


def _digest(phrases: Iterable[LearnedPhrase]) -> str:
    content = [[one.text, one.language, one.scenario, one.answer, one.weight] for one in phrases]
    return sha256(json.dumps(content).encode()).hexdigest()[:16]
