"""Plain counters, for /stats and the metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.classify.llm.failures import Reason
from services.classify.verdict import Spent


@dataclass(slots=True, kw_only=True)
class LlmTally:
    """What the model's engine did since the process started."""

    questions: int = 0
    """Asked of the engine, however it ended."""
    remembered: int = 0
    """How many of these needed no call: the same words were asked before, or at the same time."""
    calls: int = 0
    """Requests sent, retries and other dialects included."""
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0
    failures: Counter[Reason] = field(default_factory=Counter)

    def paid(self, spent: Spent) -> None:
        self.tokens_in += spent.tokens_in
        self.tokens_out += spent.tokens_out
        self.cost_usd += spent.cost_usd

    def figures(self) -> Mapping[str, float]:
        """Return them flat: `calls`, `failures_timeout` and so on."""
        return {
            "questions": self.questions,
            "remembered": self.remembered,
            "calls": self.calls,
            "retries": self.retries,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost_usd": self.cost_usd,
            **{f"failures_{reason}": count for reason, count in self.failures.items()},
        }
