"""What a pack lacks, by its files alone: phrases in a language, and phrases that say two things.

Texts that are missing in a language are told as the files are read (`services/scenarios/packs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.classify.examples import words
from services.scenarios.packs.phrases import ENOUGH
from storage.closed_sets import LANGUAGES
from storage.matters import place_of
from storage.records import Answer, Pack, Scenario


def gaps(pack: Pack) -> Iterator[str]:
    """Yield what is missing or contradicts itself, one line each."""
    spoken = [code for code in LANGUAGES if any(code in scenario.phrases for scenario in pack.scenarios)]
    for scenario in pack.scenarios:
        for key, part in scenario.parts:
            if key is not None or not scenario.answers:
                yield from _of_part(scenario, key, part, spoken)
    yield from _contradictions(pack)


def _of_part(scenario: Scenario, key: str | None, part: Scenario | Answer, spoken: Sequence[str]) -> Iterator[str]:
    name = place_of(scenario.key, key)
    for code in spoken:
        count = len(part.examples.get(code, ()))
        if not count:
            yield f"{name}: no phrases in {code}; customers who write it are hardly understood"
        elif count < ENOUGH:
            yield f"{name}: {count} phrases in {code}, too few for automatic answers; write {ENOUGH} or more"


def _contradictions(pack: Pack) -> Iterator[str]:
    taught = {
        words(phrase): place_of(scenario.key, key)
        for scenario in pack.scenarios
        for key, part in scenario.parts
        for phrases in part.examples.values()
        for phrase in phrases
    }
    for line in pack.background:
        said = words(line.text)
        if said and (place := taught.get(said)) is not None:
            yield f"background: “{line.text}” is a phrase of {place} too; keep it in one of them"
