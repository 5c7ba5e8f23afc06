"""Which language to answer in."""

from __future__ import annotations

from typing import Final

from services.classify.verdict import UNKNOWN, Verdict
from services.texts import LANGUAGES
from storage.records import Customer

SURE: Final = 0.6
"""Confidence from which a verdict on a word or two also tells their language."""
A_WORD: Final = 4
A_SENTENCE: Final = 10
"""Letters from which Latin text tells by itself whether it is English or Russian in Latin letters."""


def of_client(code: str | None, fallback: str) -> str:
    """Return the language for what a Telegram client says of itself (`ru`, `en-GB`, `de`)."""
    if not code:
        return fallback
    primary = code.lower().partition("-")[0]
    return primary if primary in LANGUAGES else "en"


def of_staff(code: str | None, team: str, *, in_private: bool) -> str:
    """Return what to speak to an admin: their own language where they are alone, the team's where all of it reads."""
    return of_client(code, team) if in_private else team


def of_text(text: str) -> str | None:
    """Return `ru` for mostly Cyrillic text, else None: Latin letters may spell Russian words."""
    cyrillic = sum("а" <= char <= "я" or char == "ё" for char in text.lower())
    latin = sum("a" <= char <= "z" for char in text.lower())
    return "ru" if cyrillic > latin else None


def to_answer(customer: Customer, text: str, heard: str | None, *, sure: bool) -> str:
    """Return the language of the next answer: the chosen one, else the one they write, else the one known so far.

    `heard`: the language of the phrases a verdict rests on; of a few letters it says little unless it is `sure`, and
    that Latin letters spell Russian it says of Spanish too.
    """
    if customer.language_chosen:
        return customer.language
    letters = sum(char.isalpha() for char in text)
    telling = (letters >= A_SENTENCE and (sure or heard == "en")) or (sure and letters >= A_WORD)
    return of_text(text) or (heard if telling and heard in LANGUAGES else None) or customer.language


def for_answer(customer: Customer, text: str, verdict: Verdict | None) -> str:
    """Return the language of the next answer, by what a verdict on its question has heard."""
    heard = verdict.language if verdict else None
    sure = verdict is not None and verdict.scenario != UNKNOWN and verdict.confidence >= SURE
    return to_answer(customer, text, heard, sure=sure)
