"""Small rules of the conversations: how a message is named, and how HTML is written without tags."""

from __future__ import annotations

import html
import re
from hashlib import sha256
from typing import Final

_READABLE: Final = re.compile(r"[\w.-]{1,64}", re.ASCII)
_LINK: Final = re.compile(r'<a\s+href="([^"]*)"\s*>(.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")


def key_of(client_id: str, key: str) -> str:
    """Return the cause of a message: `api:<client>:<key>`. Names that would be long or ambiguous stand as a digest."""
    return f"api:{_name(client_id)}:{_name(key)}"


def _name(given: str) -> str:
    if _READABLE.fullmatch(given):
        return given
    return "~" + sha256(given.encode("utf-8", "surrogateescape")).hexdigest()[:40]


def plain(words: str) -> str:
    """Return Telegram's HTML as text: tags go, the address of a link stays, entities become letters."""
    return html.unescape(_TAG.sub("", _LINK.sub(_spelled_out, words)))


def _spelled_out(link: re.Match[str]) -> str:
    address, words = link.groups()
    return words if html.unescape(words) == html.unescape(address) else f"{words} ({address})"
