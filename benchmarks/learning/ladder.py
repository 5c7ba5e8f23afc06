"""What an answer may do, by how right it was: the bot's rules, over what the simulated people decide."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from services.autopilot.rules import GIVEN_WINDOW, WINDOW, Record, of_decisions, of_given, step
from storage.closed_sets import AnswerMode


@dataclass
class Ladder:
    """Modes of answers. An offer is taken at once, as an owner would who trusts the figures."""

    start: AnswerMode
    modes: dict[str, AnswerMode] = field(default_factory=dict)
    known: dict[str, deque[bool]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=WINDOW)))

    def mode(self, answer: str) -> AnswerMode:
        return self.modes.get(answer, self.start)

    def note(self, answer: str, *, right: bool) -> None:
        """Count what the bot was sure of, proposed or given, and move the answer where its record says."""
        self.known[answer].append(right)
        match step(self.mode(answer), self._record(answer), None):
            case "offer":
                self._move(answer, "auto")
            case "give_back":
                self._move(answer, "suggest")
            case None:
                pass

    def _record(self, answer: str) -> Record:
        known = [*self.known[answer]]
        if self.mode(answer) == "suggest":
            return of_decisions(sum(known), len(known) - sum(known))
        given = known[-GIVEN_WINDOW:]
        return of_given(len(given), len(given) - sum(given), 0)

    def _move(self, answer: str, mode: AnswerMode) -> None:
        self.modes[answer] = mode
        del self.known[answer]
