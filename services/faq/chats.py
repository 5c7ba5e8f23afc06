"""Messages copied or exported from a chat: who asks, who answers. Names and times stay out of the answers."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from services.faq.blocks import Block
from services.faq.questions import asks

_WHEN: Final = r"[^\]\[]{0,30}\d{1,2}:\d\d[^\]\[]{0,10}"
_BEGINNINGS: Final = (
    re.compile(rf"(?P<name>[^\[\]:]{{1,60}}?),?\s*\[{_WHEN}\]:?(?P<text>)"),  # Telegram: the text stands below
    re.compile(rf"\[{_WHEN}\]\s*(?P<name>[^:]{{1,60}}):\s*(?P<text>.*)"),
    re.compile(
        r"\d[\d./-]{5,9},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?\s+-\s+(?P<name>[^:]{1,60}):\s*(?P<text>.*)"
    ),
)
_FEWEST: Final = 4
"""Messages: fewer lines of this form may stand in a text by chance."""
_ASKING_SENTENCE: Final = re.compile(r"[^.!?\n]*\?")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one person says before another does."""

    name: str
    text: str
    line: int

    @property
    def question(self) -> str:
        """What asks in it, without a greeting; empty where nothing does."""
        sentences = " ".join(found[0].strip() for found in _ASKING_SENTENCE.finditer(self.text))
        return sentences or (self.text if asks(self.text) else "")


def chat_blocks(text: str) -> Iterator[Block]:
    """Yield a pair for each question that was answered; nothing where the text is no chat."""
    turns = _turns(text.splitlines())
    answers = Counter(
        after.name for before, after in pairwise(turns) if before.question and not after.text.rstrip().endswith("?")
    )
    if len(turns) < _FEWEST or not answers:
        return
    who = answers.most_common(1)[0][0]
    for before, after in pairwise(turns):
        if before.name != who and after.name == who:
            yield _block(before, after)


def _block(asking: _Turn, telling: _Turn) -> Block:
    place = f"line {asking.line}"
    if not asking.question:
        return Block(kind="paragraph", text=asking.text, place=place)
    cells = (asking.question, html.escape(telling.text, quote=False))
    return Block(kind="pair", text="\n".join(cells), cells=cells, place=place)


def _turns(lines: Sequence[str]) -> list[_Turn]:
    said: list[tuple[str, str, int]] = []
    for number, line in enumerate(lines, start=1):
        bare = line.strip("\u200e\u200f\ufeff \t")
        if begun := next(filter(None, (each.fullmatch(bare) for each in _BEGINNINGS)), None):
            said.append((begun["name"].strip(), begun["text"], number))
        elif bare and said:
            name, text, first = said[-1]
            said[-1] = name, f"{text}\n{bare}".strip(), first
    if len(said) < _FEWEST:
        return []
    return [_joined(list(group)) for _, group in groupby(said, key=lambda each: each[0])]


def _joined(messages: Sequence[tuple[str, str, int]]) -> _Turn:
    name, _, line = messages[0]
    return _Turn(name, "\n".join(text for _, text, _ in messages if text), line)
