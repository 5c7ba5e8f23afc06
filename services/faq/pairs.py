"""Questions and their answers, found in the blocks of a document, and what of it belongs to none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.classify.examples import words
from services.faq.answers_text import bare_answer
from services.faq.blocks import Block, Unused
from services.faq.gathering import Open, gathered
from services.faq.questions import apart
from storage.closed_sets import Language

MOST_ANSWER: Final = 3_500
"""Characters of an answer: one message has 4,096, and a name or a line below takes some."""
_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
_LATIN: Final = re.compile("[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question, in one way or several ways of asking it, and what to answer."""

    questions: tuple[str, ...]
    answer: str
    """In Telegram's HTML."""
    topic: str
    """The heading above it, or its column; empty where there is none."""
    language: Language
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    pairs: tuple[Pair, ...]
    unused: tuple[Unused, ...]


def find_pairs(blocks: Sequence[Block], language: Language | None = None) -> Found:
    """Find all of it. `language`: the document's, where its owner says so; else each pair's letters tell."""
    unused: list[Unused] = []
    opened = list(gathered(blocks, unused))
    pairs: dict[str, Pair] = {}
    for one in opened:
        if (pair := _pair(one, language, unused)) is None:
            continue
        known = pairs.get(key := words(pair.questions[0]))
        if known is None:
            pairs[key] = pair
        elif words(known.answer) == words(pair.answer):
            pairs[key] = replace(known, questions=tuple(dict.fromkeys((*known.questions, *pair.questions))))
        else:
            unused.append(Unused(pair.place, pair.questions[0], "twice", {"place": known.place}))
    return Found(tuple(_same_answers(pairs.values())), tuple(unused))


def _pair(one: Open, language: Language | None, unused: list[Unused]) -> Pair | None:
    questions, answer = tuple(q for said in one.questions for q in apart(said)), one.told
    first = questions[0] if questions else ""
    length = len(bare_answer(answer))
    if not answer:
        unused.append(Unused(one.place, first, "no_answer"))
    elif not first:
        unused.append(Unused(one.place, bare_answer(answer), "not_asked"))
    elif length > MOST_ANSWER:
        unused.append(Unused(one.place, first, "too_long", {"size": str(length), "most": str(MOST_ANSWER)}))
    else:
        spoken = language or one.language or _language_of(first + answer)
        return Pair(questions=questions, answer=answer, topic=one.topic, language=spoken, place=one.place)
    return None


def _same_answers(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Make one pair of those that say the same below one heading: tables list ways of asking row by row."""
    by_answer: dict[tuple[str, str, str], Pair] = {}
    for pair in pairs:
        key = (pair.topic, pair.language, words(pair.answer))
        known = by_answer.get(key)
        by_answer[key] = replace(known, questions=(*known.questions, *pair.questions)) if known else pair
    yield from by_answer.values()


def _language_of(text: str) -> Language:
    return "ru" if len(_CYRILLIC.findall(text)) >= len(_LATIN.findall(bare_answer(text))) else "en"
