"""From a message as Telegram brings it to the source of a template.

Admins may write Jinja2 and HTML tags as plain text, and they may format with Telegram's own menu: what was made bold
there becomes `<b>` here. What is source already stays as it is. A sign that cannot begin a tag or an entity (`<3`,
`Q&A`) is meant as the sign, and is written so that Telegram takes it. A message that is one block of code from end to
end is a source that was copied: the block itself is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise, takewhile
from typing import Any, Final

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
"""What else Telegram marks (links it finds by itself, mentions, hashtags) it will mark again."""

_JINJA: Final = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_SIGN: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)|<(?![a-zA-Z/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Formatted text, in code points."""

    start: int
    end: int
    opening: str
    closing: str


def source_of(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """Return the template a message means. `entities` are Telegram's: their offsets count UTF-16 units."""
    spans = [] if _is_code(text, entities) else _spans(text, entities)
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    written: list[str] = []
    before: list[_Span] = []
    for start, end in pairwise(cuts):
        # What does not nest (a block of Jinja widens what touches it) is closed and opened again.
        now = [span for span in spans if span.start <= start < span.end]
        same = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(before, now, strict=False)))
        written += [span.closing for span in reversed(before[same:])]
        written += [span.opening for span in now[same:]]
        written.append(_signs(text[start:end]))
        before = now
    return "".join(written + [span.closing for span in reversed(before)])


def _is_code(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    whole = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return any(one["type"] in ("pre", "code") and (one["offset"], one["length"]) == (0, whole) for one in entities)


def _spans(text: str, entities: Sequence[Mapping[str, Any]]) -> list[_Span]:
    """Return what is formatted, outer before inner; an edge inside a block of Jinja moves to the edge of the block."""
    places = _places(text)
    blocks = [match.span() for match in _JINJA.finditer(text)]
    found = []
    for entity in entities:
        tags = _tags(entity)
        if tags is None:
            continue
        start = places[min(entity["offset"], len(places) - 1)]
        end = places[min(entity["offset"] + entity["length"], len(places) - 1)]
        start = next((first for first, last in blocks if first < start < last), start)
        end = next((last for first, last in blocks if first < end < last), end)
        if start < end:
            found.append(_Span(start=start, end=end, opening=tags[0], closing=tags[1]))
    return sorted(found, key=lambda span: (span.start, -span.end))


def _places(text: str) -> list[int]:
    """Return, for each UTF-16 unit and the end, the code point that it belongs to."""
    places = [at for at, char in enumerate(text) for _ in range(2 if char > "\uffff" else 1)]
    return [*places, len(text)]


def _tags(entity: Mapping[str, Any]) -> tuple[str, str] | None:
    match entity["type"]:
        case "text_link":
            return f'<a href="{escape(str(entity.get("url", "")))}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "pre" if language := entity.get("language"):
            return f'<pre><code class="language-{escape(str(language))}">', "</code></pre>"
        case kind if tag := _TAGS.get(kind):
            return f"<{tag}>", f"</{tag}>"
        case _:
            return None


def _signs(text: str) -> str:
    """Write signs that begin no markup as Telegram wants them; Jinja's own are left alone."""
    parts = _JINJA.split(text)  # every second one is a block of Jinja
    parts[::2] = (_SIGN.sub(lambda sign: escape(sign.group()), part) for part in parts[::2])
    return "".join(parts)
