"""What people read, by key and language. No other module holds a sentence for people."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, cast

from jinja2 import Template
from markupsafe import Markup

from services.templates.environment import environment
from services.texts.keys import TextKey, text_key
from storage.closed_sets import LANGUAGES

__all__ = ["LANGUAGES", "TextKey", "catalogue", "find_key", "label", "language_name", "say", "text_key"]

_FOLDER: Final = Path(__file__).parent


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the texts of one language, as they are written, by dotted key (`customer.start`)."""
    document = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return {f"{section}.{key}": source for section, entries in document.items() for key, source in entries.items()}


@cache
def _template(key: str, language: str) -> Template:
    """Compile one text when it is first said: a start that compiled all of them took half a second longer."""
    return environment().from_string(catalogue(language)[key])


def find_key(section: str, name: str) -> TextKey | None:
    """Return the key of a text that may be missing: what people send, or older versions stored, may have no words."""
    key = f"{section}.{name}"
    return cast("TextKey", key) if key in catalogue(LANGUAGES[0]) else None


def say(key: TextKey, language: str, /, **values: object) -> Markup:
    """Return a text as Telegram HTML, its values escaped."""
    text = _template(key, language if language in LANGUAGES else LANGUAGES[0])
    return Markup(text.render(**values))  # noqa: S704  # rendered under autoescape


def label(key: TextKey, language: str, /, **values: object) -> str:
    """Return a text that is not HTML: a button, a toast, a topic's name."""
    return str(say(key, language, **values).unescape())


def word_of(section: str, code: str, language: str) -> str:
    """Return what a code is called; itself where it has no name, as what older versions stored may have none."""
    key = find_key(section, code)
    return label(key, language) if key else code


def language_name(code: str, language: str) -> str:
    """Return what a language is called; its code where it has no name here."""
    return word_of("language", code, language)
