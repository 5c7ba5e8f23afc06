"""Codes by which somebody becomes an admin, once each: what is handed out, and what is kept of it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from storage.units import Unit

PREFIX: Final = "admin_"
"""What `?start=` of a link carries begins so."""
VALID: Final = timedelta(hours=24)
"""So long a link counts that one admin makes for another."""
TOGETHER: Final = timedelta(minutes=1)
"""Replicas that start within this time all print a code, and all of these count."""
_BYTES: Final = 18
"""144 bits: nobody guesses it, so that its plain hash tells nothing."""


def new_code(unit: Unit, *, first: bool, made_by: str) -> str:
    """Make a code, keep its hash, and return it. A code for the first admin replaces those of earlier starts."""
    unit.admins.drop_codes(first_before=unit.now - TOGETHER)
    code = secrets.token_urlsafe(_BYTES)
    ends_at = None if first else unit.now + VALID
    unit.admins.keep_code(digest_of(code), first=first, ends_at=ends_at, made_by=made_by)
    return code


def digest_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def link_of(username: str, code: str) -> str:
    """Return the link that hands a code to the bot."""
    return f"https://t.me/{username}?start={PREFIX}{code}"


def command_of(code: str) -> str:
    """Return what to write to the bot instead, where its name is not known."""
    return f"/admin {code}"


def way_of(username: str | None, code: str) -> str:
    """Return the link, or the command."""
    return link_of(username, code) if username else command_of(code)
