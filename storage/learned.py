"""Phrases that no author of a pack wrote: what customers said, and what people said that it was about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedPhrase:
    """Customers' words, masked."""

    text: str
    language: str
    scenario: str | None
    """None: they belong to none of them."""
    answer: str | None
    weight: float
    """What it teaches beside a phrase of the pack, which weighs 1."""
