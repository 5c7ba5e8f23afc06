"""Who opens the dashboard inside Telegram: what the client hands to the page, checked as Telegram documents it."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

from services.messages.incoming import Operator
from services.templates.variables import plain_words

OLDEST: Final = timedelta(hours=1)
AHEAD: Final = timedelta(minutes=1)
"""Clocks differ."""
LONGEST: Final = 8192
NAME_MOST: Final = 64


def checked(init_data: str, *, token: str, now: datetime) -> Operator | None:
    """Return who opened the page; None for what Telegram has not signed, or too long ago."""
    fields = _fields(init_data)
    if fields is None or not _signed(fields, token) or not _fresh(fields.get("auth_date", ""), now):
        return None
    return _person(fields.get("user", ""))


def _fields(init_data: str) -> dict[str, str] | None:
    try:
        pairs = parse_qsl(init_data[: LONGEST + 1], keep_blank_values=True, strict_parsing=True)
    except ValueError:
        return None
    fields = dict(pairs)
    unclear = len(init_data) > LONGEST or len(fields) != len(pairs) or not fields.get("hash", "").isascii()
    return None if unclear else fields


def _signed(fields: dict[str, str], token: str) -> bool:
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "hash")
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    right = hmac.new(key, lines.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()
    return hmac.compare_digest(right, fields.get("hash", ""))


def _fresh(auth_date: str, now: datetime) -> bool:
    if not auth_date.isascii() or not auth_date.isdecimal() or len(auth_date) > len("9999999999"):
        return False
    opened = datetime.fromtimestamp(int(auth_date), UTC)
    return now - OLDEST <= opened <= now + AHEAD


def _person(user: str) -> Operator | None:
    try:
        told: Any = json.loads(user)
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(number := told.get("id"), int) or isinstance(number, bool):
        return None
    name = " ".join(str(told.get(part) or "") for part in ("first_name", "last_name"))
    return Operator(id=number, name=plain_words(name, cap=NAME_MOST) or str(number))
