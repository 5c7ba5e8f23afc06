"""An opinion in one short line for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.classify.local.opinion import Opinion
from services.classify.sentences import texts
from services.classify.verdict import UNKNOWN

QUOTED: Final = 60
DOUBT: Final = 0.8
"""Confidence from which nobody needs to hear what else it might have been."""


def reasoning(opinion: Opinion, language: str, titles: Mapping[str, str]) -> str:
    """Quote what is nearest, and where there is a doubt the rival: by its title, or by its key."""
    words = texts().get(language) or texts()["en"]
    if not opinion.guesses:
        return words["no_scenarios"]
    if not opinion.in_scope:
        return words["out_of_scope"]
    if not opinion.nearest_phrases:
        return words["nothing_near"]
    phrase = _quoted(opinion.nearest_phrases[0].text)
    rival = opinion.against.scenario if opinion.against is not None and opinion.confidence < DOUBT else None
    key = "nearest" if rival is None else "rival_background" if rival == UNKNOWN else "rival"
    return words[key].format(phrase=phrase, title=titles.get(rival or "", rival))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"
