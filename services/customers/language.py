"""Which language the next answer has."""

from __future__ import annotations

import re
from typing import Final

from services.classify.verdict import UNKNOWN, Verdict
from services.texts.foreign import foreign
from services.texts.languages import A_SENTENCE, FALLBACK, of_text
from storage.closed_sets import LANGUAGES, SpokenLanguage
from storage.records import Customer

SURE: Final = 0.6
"""Confidence from which a verdict on a word or two also tells their language."""
A_WORD: Final = 4
ENGLISH: Final = frozenset(
    (
        *("am", "are", "can", "card", "did", "does", "have", "how", "is", "it", "my", "not", "of", "order", "please"),
        *("the", "was", "what", "when", "where", "why", "with", "you", "your"),
    )
)
"""Words of English sentences that hardly stand in Russian ones in Latin letters, at least not two of them."""
A_PAIR: Final = 2
_WORD: Final = re.compile(r"[a-z]+")


def answer_language(
    customer: Customer, text: str, verdict: Verdict | None, *, fallback: SpokenLanguage = FALLBACK
) -> str:
    """Return the chosen language, else the one the customer writes, else the one known so far.

    Who writes in a language that the bot does not speak is spoken to in `fallback`.

    Of a few letters the language of the phrases that a verdict rests on says little unless the verdict is sure, and
    that Latin letters spell Russian it says of Spanish too. Who is known to speak English stays English where a line
    is short or reads as English, whatever phrases the verdict rests on.
    """
    if customer.language_chosen:
        return customer.language
    if foreign(text) is not None:
        return fallback
    heard = verdict.language if verdict else None
    sure = verdict is not None and verdict.scenario != UNKNOWN and verdict.confidence >= SURE
    letters = sum(char.isalpha() for char in text)
    telling = (letters >= A_SENTENCE and (sure or heard == "en")) or (sure and letters >= A_WORD)
    if heard == "ru" and customer.language == "en":
        telling = telling and letters >= A_SENTENCE and not _reads_english(text)
    return of_text(text) or (heard if telling and heard in LANGUAGES else None) or customer.language


def _reads_english(text: str) -> bool:
    return len(ENGLISH.intersection(_WORD.findall(text.lower()))) >= A_PAIR
