"""How values are written into TOML files that people edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from storage.closed_sets import LANGUAGES

Value = TypeVar("Value")


def in_order(by_language: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """The bot's own languages, then the others: the order people see in the starter files."""
    ours: dict[str, int] = {language: place for place, language in enumerate(LANGUAGES)}
    return sorted(by_language.items(), key=lambda item: (ours.get(item[0], len(ours)), item[0]))


def inline_table(by_language: Mapping[str, str]) -> str:
    """Write texts by language in one line; `*` is no bare key."""
    pairs = (f"{name if name.isalpha() else quoted(name)} = {quoted(text)}" for name, text in in_order(by_language))
    return f"{{ {', '.join(pairs)} }}"


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def quoted(text: str) -> str:
    if '"' in text and "'" not in text and "\\" not in text and not _CONTROL.search(text):
        return f"'{text}'"
    return '"' + re.sub(r'[\x00-\x1f\x7f"\\]', _escape, text) + '"'


def text_of(text: str) -> str:
    """Write a text of several lines as several lines."""
    if "\n" not in text:
        return quoted(text)
    body = re.sub(r'[\x00-\x09\x0b-\x1f\x7f\\]|""(?=")|"$', _escape, text)
    return f'"""\n{body}"""'


def _escape(match: re.Match[str]) -> str:
    return "".join(_ESCAPES.get(char) or f"\\u{ord(char):04x}" for char in match.group())
