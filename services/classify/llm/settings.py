"""What the engine is told about its server."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.classify.llm.prices import Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """Where to ask, how long to wait, how much to pay."""

    api_key: str = field(repr=False)
    base_url: str = "https://api.openai.com/v1"
    model: str = "gpt-4o-mini"
    timeout_s: float = 8.0
    """For the call itself, its one retry included; waiting for a turn is counted apart (`queue_s`)."""
    max_concurrency: int = 64
    queue_s: float = 25.0
    """Longest wait for a turn. Apart from `timeout_s`, because a burst of a thousand questions at a second each needs
    sixteen seconds of waiting while every single call is fine; a server that hangs is caught by the breaker instead,
    which sends all who wait away at once, and who would wait longer than this at the server's pace is not let in."""
    daily_budget_usd: float | None = None
    prices: Prices | None = None
    """For a server that asks other prices than the table's, or a model it does not know."""
    failures_to_open: int = 5
    cool_down_s: float = 30.0
    memory_size: int = 4096
    """Verdicts kept for the next customer with the same words."""
    mask: bool = True
    retry_pause_s: float = 0.3
    pulse_s: float = 15.0
    """How long a look at the server's health holds."""
