"""The sentences of the built-in engine, and how they are recognised; apart from it, so that reading them is quick."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

TEXTS: Final = Path(__file__).parent / "local" / "texts.toml"


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(TEXTS.read_text("utf-8"))


def language_of(told: str) -> str | None:
    """Return the language in which this engine has said something; None for the words of another.

    A team that has changed its language would read a card in two.
    """
    return next((language for language, heads in _heads().items() if told.startswith(heads)), None)


@lru_cache(maxsize=1)
def _heads() -> Mapping[str, tuple[str, ...]]:
    """Return how its sentences begin: up to what is filled in."""
    return {language: tuple(words.partition("{")[0] for words in of.values()) for language, of in texts().items()}
