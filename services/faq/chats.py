"""Messages copied or exported from a chat: who asks, who answers. Names and times stay out of the answers."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, Final

from services.faq.blocks import Block
from services.faq.places import place_of
from services.faq.questions import asks

_WHEN: Final = r"[^\]\[]{0,30}\d{1,2}:\d\d[^\]\[]{0,10}"
_BEGINNINGS: Final = (
    re.compile(rf"(?P<name>[^\[\]:]{{1,60}}?),?\s*\[{_WHEN}\]:?(?P<text>)"),  # Telegram: the text stands below
    re.compile(r"(?P<name>\S[^:]{0,58}?)\s{2,}\d{1,2}:\d\d(?:\s*[AP]M)?(?P<text>)"),  # Slack: below as well
    re.compile(rf"\[{_WHEN}\]\s*(?P<name>[^:]{{1,60}}):\s*(?P<text>.*)"),
    re.compile(
        r"\d[\d./-]{5,9},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?\s+-\s+(?P<name>[^:]{1,60}):\s*(?P<text>.*)"
    ),
)
_FEWEST: Final = 4
"""Messages: fewer lines of this form may stand in a text by chance."""
_ASKING_SENTENCE: Final = re.compile(r"[^.!?\n]*\?")


@dataclass(frozen=True, slots=True)
class _Message:
    """What one person says, in one message or several in a row."""

    name: str
    text: str
    place: str

    @property
    def question(self) -> str:
        """What asks in it, without a greeting; empty where nothing does."""
        sentences = " ".join(found[0].strip() for found in _ASKING_SENTENCE.finditer(self.text))
        return sentences or (self.text if asks(self.text) else "")


def chat_blocks(text: str) -> Iterator[Block]:
    """Yield a pair for each question that was answered; nothing where the text is no chat."""
    return _blocks(_messages(text.splitlines()))


def exported_blocks(page: Any) -> Iterator[Block]:
    """Yield the same of a page that Telegram has exported."""
    said: list[_Message] = []
    for number, part in enumerate(page.xpath('//div[starts-with(@class, "message default")]'), start=1):
        names, texts = part.xpath('.//div[@class="from_name"]'), part.xpath('.//div[@class="text"]')
        name = names[0].text_content().strip() if names else said[-1].name if said else ""
        if texts:
            said.append(
                _Message(
                    name, "\n".join(filter(None, map(str.strip, texts[0].itertext()))), place_of("message", number)
                )
            )
    return _blocks(said)


def _blocks(messages: Sequence[_Message]) -> Iterator[Block]:
    if len(messages) < _FEWEST:
        return
    turns = [_joined(list(group)) for _, group in groupby(messages, key=lambda each: each.name)]
    answers = Counter(
        after.name for before, after in pairwise(turns) if before.question and not after.text.rstrip().endswith("?")
    )
    who = next((name for name, _ in answers.most_common(1)), None)
    for before, after in pairwise(turns):
        if before.name != who and after.name == who:
            yield _block(before, after)


def _block(asking: _Message, telling: _Message) -> Block:
    place = asking.place
    if not asking.question:
        return Block(kind="paragraph", text=asking.text, place=place)
    cells = (asking.question, html.escape(telling.text, quote=False))
    return Block(kind="pair", text="\n".join(cells), cells=cells, place=place)


def _messages(lines: Sequence[str]) -> list[_Message]:
    said: list[_Message] = []
    for number, line in enumerate(lines, start=1):
        bare = line.strip("\u200e\u200f\ufeff \t")
        if begun := next(filter(None, (each.fullmatch(bare) for each in _BEGINNINGS)), None):
            said.append(_Message(begun["name"].strip(), begun["text"], place_of("line", number)))
        elif bare and said:
            said[-1] = replace(said[-1], text=f"{said[-1].text}\n{bare}".strip())
    return said


def _joined(messages: Sequence[_Message]) -> _Message:
    return replace(messages[0], text="\n".join(message.text for message in messages if message.text))
