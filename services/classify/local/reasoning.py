"""What speaks for an opinion, for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.classify.grounds import Grounds, ground
from services.classify.local.opinion import Opinion
from services.classify.verdict import UNKNOWN

QUOTED: Final = 60
DOUBT: Final = 0.8
"""Confidence from which nobody needs to hear what else it might have been."""


def grounds_of(opinion: Opinion, titles: Mapping[str, str]) -> Grounds:
    """Quote what is nearest, and where there is a doubt the rival: by its title, or by its key."""
    if not opinion.guesses:
        return (ground("no_scenarios"),)
    if not opinion.in_scope:
        return (ground("out_of_scope"),)
    if not opinion.nearest_phrases:
        return (ground("nothing_near"),)
    phrase = _quoted(opinion.nearest_phrases[0].text)
    rival = opinion.against.scenario if opinion.against is not None and opinion.confidence < DOUBT else None
    if rival is None:
        return (ground("nearest", phrase=phrase),)
    if rival == UNKNOWN:
        return (ground("rival_background", phrase=phrase),)
    return (ground("rival", phrase=phrase, title=titles.get(rival, rival)),)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"
