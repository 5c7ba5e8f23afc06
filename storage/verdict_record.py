"""What was thought of a message, as the memory holds it; std only, as `records` is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVerdict:
    """What an engine said of a message, kept for the figures."""

    scenario: str
    confidence: float
    reasoning: str
    engine: str
    version: str
    latency_ms: float
    cost_usd: float
    tokens_in: int = 0
    tokens_out: int = 0
    answer: str | None = None
    grounds: str | None = None
    """What `reasoning` says, as JSON, for other languages; None of what was said before these were kept."""
    answer_confidence: float | None = None
    """That scenario and answer are both right; None: the scenario has one text, or it was said before this was kept."""
