"""A reply of the team in several languages: a line like `[en]` begins the part for customers who are spoken to so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from services.texts.languages import own

_MARK: Final = re.compile(r"\[([a-z]{2})\]")


def parts(text: str) -> Mapping[str, str]:
    """Return the parts by their languages; under "" stands what comes before the first mark, for everybody else.

    Each begins with as many empty lines as stand before it, so that its lines keep their numbers.
    """
    found: dict[str, list[str]] = {"": []}
    language = ""
    for number, line in enumerate(text.splitlines()):
        mark = _MARK.fullmatch(line.strip())
        if mark is not None and own(mark[1]):
            language = mark[1]
            found[language] = [""] * (number + 1)
        else:
            found[language].append(line)
    return {one: "\n".join(lines) for one, lines in found.items() if "".join(lines).strip()}


def spoken(text: str, language: str) -> str:
    """Return what a customer of a language is told; the first part where none is for them."""
    found = parts(text)
    return found.get(language, next(iter(found.values()), "")).strip()
