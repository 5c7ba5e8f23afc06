"""What people write everywhere: doubt for packs that bring too little of it.

A pack of few scenarios and no background lines has nothing to learn doubt from, and would take every word it shares
with a message for a sign. So it borrows lines of small talk and of the usual questions to any service, as far as they
do not resemble what the pack itself answers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from services.classify.local.corpus import read
from services.classify.local.knowledge import cosines
from services.classify.local.training_phrases import TrainingPhrase

ENOUGH: Final = 60
"""Background lines from which a pack is left as it is."""
SEVERAL: Final = 30
"""Scenarios from which they teach doubt of each other: what is borrowed would cost more than it gives."""
ALIKE: Final = 0.6
"""Similarity to a phrase of the pack from which a line may mean the same."""
_FILE: Final = Path(__file__).with_name("everyday.jsonl")


def supplemented(known: Sequence[TrainingPhrase], background: int) -> tuple[TrainingPhrase, ...]:
    """Add everyday lines to the phrases when there is little background. They come by label, its label last."""
    own = sum(phrase.label == background for phrase in known)
    if own >= ENOUGH or own == len(known) or background > SEVERAL:
        return tuple(known)
    taught = {phrase.text for phrase in known}
    lines = [
        TrainingPhrase(text=text, language=language, label=background)
        for language, text in _lines()
        if text not in taught
    ]
    near = _nearness(known[: len(known) - own], lines)
    return (*known, *(line for line, alike in zip(lines, near, strict=True) if alike < ALIKE))


def _nearness(phrases: Sequence[TrainingPhrase], lines: Sequence[TrainingPhrase]) -> list[float]:
    """Return how near each line is to the nearest phrase."""
    rows = read([phrase.text for phrase in (*phrases, *lines)]).rows
    postings = rows.transposed()
    found = (cosines(postings, *rows.row(len(phrases) + place)) for place in range(len(lines)))
    return [float(similarities[: len(phrases)].max(initial=0)) for similarities in found]


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    lines = map(json.loads, _FILE.read_text("utf-8").splitlines())
    return tuple((line["language"], line["text"]) for line in lines)
