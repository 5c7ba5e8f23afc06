"""What looks like a question, and how one cell or line with several is taken apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from services.faq.words import words
from services.scenarios.packs.parts import MAX_PHRASE

_NUMBER: Final = re.compile(
    r"(?:(?:вопрос|question|q)?\s*№?\s*\d{1,3}\s*[.):]|№\s*\d{1,3}|[IVX]{1,5}\.)\s*", re.IGNORECASE
)
_ASKED: Final = re.compile(
    r"(?:вопрос|в|question|q)(?:\s*№?\s*\d{1,3})?\s*[:.)–—-]\s*"
    r"|(?:клиент|покупатель|гость|пациент|customer|client|guest)\s*:\s*|[❓❔]\ufe0f?\s*",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"(?:ответ|о|answer|a)(?:\s*№?\s*\d{1,3})?\s*[:.)–—-]\s*|а\s*(?:\d{1,3}\s*[:.)]|:)\s*"
    r"|(?:оператор|менеджер|администратор|поддержка|operator|agent|manager|support)\s*:\s*"
    r"|(?:✅|✔|💬|💡|👉|➡|❗)\ufe0f?\s*",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?<=[?])\s*(?:/|;|\||\n|\s(?=[A-ZА-ЯЁ]))\s*|\s*\n\s*")
_AROUND: Final = ' \t*_#«»"“”„•–—-+×▼▾⌄›❓❔\ufe0f'


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    alternatives = "|".join(re.escape(opener) for opener in words()["openers"])
    return re.compile(rf"(?:а |и |so |and )?(?:{alternatives})\b", re.IGNORECASE)


def asked(text: str) -> str | None:
    """Return the question behind a label such as `Q:` or `Вопрос 3.`; None where there is no label."""
    found = _ASKED.match(text)
    return bare(text[found.end() :]) if found else None


def told(text: str) -> str | None:
    """Return the answer behind a label such as `A:` or `Ответ:`; None where there is no label."""
    found = _TOLD.match(text)
    return text[found.end() :].strip() if found else None


def bare(text: str) -> str:
    """Take away numbers, marks and quotes around a question."""
    said = text.strip(_AROUND)
    return _NUMBER.sub("", said, count=1).strip(_AROUND) if _NUMBER.match(said) else said


def invites(text: str) -> bool:
    """Whether a line asks only to make people write: `Still have questions?`."""
    return bare(text).casefold().startswith(tuple(words()["invitations"]))


def ends_as_question(text: str) -> bool:
    """Whether a line asks, whatever stands above and below: short, and with a question mark at its end."""
    said = bare(text).rstrip(')»”" ')
    if invites(said):
        return False
    return "\n" not in said and len(said) <= MAX_PHRASE and said.endswith("?") and any(map(str.isalpha, said))


def asks(text: str) -> bool:
    """Whether a heading or a bold line asks; these often have no question mark."""
    said = bare(text)
    short = "\n" not in said and len(said) <= MAX_PHRASE
    return ends_as_question(said) or (short and _openers().match(said) is not None)


def apart(text: str) -> tuple[str, ...]:
    """Return the questions of a cell: ways of asking for the same, one a line or one behind the other."""
    parts = [bare(part) for part in _BETWEEN.split(text) if bare(part)]
    if len(parts) > 1 and not all(asks(part) for part in parts):
        return (" ".join(bare(text).split()),)
    return tuple(dict.fromkeys(parts))
