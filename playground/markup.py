"""`parse_mode=HTML`: tags become entities, or a refusal in the words of Telegram."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from playground.errors import ApiError, bad_request
from playground.text import Entity, trim, units

_SIMPLE: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_SPECIAL: Final = frozenset({"a", "span", "blockquote", "tg-emoji", "tg-time"})
_START: Final = re.compile(r"<([^\s>]*)(?=[\s>])")
_REST: Final = re.compile(r"""((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_END: Final = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE: Final = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE: Final = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LINKS: Final = ("http://", "https://", "tg://", "mailto:", "tel:")


@dataclass(slots=True, kw_only=True)
class _Open:
    name: str
    entity: Entity
    at: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Give the text without tags and its entities, trimmed. Raises `ApiError` as "can't parse entities"."""
    return trim(*_Parser(source).run())


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._done: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        place = 0
        while (start := self._source.find("<", place)) >= 0:
            self._say(self._source[place:start])
            place = self._tag(start)
        self._say(self._source[place:])
        if self._open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        order = sorted(self._done, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._text), _without_doubles(order)

    def _say(self, raw: str) -> None:
        text = _REFERENCE.sub(lambda match: html.unescape(match.group()), raw)
        self._text.append(text)
        self._length += units(text)

    def _tag(self, start: int) -> int:
        """Read the tag at `start`; give the place after it."""
        at = len(self._source[:start].encode("utf-8", "replace"))
        if self._source.startswith("</", start):
            end = _END.match(self._source, start) or _missing(f"Unclosed end tag at byte offset {at}")
            self._close(end[1].lower(), at)
            return end.end()
        begin = _START.match(self._source, start) or _missing(f"Unclosed start tag at byte offset {at}")
        name = begin[1].lower()
        if name not in _SIMPLE and name not in _SPECIAL:
            raise _cannot(f'Unsupported start tag "{name}" at byte offset {at}')
        rest = _REST.match(self._source, begin.end()) or _missing(f'Unclosed start tag "{name}" at byte offset {at}')
        attributes = {key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(rest[1])}
        self._open.append(_Open(name=name, entity=_entity(name, attributes, at), at=self._length))
        return rest.end()

    def _close(self, name: str, at: int) -> None:
        if not self._open:
            raise _cannot(f"Unexpected end tag at byte offset {at}")
        last = self._open.pop()
        if name and name != last.name:
            raise _cannot(f'Unmatched end tag at byte offset {at}, expected "</{last.name}>", found "</{name}>"')
        place = {"offset": last.at, "length": self._length - last.at}
        entity = _linked(last.entity, "".join(self._text), place)
        if entity and place["length"]:
            self._done.append({"type": entity.pop("type"), **place, **entity})


def _entity(name: str, attributes: dict[str, str], at: int) -> dict[str, Any]:
    match name:
        case "span":
            if attributes.get("class") != "tg-spoiler":
                raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
            return {"type": "spoiler"}
        case "a":
            return {"type": "text_link", "url": attributes.get("href", "")}
        case "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        case "tg-time":
            return _date_time(attributes, at)
        case _:
            language = attributes.get("class", "").removeprefix("language-") if name == "code" else ""
            return {"type": _SIMPLE[name]} | ({"language": language} if language else {})


def _date_time(attributes: dict[str, str], at: int) -> dict[str, Any]:
    moment = attributes.get("unix", "")
    if not moment.isdigit():
        raise _cannot(f'Tag "tg-time" must have attribute "unix" at byte offset {at}')
    shown = attributes.get("format")
    return {"type": "date_time", "unix_time": int(moment)} | ({"date_time_format": shown} if shown else {})


def _linked(entity: dict[str, Any], text: str, place: dict[str, int]) -> dict[str, Any] | None:
    """Settle the address of a link: without one its own words are it; an address that is none makes no link."""
    if entity["type"] != "text_link":
        return entity
    words = text.encode("utf-16-le", "surrogatepass")[place["offset"] * 2 :].decode("utf-16-le", "surrogatepass")
    url = entity["url"] or words
    if not url.lower().startswith(_LINKS):
        if "." not in url or " " in url:
            return None
        url = f"http://{url}"
    return {**entity, "url": url}


def _without_doubles(entities: list[Entity]) -> list[Entity]:
    """Make one entity with a language of `<pre><code class="language-x">`; code alone has none."""
    kept: list[Entity] = []
    for entity in entities:
        last = kept[-1] if kept else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if same and {last["type"], entity["type"]} == {"pre", "code"}:
            kept[-1] = {**last, **entity, "type": "pre"}
        else:
            kept.append(entity)
    return [_plain_code(entity) if entity["type"] == "code" else entity for entity in kept]


def _plain_code(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if key != "language"}


def _missing(reason: str) -> NoReturn:
    raise _cannot(reason)


def _cannot(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
