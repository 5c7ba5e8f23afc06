"""Telegram's HTML: which tags it knows, whether they nest, how long the text is, where it may be cut."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

TAGS: Final = ("b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler")

_TOKEN: Final = re.compile(
    r"(?P<tag><(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\s+[^<>]*)?)>)"
    r"|(?P<entity>&(?:lt|gt|amp|quot|\#\d{1,7}|\#x[0-9a-fA-F]{1,6});)"
    r"|(?P<text>.)",
    re.DOTALL,
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTES: Final = {
    "a": re.compile(r'\s+href="(?:https?://|tg://|mailto:)[^"<>\s]+"\s*'),
    "code": re.compile(r'(?:\s+class="language-[\w+-]+")?\s*'),
    "blockquote": re.compile(r"(?:\s+expandable)?\s*"),
}
_BARE: Final = re.compile(r"\s*")

Kind = Literal["open", "close", "entity", "text"]


class Piece(NamedTuple):
    """A tag, an entity or one character; `name` and `attributes` belong to tags."""

    kind: Kind
    source: str
    at: int
    name: str = ""
    attributes: str = ""


def pieces(markup: str) -> Iterator[Piece]:
    for match in _TOKEN.finditer(markup):
        source, at = match.group(), match.start()
        if match["tag"]:
            kind: Kind = "close" if match["close"] else "open"
            yield Piece(kind, source, at, match["name"], match["attributes"])
        else:
            yield Piece("entity" if match["entity"] else "text", source, at)


def fault(piece: Piece, open_tags: list[str]) -> tuple[str, str] | None:
    """Name what is wrong with this piece, and the fix; `open_tags` is kept up to date on the way."""
    match piece.kind:
        case "text":
            return _FAULTY_CHARACTERS.get(piece.source)
        case "entity":
            return None
        case "open":
            return _opening_fault(piece, open_tags)
        case "close":
            return _closing_fault(piece, open_tags)


_FAULTY_CHARACTERS: Final = {
    "<": ("a '<' that opens no tag", "write &lt;"),
    "&": ("an '&' that starts no entity Telegram knows", "write &amp;"),
}


def _opening_fault(piece: Piece, open_tags: list[str]) -> tuple[str, str] | None:
    if piece.name not in TAGS:
        return f"Telegram knows no tag <{piece.name}>", f"use one of {', '.join(TAGS)}; a new line is just a new line"
    open_tags.append(piece.name)
    if _ATTRIBUTES.get(piece.name, _BARE).fullmatch(piece.attributes):
        return None
    wanted = '<a href="https://…">' if piece.name == "a" else f"<{piece.name}>"
    return f"<{piece.name}> with attributes Telegram does not take", f"write {wanted}"


def _closing_fault(piece: Piece, open_tags: list[str]) -> tuple[str, str] | None:
    if open_tags and open_tags[-1] == piece.name:
        open_tags.pop()
        return None
    if not open_tags:
        return f"{piece.source} closes a tag that is not open", "remove it or open the tag before it"
    return f"{piece.source} closes <{open_tags[-1]}>", f"close </{open_tags[-1]}> first"


def visible_length(markup: str) -> int:
    """UTF-16 units after entity parsing: what Telegram counts."""
    return _width(_TAG.sub("", markup))


def cut(markup: str, limit: int) -> str:
    """At most `limit` visible units, the last of them an ellipsis; open tags are closed, none is split."""
    if visible_length(markup) <= limit:
        return markup
    kept: list[str] = []
    open_tags: list[str] = []
    room = limit - 1
    for piece in pieces(markup):
        room -= _units(piece)
        if room < 0:
            break
        kept.append(piece.source)
        if piece.kind == "open":
            open_tags.append(piece.name)
        elif piece.kind == "close":
            open_tags.pop()
    return "".join(kept) + "…" + "".join(f"</{name}>" for name in reversed(open_tags))


def _units(piece: Piece) -> int:
    if piece.kind in {"open", "close"}:
        return 0
    return _width(piece.source)


def _width(escaped: str) -> int:
    return len(html.unescape(escaped).encode("utf-16-le", "surrogatepass")) // 2
