"""Labels and versions of what was learned, as the page reads them, and what an admin does there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.desk import audit
from services.desk.toasts import Toast
from services.editing.labels_desk import apply
from services.learning import versions
from services.messages.incoming import Operator
from services.messages.label_presses import OnLabels
from storage.closed_sets import LabelSource, LearningState
from storage.labels import Label
from storage.learnings import Learning
from storage.store import Store
from storage.units import Unit

__all__ = ["LabelSource", "LabelsPage", "LabelsPages", "LearningState"]
A_PAGE: Final = 50
VERSIONS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsPage:
    """Some labels, the newest first, and how learning stands."""

    labels: Sequence[Label]
    next: int | None
    """Before which label to go on; None at the end."""
    count: int
    held: frozenset[int]
    """Those that contradict what the bot surely knows, and wait for an admin."""
    held_by: int | None
    """The version by which they are confirmed or dropped."""
    learnings: Sequence[Learning]
    pinned: bool
    """Whether a newer version waits for somebody's choice in any case."""


class LabelsPages:
    """Reads them, and does what is pressed."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def page(self, *, before: int | None) -> LabelsPage:
        def look(unit: Unit) -> LabelsPage:
            found = unit.labels.page(before=before, most=A_PAGE + 1)
            newest = unit.learnings.newest()
            waiting = [
                one.id for one in unit.labels.standing() if newest and one.id in newest.held and not one.confirmed_by
            ]
            held = frozenset(waiting) if newest else frozenset()
            return LabelsPage(
                labels=found[:A_PAGE],
                next=found[A_PAGE - 1].id if len(found) > A_PAGE else None,
                count=unit.labels.mark()[1],
                held=held,
                held_by=newest.id if newest and held else None,
                learnings=unit.learnings.page(most=VERSIONS),
                pinned=unit.key_values.read(versions.PINNED) is not None,
            )

        return await self._store.read(look)

    async def press(self, press: OnLabels, *, by: Operator) -> Toast | None:
        return await self._store.write(lambda unit: apply(unit, audit.web(by), press))
