"""What an answer may do, by how right it was: the bot's rules, over what the simulated people decide."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from services.evaluation.replay import bounds
from storage.closed_sets import AnswerMode

PROVEN: Final = 0.95
"""A proposed answer is given by the bot itself once it is right in more than this, at 90 % confidence."""
FAILING: Final = 0.90
AT_LEAST: Final = 3
"""One that the bot gives goes back when it is right in less than that, and so many were wrong."""
DECIDED: Final = 100
GIVEN: Final = 50
"""So many of the last decisions, and of the last answers given, count."""


@dataclass
class Ladder:
    """Modes of answers. An offer is taken at once, as an owner would who trusts the figures."""

    start: AnswerMode
    modes: dict[str, AnswerMode] = field(default_factory=dict)
    known: dict[str, deque[bool]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=DECIDED)))

    def mode(self, answer: str) -> AnswerMode:
        return self.modes.get(answer, self.start)

    def note(self, answer: str, *, right: bool) -> None:
        """Count what the bot was sure of, proposed or given, and move the answer where its record says."""
        self.known[answer].append(right)
        mode = self.mode(answer)
        if mode == "suggest" and proven(self.known[answer]):
            self._move(answer, "auto")
        elif mode == "auto" and failing([*self.known[answer]][-GIVEN:]):
            self._move(answer, "suggest")

    def _move(self, answer: str, mode: AnswerMode) -> None:
        self.modes[answer] = mode
        del self.known[answer]


def proven(record: Sequence[bool]) -> bool:
    return bounds(sum(record), len(record))[0] > PROVEN


def failing(record: Sequence[bool]) -> bool:
    return len(record) - sum(record) >= AT_LEAST and bounds(sum(record), len(record))[1] < FAILING
