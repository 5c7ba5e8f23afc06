"""Questions and their answers, found in the blocks of a document, and what of it belongs to none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from services.faq.answers_text import answer_of
from services.faq.blocks import Block
from services.faq.columns import Columns, columns_of
from services.faq.markers import marker_of, split
from services.faq.questions import apart
from storage.closed_sets import Language

MOST_ANSWER: Final = 3_500
"""Characters of an answer: one message has 4,096, and a name or a line below takes some."""
_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
_LATIN: Final = re.compile("[a-z]", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")


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
class Unused:
    """What was not taken, and why, in words for who sent the file."""

    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    pairs: tuple[Pair, ...]
    unused: tuple[Unused, ...]


@dataclass(slots=True)
class _Open:
    """A question whose answer is being gathered."""

    questions: list[str]
    topic: str
    place: str
    language: str = ""
    blocks: list[Block] = field(default_factory=list)
    answer: str = ""

    @property
    def told(self) -> str:
        return self.answer or answer_of(self.blocks)


def find_pairs(blocks: Sequence[Block], language: Language | None = None) -> Found:
    """Find all of it. `language`: the document's, where its owner says so; else each pair's letters tell."""
    unused: list[Unused] = []
    opened = list(_all(blocks, unused))
    pairs: dict[str, Pair] = {}
    for one in opened:
        if (pair := _pair(one, language, unused)) is None:
            continue
        known = pairs.get(key := _folded(pair.questions[0]))
        if known is None:
            pairs[key] = pair
        elif _folded(known.answer) == _folded(pair.answer):
            pairs[key] = replace(known, questions=tuple(dict.fromkeys((*known.questions, *pair.questions))))
        else:
            why = f"the same question has another answer at {known.place}; keep one of them"
            unused.append(Unused(pair.place, pair.questions[0], why))
    return Found(tuple(_same_answers(pairs.values())), tuple(unused))


def _pair(one: _Open, language: Language | None, unused: list[Unused]) -> Pair | None:
    questions, answer = tuple(q for said in one.questions for q in apart(said)), one.told
    first = questions[0] if questions else ""
    length = len(html.unescape(_TAG.sub("", answer)))
    if not answer:
        unused.append(Unused(one.place, first, "no answer stands below it; write one"))
    elif not first:
        unused.append(Unused(one.place, _TAG.sub("", answer), "nothing asks for it; write a question above it"))
    elif length > MOST_ANSWER:
        why = f"the answer has {length:,} characters, a message has room for {MOST_ANSWER:,}; shorten it"
        unused.append(Unused(one.place, first, why))
    else:
        spoken = language or one.language or _language_of(first + answer)
        return Pair(questions=questions, answer=answer, topic=one.topic, language=spoken, place=one.place)
    return None


def _same_answers(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Make one pair of those that say the same below one heading: tables list ways of asking row by row."""
    by_answer: dict[tuple[str, str, str], Pair] = {}
    for pair in pairs:
        key = (pair.topic, pair.language, _folded(pair.answer))
        known = by_answer.get(key)
        by_answer[key] = replace(known, questions=(*known.questions, *pair.questions)) if known else pair
    yield from by_answer.values()


def _all(blocks: Sequence[Block], unused: list[Unused]) -> Iterator[_Open]:
    for tabular, group in groupby(blocks, key=lambda block: block.sheet if block.kind == "row" else None):
        listed = list(group)
        if tabular is None:
            yield from _in_text(listed, unused)
        elif (columns := columns_of(listed)) is None:
            why = "no column asks and none answers; name two columns “question” and “answer”"
            unused.append(Unused(listed[0].place, listed[0].text, why))
        else:
            yield from _in_table(listed, columns)


def _in_table(rows: Sequence[Block], columns: Columns) -> Iterator[_Open]:
    topic = ""
    for row in rows[1:] if columns.named else rows:
        cells = dict(enumerate(row.cells))
        # Tables leave a topic out where it is the row's above.
        topic = cells.get(columns.topic, "") or topic if columns.topic is not None else ""
        language = cells.get(columns.language, "").casefold()[:2] if columns.language is not None else ""
        question, answer = cells.get(columns.question, ""), cells.get(columns.answer, "")
        if question or answer:
            told = html.escape(answer, quote=False)
            yield _Open([question], topic, row.place, language if language.isalpha() else "", answer=told)


def _in_text(blocks: Sequence[Block], unused: list[Unused]) -> Iterator[_Open]:
    marked = split(blocks)
    marker = marker_of(marked)
    topics: dict[int, str] = {}
    opened: _Open | None = None
    for block in marked:
        if block.kind == "pair":
            if opened:
                yield opened
            opened = None
            yield _Open([block.cells[0]], _topic(topics), block.place, answer=block.cells[1])
            continue
        question = marker.question(block)
        if question is not None and opened and not opened.told and marker.may_repeat:
            opened.questions.append(question)
        elif question is not None or block.kind == "heading":
            if opened:
                yield opened
            opened = _Open([question], _topic(topics, below=block), block.place) if question is not None else None
        elif opened:
            opened.blocks.append(marker.answer(block))
        else:
            unused.append(Unused(block.place, block.text, "no question stands above it"))
        if block.kind == "heading" and question is None:
            topics = {level: said for level, said in topics.items() if level < block.level} | {block.level: block.text}
    if opened:
        yield opened


def _topic(topics: dict[int, str], below: Block | None = None) -> str:
    """Return the nearest heading; the title of a whole document, which stands alone at its level, counts too."""
    fitting = [level for level in topics if below is None or below.kind != "heading" or level < below.level]
    return topics[max(fitting)] if fitting else ""


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold().replace("ё", "е")).split())


def _language_of(text: str) -> Language:
    return "ru" if len(_CYRILLIC.findall(text)) >= len(_LATIN.findall(_TAG.sub("", text))) else "en"
