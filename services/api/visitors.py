"""Visitors of a site: an id that nobody can guess, in a token that only this program can make.

A token is good for an hour, and for pages of one origin. Who has used one lately is given the next, with the same id:
so a conversation goes on tomorrow, and a token that leaks is worth nothing to a page of another site.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LASTS: Final = timedelta(hours=1)
RENEWED: Final = timedelta(days=90)
"""For so long after its end a token can be exchanged for a new one."""
LONGEST: Final = 200
_FORM: Final = re.compile(r"([0-9a-f]{32})\.([0-9]{1,12})\.([0-9a-f]{16})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a visitor is given."""

    token: str
    visitor: str
    new: bool
    """They have not been here before, as far as their page remembers."""


class Visitors:
    """Makes tokens and knows them again; nothing is kept of either."""

    def __init__(self, *, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"visitors of a site", "sha256")

    def welcome(self, token: str, *, origin: str, now: datetime) -> Pass:
        """Return a fresh token: for the visitor whom an older one names, or for somebody new."""
        known = self._named(token, origin, now - RENEWED)
        visitor = known or secrets.token_hex(16)
        return Pass(token=self._made(visitor, origin, now + LASTS), visitor=visitor, new=known is None)

    def known(self, token: str, *, origin: str | None, now: datetime) -> str | None:
        """Return whose token it is; None for one that is over, made up, or of a page of another origin.

        `origin`: None where the browser names none, since the page is of the same origin as this program.
        """
        return self._named(token, origin, now)

    def _made(self, visitor: str, origin: str, until: datetime) -> str:
        told = f"{visitor}.{int(until.timestamp())}.{_digest(origin)}"
        return f"{told}.{self._sign(told)}"

    def _named(self, token: str, origin: str | None, now: datetime) -> str | None:
        found = _FORM.fullmatch(token[:LONGEST])
        if found is None:
            return None
        visitor, until, where, signature = found.groups()
        fits = hmac.compare_digest(self._sign(f"{visitor}.{until}.{where}"), signature)
        if not fits or int(until) <= now.timestamp() or (origin is not None and where != _digest(origin)):
            return None
        return visitor

    def _sign(self, told: str) -> str:
        return hmac.digest(self._key, told.encode(), "sha256").hex()


def _digest(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()[:16]
