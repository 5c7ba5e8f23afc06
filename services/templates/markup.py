"""Telegram's HTML: which tags it knows, whether they nest, how long the text is, where it may be cut."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from services.templates.problems import Code, TemplateProblem, problem
from services.templates.variables import shows

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


def fault(piece: Piece, open_tags: list[str], line: int) -> TemplateProblem | None:
    """Name what is wrong with this piece of that line; `open_tags` is kept up to date on the way."""
    match piece.kind:
        case "text":
            code = _FAULTY_CHARACTERS.get(piece.source)
            return problem(line, code) if code else None
        case "entity":
            return None
        case "open":
            return _opening_fault(piece, open_tags, line)
        case "close":
            return _closing_fault(piece, open_tags, line)


_FAULTY_CHARACTERS: Final[Mapping[str, Code]] = {"<": "sign_less", "&": "sign_and"}


def _opening_fault(piece: Piece, open_tags: list[str], line: int) -> TemplateProblem | None:
    if piece.name not in TAGS:
        return problem(line, "unknown_tag", tag=piece.name, known=", ".join(TAGS))
    open_tags.append(piece.name)
    if _ATTRIBUTES.get(piece.name, _BARE).fullmatch(piece.attributes):
        return None
    wanted = '<a href="https://…">' if piece.name == "a" else f"<{piece.name}>"
    return problem(line, "attributes", tag=piece.name, wanted=wanted)


def _closing_fault(piece: Piece, open_tags: list[str], line: int) -> TemplateProblem | None:
    if open_tags and open_tags[-1] == piece.name:
        open_tags.pop()
        return None
    if not open_tags:
        return problem(line, "closes_nothing", tag=piece.source)
    return problem(line, "closes_other", tag=piece.source, open=open_tags[-1])


def is_visible(markup: str) -> bool:
    """Whether anything is left to see: Telegram refuses a message of tags, spaces and invisible signs."""
    return shows(html.unescape(_TAG.sub("", markup)))


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
