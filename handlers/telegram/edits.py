"""Which message a stored update changes, read without decoding the rest of it."""

from __future__ import annotations

import json
from typing import Any


def edits(payload: str) -> int | None:
    """Return the id of the message that an update changes; None for any other update, or what is none."""
    if '"edited_message"' not in payload and '"edited_business_message"' not in payload:
        return None
    raw: Any = json.loads(payload)
    message = (raw.get("edited_message") or raw.get("edited_business_message")) if isinstance(raw, dict) else None
    number = message.get("message_id") if isinstance(message, dict) else None
    return number if isinstance(number, int) else None
