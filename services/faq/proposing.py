"""From pairs to scenarios: a topic of the document is a scenario, a question is one of its answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from services.faq.facts_found import FoundFact, named
from services.faq.pairs import Pair
from services.faq.words import words
from services.scenarios.packs.parsing import MAX_BUTTON, MAX_KEYS, MAX_TITLE
from services.scenarios.packs.parts import MAX_TEXT, RESERVED
from storage.closed_sets import LANGUAGES, Language
from storage.records import Answer, Scenario, Template

_MOST_KEY: Final = MAX_KEYS // 2
"""Letters: a scenario's and an answer's key go on a button together."""
_WHOLE: Final = "FAQ"
_TITLES: Final[Mapping[Language, str]] = {"ru": "Частые вопросы", "en": "Frequent questions"}
_OTHER: Final = re.compile(r"[^A-Z0-9]+")


def scenarios_of(
    pairs: Iterable[Pair], *, taken: Collection[str] = (), facts: Sequence[FoundFact] = ()
) -> tuple[Scenario, ...]:
    """Return a scenario for each topic. `taken`: keys that others have already; `facts`: what answers name."""
    by_topic: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_topic.setdefault(pair.topic, []).append(pair)
    keys = set(taken)
    return tuple(_scenario(topic, listed, keys, facts) for topic, listed in by_topic.items())


def _scenario(topic: str, pairs: list[Pair], keys: set[str], facts: Sequence[FoundFact]) -> Scenario:
    title = _same(_cut(topic, MAX_TITLE)) if topic else _TITLES
    described = " ".join(pair.questions[0] for pair in pairs)
    own: set[str] = set()
    return Scenario(
        key=key_of(topic or _WHOLE, keys),
        title=title,
        description=_cut(f"{topic}: {described}" if topic else described, MAX_TEXT),
        priority="medium",
        action="answer",
        examples={},
        templates=(),
        answers=tuple(_answer(pair, own, facts) for pair in pairs),
    )


def _answer(pair: Pair, keys: set[str], facts: Sequence[FoundFact]) -> Answer:
    return Answer(
        key=key_of(pair.questions[0], keys),
        title=_same(_cut(pair.questions[0], MAX_BUTTON)),
        examples={pair.language: pair.questions},
        templates=(Template(language=pair.language, text=named(escaped(pair.answer), facts)),),
    )


def escaped(text: str) -> str:
    """Keep the owner's braces from being read as a template."""
    return re.sub(r"\{(?=[{%#])", "{{ '{' }}", text)


def key_of(said: str, taken: set[str]) -> str:
    """Return a key that nobody has, of Latin letters; it is added to `taken`."""
    latin = "".join(words()["latin"].get(letter, letter) for letter in said.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().upper()
    parts = [part for part in _OTHER.split(plain) if part]
    while len(parts) > 1 and len("_".join(parts)) > _MOST_KEY:
        parts.pop()
    base = "_".join(parts)[:_MOST_KEY]
    if not base or not base[0].isalpha() or base == RESERVED:
        base = f"Q_{base}".rstrip("_")[:_MOST_KEY]
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base[: _MOST_KEY - 3]}_{number}"
    taken.add(key)
    return key


def _same(text: str) -> dict[Language, str]:
    """Return a title in every language: an owner writes it once, and corrects it where others read it."""
    return dict.fromkeys(LANGUAGES, text)


def _cut(text: str, most: int) -> str:
    said = " ".join(text.split())
    return said if len(said) <= most else said[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
