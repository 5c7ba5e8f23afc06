"""Why people were called, in the reader's language: what is stored with a ticket was said in the team's of that day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from services.classify.sentences import Titles, retold
from services.classify.urgency import UrgencyReason, urgency_of
from services.texts import LANGUAGES, label, text_key

_GAPS: Final = {"facts": "\x01", "answer": "\x02"}


def pressing(text: str, language: str) -> str | None:
    """Return why a message is urgent; None where nothing in its words presses."""
    why = urgency_of(text).reason
    return _urgent(why, language) if why else None


def lacking(facts: str, answer: str, language: str) -> str:
    """Return what has to be filled in, and the answer that would be given then."""
    return label("card.proposed", language, facts=facts, answer=answer)


def reason_words(told: str, language: str, titles: Titles = ()) -> str:
    """Return it in a language; what a model or a person said, as it is."""
    if urgent := _urgencies().get(told):
        return _urgent(urgent, language)
    found = next((found for pattern in _lacking() if (found := pattern.fullmatch(told))), None)
    return lacking(found["facts"], found["answer"], language) if found else retold(told, language, titles)


def _urgent(why: UrgencyReason, language: str) -> str:
    return label("card.urgent", language, why=label(text_key("urgency", why), language))


@cache
def _urgencies() -> Mapping[str, UrgencyReason]:
    return {_urgent(why, language): why for language in LANGUAGES for why in get_args(UrgencyReason)}


@cache
def _lacking() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_with_gaps(lacking(**_GAPS, language=one)), re.DOTALL) for one in LANGUAGES)


def _with_gaps(words: str) -> str:
    """Return a pattern for a text, each gap of which may hold anything."""
    pattern = re.escape(words)
    for name, gap in _GAPS.items():
        pattern = pattern.replace(re.escape(gap), f"(?P<{name}>.*?)")
    return pattern
