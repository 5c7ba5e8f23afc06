"""How sure is sure enough: as configured, and for the built-in engine as its record in this business says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog

from services.autopilot.threshold import LOWEST, WINDOW, threshold
from services.autopilot.young import Growth, beginnings, growth, young
from services.classify.examples import CERTAIN
from services.classify.matters import SMALL_TALK
from services.classify.sureness import Policy
from services.classify.verdict import LOCAL
from storage.evidence import Outcome
from storage.records import Scenario
from storage.store import Store

log = structlog.get_logger()
AMONG: Final = 5000
"""So many of the last verdicts are looked through."""
MOST: Final = 2 * WINDOW
"""So many outcomes are read: as many as count of the answers with many phrases, and of those with few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A threshold that its record has moved."""

    answer_at: float
    configured: float


def policy_of(configured: Policy, scenarios: Sequence[Scenario], outcomes: Sequence[Outcome]) -> Policy:
    """Return what holds for the built-in engine by its record; the last outcome comes first."""
    begins, floor = beginnings(scenarios, configured.answer_at), configured.clarify_at
    answer_at = threshold([one for one in outcomes if one.place not in begins], configured.answer_at)
    usual = max(answer_at, floor)
    found = young(begins, outcomes, usual)
    own = {place: replace(one, answer_at=max(one.answer_at, floor)) for place, one in found.items()}
    return replace(configured, answer_at=usual, young=own)


class Policies:
    """Every process reads the same record, and so answers from the same confidence on."""

    def __init__(
        self, *, store: Store, configured: Policy, learns: bool, scenarios: Callable[[], Sequence[Scenario]]
    ) -> None:
        """`learns`: whether thresholds move at all; `scenarios`: what the bot knows at the moment."""
        self._store = store
        self._configured = configured
        self._learns = learns
        self._scenarios = scenarios
        self._known: Sequence[Scenario] | None = None
        self._outcomes: Sequence[Outcome] = ()
        self._local = configured

    def of(self, engine: str) -> Policy:
        """Return what holds for the verdicts of an engine; answers put in a moment ago count at once."""
        if engine != LOCAL:
            return self._configured
        if self._learns and self._scenarios() is not self._known:
            self._reckon()
        return self._local

    @property
    def moved(self) -> Moved | None:
        """Where the built-in engine answers by now; None where it was configured."""
        now, configured = self.of(LOCAL).answer_at, self._configured.answer_at
        return Moved(answer_at=now, configured=configured) if now != configured else None

    async def growth(self) -> dict[str, Growth]:
        """Return how far the answers are that their newness keeps back, by name; confirmations count at once."""
        if not self._learns:
            return {}
        await self.look()
        begins = beginnings(self._scenarios(), self._configured.answer_at)
        return growth(begins, self._outcomes, self.of(LOCAL).answer_at)

    async def look(self) -> bool:
        """Read the record anew; True when a threshold has moved."""
        if not self._learns:
            return False
        before = self.of(LOCAL)
        self._outcomes = await self._store.read(
            lambda unit: unit.evidence.outcomes(
                LOCAL, least=LOWEST, below=CERTAIN, without=SMALL_TALK, most=MOST, among=AMONG
            )
        )
        self._reckon()
        if self._local.answer_at != before.answer_at:
            log.info(
                "autopilot.threshold",
                answer_at=self._local.answer_at,
                before=before.answer_at,
                outcomes=len(self._outcomes),
            )
        return self._local != before

    def _reckon(self) -> None:
        self._known = self._scenarios()
        self._local = policy_of(self._configured, self._known, self._outcomes)
