"""Takes secrets out of text on its way to people: logs, errors, tracebacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

TOKEN: Final = re.compile(r"\d{6,}(?::|%3[Aa])(?![0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-)[A-Za-z0-9_-]{20,}")
"""A bot token as Telegram makes it, also inside an address; a number before a UUID is a customer and their message."""
HIDDEN: Final = "[secret]"


class Redaction:
    """Hides the given secrets, in every spelling a log may give them, and whatever looks like a bot token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: set[str] = set()
        self._shapes = TOKEN
        self.hide(*secrets)

    def hide(self, *secrets: str) -> None:
        """Hide these too from now on: for a secret that is made while the program runs."""
        self._spellings.update(spelling for secret in secrets for spelling in _spellings(secret))
        longest_first = sorted(self._spellings, key=len, reverse=True)
        self._shapes = re.compile("|".join([*map(re.escape, longest_first), TOKEN.pattern]))

    def __call__(self, text: str) -> str:
        return self._shapes.sub(HIDDEN, text)


redact = Redaction()
"""For the time before the secrets are known: tokens by their shape."""


def _spellings(secret: str) -> Iterator[str]:
    """As it is, in JSON, in a Python string, in an address. Too short ones would only black out innocent text."""
    if len(secret) >= 4:  # noqa: PLR2004 - a password of three letters is in every other word
        yield from (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
        yield from (repr(secret)[1:-1], quote(secret, safe=""), quote(secret))
