"""Two questions joined in one sentence: "how much is delivery and can I pay by card?".

Not every "and" joins questions: "why was I charged twice and what should I do" is one. What stands behind it has to
begin like a question and to name something of its own. The words stand in `joined.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

MOST: Final = 3
"""More questions in one sentence are a list: it is judged as a whole."""
_FILE: Final = Path(__file__).with_name("joined.toml")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDS: Final = " ,;.!?…"

Own = Literal["much", "little", "nothing"]
"""How much a question names of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A sentence, cut up."""

    questions: tuple[str, ...]
    apart: bool
    """Each stands by itself. Else one goes on about another, and counts only where it is sure to be something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    text: str
    comma: bool
    """Only a comma stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of one language."""

    joint: re.Pattern[str]
    asks: re.Pattern[str]
    opener: re.Pattern[str]
    fill: re.Pattern[str]
    vague: re.Pattern[str]
    refers: re.Pattern[str]


def joined(sentence: str) -> Joined | None:
    """Cut a sentence up; None for one that asks one thing, whatever words join its parts."""
    return next((found for words in _languages() if (found := _cut(sentence, words)) is not None), None)


def _cut(sentence: str, words: _Words) -> Joined | None:
    lowered = _even(sentence)
    if len(lowered) != len(sentence) or words.joint.search(lowered) is None:
        return None
    parts = _merged(list(_parts(sentence, lowered, words)), words)
    if not 1 < len(parts) <= MOST:
        return None
    return Joined(
        questions=tuple(f"{part.text.strip(_ENDS)}?" for part in parts),
        apart=all(_names(part.text, words) == "much" for part in parts)
        and not any(part.comma or words.refers.search(_even(part.text)) for part in parts[1:]),
    )


def _parts(sentence: str, lowered: str, words: _Words) -> Iterator[_Part]:
    start, comma = 0, False
    for found in words.joint.finditer(lowered):
        yield _Part(text=sentence[start : found.start()], comma=comma)
        start, comma = found.end(), found["comma"] is not None
    yield _Part(text=sentence[start:], comma=comma)


def _merged(parts: Sequence[_Part], words: _Words) -> list[_Part]:
    """Join what names nothing, or asks nothing, to what stands before it; at the beginning, to what comes next."""
    found: list[_Part] = []
    for part in parts:
        if found and not (_stands(part.text, words) and _stands(found[-1].text, words)):
            found[-1] = replace(found[-1], text=f"{found[-1].text}, {part.text}")
        else:
            found.append(part)
    return found


def _stands(part: str, words: _Words) -> bool:
    """Whether a part is a question that names something."""
    return _names(part, words) != "nothing" and words.asks.search(_even(part)) is not None


def _names(part: str, words: _Words) -> Own:
    said = [word for word in _WORD.findall(_even(part)) if not _empty(word, words)]
    if any(not words.vague.fullmatch(word) for word in said):
        return "much"
    return "little" if said else "nothing"


def _empty(word: str, words: _Words) -> bool:
    return any(pattern.fullmatch(word) is not None for pattern in (words.opener, words.fill, words.refers))


def _even(text: str) -> str:
    return text.lower().replace("ё", "е")


@cache
def _languages() -> tuple[_Words, ...]:
    return tuple(_read(of) for of in tomllib.loads(_FILE.read_text("utf-8")).values())


def _read(of: dict[str, str]) -> _Words:
    joint = (
        rf"\s*,?\s+(?:и|а|and)\s+(?:(?:еще|также|also|then)\s+)?(?=(?:{of['opens']})\b)"
        rf"|(?P<comma>\s*,\s+)(?=(?:{of['comma']})\b)"
    )
    return _Words(
        joint=re.compile(joint),
        asks=re.compile(rf"\b(?:{of['asks']})\b"),
        opener=re.compile(of["opener"]),
        fill=re.compile(of["fill"]),
        vague=re.compile(of["vague"]),
        refers=re.compile(rf"\b(?:{of['refers']})\b"),
    )
