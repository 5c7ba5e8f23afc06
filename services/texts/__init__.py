"""What people read, by key and language. No other module holds a sentence for people."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Template
from markupsafe import Markup

from services.templates.environment import environment

LANGUAGES: Final = ("ru", "en")
_FOLDER: Final = Path(__file__).parent


@cache
def catalogue(language: str) -> dict[str, Template]:
    """Return the texts of one language by dotted key (`customer.start`)."""
    document = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return {
        f"{section}.{key}": environment().from_string(source)
        for section, entries in document.items()
        for key, source in entries.items()
    }


def is_text(key: str) -> bool:
    """Whether there is a text of this name: what people send may have none yet."""
    return key in catalogue(LANGUAGES[0])


def say(key: str, language: str, /, **values: object) -> Markup:
    """Return a text as Telegram HTML, its values escaped. Raises KeyError for a key that no file has."""
    texts = catalogue(language if language in LANGUAGES else LANGUAGES[0])
    return Markup(texts[key].render(**values))  # noqa: S704  # rendered under autoescape


def label(key: str, language: str, /, **values: object) -> str:
    """Return a text that is not HTML: a button, a toast, a topic's name."""
    return str(say(key, language, **values).unescape())
