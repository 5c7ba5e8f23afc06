"""Which language to answer in."""

from __future__ import annotations

from typing import Final

from storage.closed_sets import LANGUAGES, SpokenLanguage

A_SENTENCE: Final = 10
"""Letters from which Latin text tells by itself whether it is English or Russian in Latin letters."""


FALLBACK: Final[SpokenLanguage] = "en"
"""For those whose language the bot does not speak, where the settings say nothing else."""


def of_client(code: str | None, unsaid: str, *, fallback: SpokenLanguage = FALLBACK) -> str:
    """Return the language for what a Telegram client says of itself (`ru`, `en-GB`, `de`).

    `unsaid`: for a client that says nothing; `fallback`: for a language that the bot does not speak.
    """
    if not code:
        return unsaid
    return own(code.lower().partition("-")[0]) or fallback


def own(code: str) -> SpokenLanguage | None:
    """Return the language if it is one that the bot itself speaks."""
    return next((language for language in LANGUAGES if language == code), None)


def of_staff(code: str | None, team: str, *, in_private: bool) -> str:
    """Return what to speak to an admin: their own language where they are alone, the team's where all of it reads."""
    return of_client(code, team) if in_private else team


def of_text(text: str) -> str | None:
    """Return `ru` for mostly Cyrillic text, else None: Latin letters may spell Russian words."""
    cyrillic = sum("а" <= char <= "я" or char == "ё" for char in text.lower())
    latin = sum("a" <= char <= "z" for char in text.lower())
    return "ru" if cyrillic > latin else None
