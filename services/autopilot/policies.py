"""How sure is sure enough: as configured, and for the built-in engine as its record in this business says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import structlog

from services.autopilot.threshold import LOWEST, WINDOW, threshold
from services.classify.examples import CERTAIN
from services.classify.matters import SMALL_TALK
from services.classify.verdict import LOCAL
from services.customers.decisions import Policy
from storage.store import Store

log = structlog.get_logger()
AMONG: Final = 5000
"""So many of the last verdicts are looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A threshold that its record has moved."""

    answer_at: float
    configured: float


class Policies:
    """Every process reads the same record, and so answers from the same confidence on."""

    def __init__(self, *, store: Store, configured: Policy, learns: bool) -> None:
        """`learns`: whether the threshold moves at all."""
        self._store = store
        self._configured = configured
        self._learns = learns
        self._local = configured

    def of(self, engine: str) -> Policy:
        """Return what holds for the verdicts of an engine."""
        return self._local if engine == LOCAL else self._configured

    @property
    def moved(self) -> Moved | None:
        """Where the built-in engine answers by now; None where it was configured."""
        now, configured = self._local.answer_at, self._configured.answer_at
        return Moved(answer_at=now, configured=configured) if now != configured else None

    async def look(self) -> bool:
        """Read the record anew; True when the threshold has moved."""
        if not self._learns:
            return False
        outcomes = await self._store.read(
            lambda unit: unit.evidence.outcomes(
                LOCAL, least=LOWEST, below=CERTAIN, without=SMALL_TALK, most=WINDOW, among=AMONG
            )
        )
        configured, before = self._configured, self._local.answer_at
        answer_at = max(threshold(outcomes, configured.answer_at), configured.clarify_at)
        self._local = replace(configured, answer_at=answer_at)
        if answer_at != before:
            log.info("autopilot.threshold", answer_at=answer_at, before=before, outcomes=len(outcomes))
        return answer_at != before
