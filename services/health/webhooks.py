"""What Telegram's complaint of a webhook means: it gives a line of English, and whoever runs the bot needs the fix."""

from __future__ import annotations

import re
from typing import Final, Literal

Trouble = Literal[
    "not_found",
    "unauthorized",
    "forbidden",
    "method",
    "redirected",
    "too_large",
    "busy",
    "gateway",
    "unready",
    "failing",
    "expired",
    "self_signed",
    "other_name",
    "certificate",
    "refused",
    "slow",
    "unknown_host",
    "unreachable",
    "other",
]

_STATUS: Final = re.compile(r"wrong response from the webhook:?\s*(\d{3})", re.IGNORECASE)
_BY_STATUS: Final[dict[int, Trouble]] = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method",
    410: "not_found",
    413: "too_large",
    429: "busy",
    502: "gateway",
    503: "unready",
    504: "gateway",
}
_BY_WORDS: Final[tuple[tuple[str, Trouble], ...]] = (
    (r"certificate (has )?expired|expired certificate", "expired"),
    (r"self[- ]signed|unable to get local issuer|unknown ca|unable to verify the first", "self_signed"),
    (r"host ?name mismatch|not valid for|name mismatch|does not match|no alternative certificate", "other_name"),
    (r"ssl|tls|certificate|handshake", "certificate"),
    (r"refused", "refused"),
    (r"resolve|name or service not known|nodename nor servname|no address associated|dns", "unknown_host"),
    (r"time[d]?[ -]?out", "slow"),
    (r"unreachable|no route|reset|closed|broken pipe|can't connect|failed to connect", "unreachable"),
)
_SERVER_ERROR: Final = 500
_REDIRECT: Final = 300


def trouble(complaint: str) -> Trouble:
    """Return the kind of a `last_error_message`; texts under `webhook.` say what to do about it."""
    if status := _STATUS.search(complaint):
        return _of_status(int(status[1]))
    words = complaint.lower()
    return next((kind for pattern, kind in _BY_WORDS if re.search(pattern, words)), "other")


def _of_status(status: int) -> Trouble:
    if known := _BY_STATUS.get(status):
        return known
    if status >= _SERVER_ERROR:
        return "failing"
    return "redirected" if _REDIRECT <= status < 400 else "other"  # noqa: PLR2004  # 3xx
